import NoiseDistributions

/// Louder or softer: every sample by the factor 10^(decibels/20), fixed or drawn for each waveform, uniform in decibels.
public struct Gain: WaveformTransform, Hashable, CustomStringConvertible {
  /// What the gain is drawn from: number 0 of a waveform's draws.
  public let decibels: ClosedRange<Float>

  /// - Parameter decibels: from −200 to 200; another stops the program.
  public init(decibels: ClosedRange<Float>) {
    requireDecibels(decibels, "Gain: decibels")
    self.decibels = decibels
  }

  /// The same gain for every waveform.
  ///
  /// - Parameter decibels: −200…200; another stops the program.
  public init(decibels: Float) {
    requireDecibels(decibels, "Gain: decibels")
    self.init(decibels: decibels...decibels)
  }

  public func apply(to samples: inout MutableSpan<Float>, draws: WaveformDraws) {
    let factor = amplitudeRatio(decibels: draws.place(0, in: decibels))
    for index in samples.indices { samples[index] *= factor }
  }

  public var description: String { "Gain(decibels: \(decibels))" }
}

/// 10^(decibels/20), to within 10⁻⁶ of itself.
func amplitudeRatio(decibels: Float) -> Float { ReproducibleMath.pow(10, decibels / 20) }

/// Stops the program unless a number of decibels lies in −200…200, where factors and their squares are normal numbers.
func requireDecibels(_ value: Float, _ name: String) {
  guard value >= -200, value <= 200 else {
    fatalError("\(name) is \(value); expected -200…200")
  }
}

/// The same for both ends of a range.
func requireDecibels(_ range: ClosedRange<Float>, _ name: String) {
  requireDecibels(range.lowerBound, name)
  requireDecibels(range.upperBound, name)
}
