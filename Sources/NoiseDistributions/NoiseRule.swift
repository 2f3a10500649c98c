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
    case addShot(any NoiseDistribution, NoiseScale)
    case multiply(any NoiseDistribution, NoiseScale)
    case replace(any NoiseDistribution, rate: Double)
    case dropout(rate: Double)
    case gaussianDropout(rate: Double)
    case alphaDropout(rate: Double)
  }

  let action: Action
  /// Which elements share a draw: none, unless ``shared(_:)`` says otherwise.
  public internal(set) var sharing = NoiseSharing.perElement

  init(action: Action) { self.action = action }

  /// y = x + scale · d, one draw d an element. The gradient passes unchanged.
  public static func adding(
    _ distribution: some NoiseDistribution, scale: NoiseScale = .fixed(1)
  ) -> NoiseRule {
    scale.requireScales(distribution)
    return NoiseRule(action: .add(distribution, scale))
  }

  /// y = x + scale · √|x| · d: noise whose variance grows with the signal, as that of counted photons does. Where x is
  /// 0 it stays 0.
  ///
  /// The gradient passes unchanged: √|x| is held constant. (Its own derivative would be without bound near 0.)
  ///
  /// Source: Foi, Trimeche, Katkovnik & Egiazarian 2008, *Practical Poissonian-Gaussian noise modeling and fitting for
  /// single-image raw-data*: the part of its model that depends on the signal, with a = scale².
  ///
  /// - Parameters:
  ///   - distribution: what d is drawn from; by default standard normal.
  ///   - scale: `.fixed` or `.scheduled`; another stops the program.
  public static func addingShotNoise(
    _ distribution: some NoiseDistribution = Gaussian(standardDeviation: 1), scale: NoiseScale
  ) -> NoiseRule {
    scale.requireFactor("addingShotNoise")
    return NoiseRule(action: .addShot(distribution, scale))
  }

  /// y = x · (1 + scale · (d − 1)): x · d at scale 1, x itself at scale 0. Where the factor is 0, y = 0 whatever x.
  ///
  /// - Parameters:
  ///   - distribution: what d is drawn from. With a mean of 1 the mean of y is x: ``LogNormal/unitMean(logStandardDeviation:)``.
  ///   - scale: `.fixed` or `.scheduled`; another stops the program.
  public static func multiplying(
    _ distribution: some NoiseDistribution, scale: NoiseScale = .fixed(1)
  ) -> NoiseRule {
    scale.requireFactor("multiplying")
    return NoiseRule(action: .multiply(distribution, scale))
  }

  /// y = d with the probability `rate`, else x. The gradient of a replaced element is 0.
  ///
  /// The 0 of a ``SaltAndPepper`` or an ``Impulse`` says that nothing happens there, and replaces nothing: their probability and
  /// `rate` multiply. A 0 that a distribution made of others draws, as a ``Mixture``, is a number like any other, and
  /// replaces, from whichever of its parts it comes.
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
}
