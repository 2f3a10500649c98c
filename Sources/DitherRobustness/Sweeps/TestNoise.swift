import DitherTensors
public import NoiseDistributions

/// Noise that is put on a classifier's inputs to see how it holds up: a rule for every strength.
///
/// ```swift
/// let gaussian = TestNoise.adding(Gaussian(standardDeviation: 1))
/// let ratio = TestNoise.signalToNoiseRatio(of: Gaussian(standardDeviation: 1))
/// let blocks = TestNoise("blocks of zeros", axis: "rate") { .dropout(rate: Double($0)).shared(.blocks(of: 8)) }
/// ```
public struct TestNoise: Sendable, CustomStringConvertible {
  /// What it is called in tables and figures.
  public let name: String
  /// What a strength is: "scale", "rate", "signal-to-noise ratio in decibels".
  public let axis: String

  private let makeRule: @Sendable (Float) -> NoiseRule

  /// - Parameters:
  ///   - name: what it is called.
  ///   - axis: what a strength is.
  ///   - rule: of a strength. It neither learns its scale nor counts true samples alone: such a rule stops the program where it is
  ///     used.
  public init(
    _ name: String, axis: String, rule: @escaping @Sendable (_ strength: Float) -> NoiseRule
  ) {
    self.name = name
    self.axis = axis
    makeRule = rule
  }

  /// x + strength · d.
  public static func adding(_ distribution: some NoiseDistribution) -> TestNoise {
    TestNoise("adding(\(distribution))", axis: "scale") {
      .adding(distribution, scale: .fixed($0))
    }
  }

  /// x · (1 + strength · (d − 1)).
  public static func multiplying(_ distribution: some NoiseDistribution) -> TestNoise {
    TestNoise("multiplying(\(distribution))", axis: "scale") {
      .multiplying(distribution, scale: .fixed($0))
    }
  }

  /// d with the probability `strength`, else x.
  public static func replacing(_ distribution: some NoiseDistribution) -> TestNoise {
    TestNoise("replacing(\(distribution))", axis: "rate") {
      .replacing(distribution, rate: Double($0))
    }
  }

  /// x with draws added at a signal-to-noise ratio of `strength` decibels, of each row: the less, the more noise.
  ///
  /// The ratio is nominal, to the distribution's root mean square: that of a row's own draws differs from it by chance. The noise of a
  /// ``SpeechCorruption`` has its ratio exactly, in each row.
  public static func signalToNoiseRatio(of distribution: some NoiseDistribution) -> TestNoise {
    TestNoise("adding(\(distribution))", axis: "signal-to-noise ratio in decibels") {
      .adding(distribution, scale: .signalToNoiseRatio(decibels: $0))
    }
  }

  /// The rule at a strength. What the rule itself does not take stops the program.
  public func rule(at strength: Float) -> NoiseRule { makeRule(strength) }

  public var description: String { name }

  /// Whether another has the same name and axis, and rules that read alike: closures cannot be compared.
  func isAlike(_ other: TestNoise, at strengths: [Float]) -> Bool {
    name == other.name && axis == other.axis
      && strengths.allSatisfy { "\(rule(at: $0))" == "\(other.rule(at: $0))" }
  }

  /// Inputs with the noise at a strength, in the domain of evaluation: what sweeps and searches judge a classifier on.
  func noisy(
    _ inputs: Tensor, strength: Float, range: ClosedRange<Float>?, _ noise: NoiseStream,
    site: String
  ) -> Tensor {
    let noisy = inputs.perturbed(by: rule(at: strength), noise, site: site)
    return range.map { noisy.clamped(to: $0) } ?? noisy
  }
}

extension Tensor {
  /// A matrix with a rule on each element, in the domain of evaluation.
  func perturbed(by rule: NoiseRule, _ noise: NoiseStream, site: String) -> Tensor {
    let (rows, columns) = (shape[0], shape[1])
    let rules = PreparedNoise(
      [rule], stream: noise.in(.evaluation), site: site, rows: rows, columns: columns)
    let measured = unsafe self.withUnsafePointer { unsafe rules.measuring($0, rows: rows) }
    return unsafe Tensor(undefined: shape) { target in
      unsafe self.withUnsafePointer {
        unsafe measured.apply(rows: rows, columns: columns, $0, target)
      }
    }
  }
}

extension NoiseStream {
  /// A matrix of random words in the domain of evaluation.
  func evaluationWords(site: String, rows: Int, columns: Int) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: rows * columns)
    var span = words.mutableSpan
    self.in(.evaluation).address(of: site, rows: rows, columns: columns).fillWords(&span)
    return words
  }
}

extension [UInt32] {
  /// Words 2i and 2i + 1 as one of 0 ..< count, each as likely as any other to within count · 2⁻⁶⁴.
  func choice(_ index: Int, of count: Int) -> Int {
    let bits = UInt64(self[2 * index]) | UInt64(self[2 * index + 1]) << 32
    return Int(bits.multipliedFullWidth(by: UInt64(count)).high)
  }
}
