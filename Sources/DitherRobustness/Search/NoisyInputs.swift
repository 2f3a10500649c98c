import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// The test noise that a search judges networks under: the same draws for every network.
///
/// It is that of a ``TestNoise`` at one strength, or what a closure makes of the inputs, such as a ``Corruption``.
public struct NoisyInputs: Sendable {
  /// Draws for each row; a score is the mean over them.
  public let draws: Int
  private let function: @Sendable (Tensor, NoiseStream) -> Tensor

  /// - Parameters:
  ///   - draws: at least 1; another stops the program.
  ///   - function: takes inputs, [rows, features], and a stream in the domain of evaluation at the step of a draw; returns the inputs
  ///     with noise, of the same shape: a function of these alone.
  public init(
    draws: Int = 5,
    _ function: @escaping @Sendable (_ inputs: Tensor, _ noise: NoiseStream) -> Tensor
  ) {
    require(draws >= 1, "NoisyInputs: draws is \(draws); expected at least 1")
    self.draws = draws
    self.function = function
  }

  /// The noise of a sweep at one of its strengths.
  ///
  /// ```swift
  /// let decibels = NoisyInputs(.signalToNoiseRatio(of: Gaussian(standardDeviation: 1)), strength: 10)
  /// ```
  ///
  /// - Parameters:
  ///   - testNoise: what is put on the inputs.
  ///   - strength: how strong; what the rule does not take stops the program.
  ///   - range: where noisy inputs are cut to; nil for nowhere.
  ///   - draws: at least 1; another stops the program.
  public init(
    _ testNoise: TestNoise, strength: Float, range: ClosedRange<Float>? = nil, draws: Int = 5
  ) {
    // Of a strength that the rule does not take it is said here.
    _ = testNoise.rule(at: strength)
    self.init(draws: draws) { inputs, noise in
      testNoise.noisy(inputs, strength: strength, range: range, noise, site: "search")
    }
  }

  /// Noise that is added to every element.
  ///
  /// - Parameters:
  ///   - distribution: what is added.
  ///   - draws: at least 1; another stops the program.
  public static func adding(
    _ distribution: some NoiseDistribution, draws: Int = 5
  ) -> NoisyInputs {
    NoisyInputs(.adding(distribution), strength: 1, draws: draws)
  }

  /// The inputs under one of the draws.
  func callAsFunction(_ inputs: Tensor, draw: Int, _ noise: NoiseStream) -> Tensor {
    let noisy = function(inputs, noise.in(.evaluation).at(step: draw))
    require(
      noisy.shape == inputs.shape,
      "NoisyInputs: the function gave shape \(noisy.shape); expected \(inputs.shape), its inputs'")
    return noisy
  }
}
