import DitherRuntime
import NoiseDistributions

/// How noise at one place spreads through a network: the ratio of signal to noise after each layer.
///
/// At each layer S = Σ y² and N = Σ (ŷ − y)² are over rows, elements and draws, y being the layer's output in a pass without noise and ŷ
/// that in one with it; the ratio is 10 · log₁₀(S / N) decibels. A layer that the noise does not reach has an infinite ratio.
public struct SignalPropagation: Sendable, CustomStringConvertible {
  /// One layer.
  public struct Row: Sendable {
    /// Its path, as in `Pass.path`; empty for the whole network, which comes last.
    public let path: String
    /// S of each row of the inputs, over the draws.
    let signals: [Double]
    /// N of each row of the inputs.
    let noises: [Double]

    /// S / (rows · draws): what a row's signal has in the mean.
    public let signalEnergy: Double
    /// N / (rows · draws): what a row's noise has in the mean.
    public let noiseEnergy: Double

    /// 10 · log₁₀(S / N); infinity where N is 0, minus infinity where S alone is.
    public var decibels: Double { SignalPropagation.decibels(signalEnergy, noiseEnergy) }
    /// Whether the noise reaches the layer's output.
    public var isNoisy: Bool { noiseEnergy > 0 }

    init(path: String, signals: [Double], noises: [Double], draws: Int) {
      let count = Double(signals.count * draws)
      self.path = path
      self.signals = signals
      self.noises = noises
      signalEnergy = signals.reduce(0, +) / count
      noiseEnergy = noises.reduce(0, +) / count
    }
  }

  /// The layers in the order in which their outputs are there, those within another before it; the network last.
  public let rows: [Row]

  /// The layer at a path; one that there is not stops the program.
  public subscript(path: String) -> Row {
    guard let row = rows.first(where: { $0.path == path }) else {
      misuse(
        "SignalPropagation: there is no layer at path \"\(path)\"; expected one of \(rows.map(\.path))"
      )
    }
    return row
  }

  /// The ratio after each layer that the noise reaches, with its interval over rows like these.
  ///
  /// - Parameter bootstrap: draws the rows.
  /// - Returns: by the path; layers without noise are left out. One whose signal is 0, or for some resample one of the two, stops the
  ///   program, since its ratio is not finite.
  public func estimates(by bootstrap: Bootstrap) -> [(path: String, decibels: BootstrapEstimate)] {
    let noisy = rows.filter(\.isNoisy)
    if noisy.isEmpty { return [] }
    let estimates = bootstrap.estimates(rows: rows[0].signals.count) { weights in
      noisy.map { Self.decibels(sum($0.signals, weights), sum($0.noises, weights)) }
    }
    return zip(noisy, estimates).map { ($0.path, $1) }
  }

  private func sum(_ values: [Double], _ weights: [Int]) -> Double {
    zip(values, weights).reduce(0) { $0 + Double($1.1) * $1.0 }
  }

  private static func decibels(_ signal: Double, _ noise: Double) -> Double {
    if noise == 0 { return .infinity }
    // 10 / ln 10. The difference of logarithms neither overflows nor underflows.
    return 4.342944819032518
      * (ReproducibleDoubleMath.log(signal) - ReproducibleDoubleMath.log(noise))
  }

  /// A table: a line for each layer.
  public var description: String {
    rows.map { row in
      let layer = row.path.isEmpty ? "network" : row.path
      return row.isNoisy ? "\(layer): \(row.decibels) dB" : "\(layer): no noise"
    }.joined(separator: "\n")
  }
}
