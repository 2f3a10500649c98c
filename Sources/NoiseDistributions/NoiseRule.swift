import CKernels
import DitherRuntime

/// What a site does with a draw: always y = a · x + b for each element x, where a = 0 *selects* b.
///
/// The backward pass is dy · a, with the same draws computed again. An element that a rule replaces or drops is not
/// computed with: 0 · ∞ and 0 · NaN do not arise.
///
/// ```swift
/// Linear(inputs: 784, outputs: 256).noise(.adding(Gaussian(standardDeviation: 0.2)), on: .input)
/// ```
public struct NoiseRule: Sendable {
  enum Action: Sendable {
    case add(any NoiseDistribution, NoiseScale)
    case multiply(any NoiseDistribution, NoiseScale)
    case replace(any NoiseDistribution, rate: Double)
    case dropout(rate: Double)
  }

  let action: Action

  /// y = x + scale · d, one draw d an element. The gradient passes unchanged.
  public static func adding(
    _ distribution: some NoiseDistribution, scale: NoiseScale = .fixed(1)
  ) -> NoiseRule {
    NoiseRule(action: .add(distribution, scale))
  }

  /// y = x · (1 + scale · (d − 1)): x · d at scale 1, x itself at scale 0. Where the factor is 0, y = 0 whatever x.
  public static func multiplying(
    _ distribution: some NoiseDistribution, scale: NoiseScale = .fixed(1)
  ) -> NoiseRule {
    NoiseRule(action: .multiply(distribution, scale))
  }

  /// y = d with the probability `rate`, else x. The gradient of a replaced element is 0.
  ///
  /// The 0s of ``SaltAndPepper`` replace nothing: its rate and `rate` multiply.
  ///
  /// - Parameters:
  ///   - distribution: what d is drawn from.
  ///   - rate: 0…1; another stops the program. It is drawn in steps of 2⁻¹⁵, or of 2⁻³¹ within 1/64 of 0 or 1.
  public static func replacing(_ distribution: some NoiseDistribution, rate: Double) -> NoiseRule {
    requireProbability(rate, "NoiseRule.replacing", "rate")
    return NoiseRule(action: .replace(distribution, rate: rate))
  }

  /// y = low or high with half of the distribution's rate each, else x. The gradient of a replaced element is 0.
  public static func replacing(_ distribution: SaltAndPepper) -> NoiseRule {
    NoiseRule(action: .replace(distribution, rate: 1))
  }

  /// y = 0 with the probability `rate`, else x / (1 − rate), so that the mean stays: zeros at rate 1, x itself at rate 0.
  ///
  /// The probability p that is really drawn is the multiple of 2⁻¹⁵ nearest to `rate`, or of 2⁻³¹ within 1/64 of 0 or 1;
  /// the factor is 1 / (1 − p) of that p.
  ///
  /// - Parameter rate: 0…1; another stops the program.
  ///
  /// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: *Dropout* (2014), in its inverted form.
  public static func dropout(rate: Double) -> NoiseRule {
    requireProbability(rate, "NoiseRule.dropout", "rate")
    return NoiseRule(action: .dropout(rate: rate))
  }
}

extension NoiseRule: CustomStringConvertible {
  public var description: String {
    switch action {
    case .add(let distribution, let scale):
      return "adding(\(distribution)\(Self.suffix(scale)))"
    case .multiply(let distribution, let scale):
      return "multiplying(\(distribution)\(Self.suffix(scale)))"
    case .replace(let distribution as SaltAndPepper, rate: 1):
      return "replacing(\(distribution))"
    case .replace(let distribution, let rate):
      return "replacing(\(distribution), rate: \(rate))"
    case .dropout(let rate):
      return "dropout(rate: \(rate))"
    }
  }

  private static func suffix(_ scale: NoiseScale) -> String {
    scale.value == 1 ? "" : ", scale: \(scale.value)"
  }
}
