/// A draw of one distribution with a probability, else of another: d = d₁ with the probability `weight`, else d₂.
///
/// ```swift
/// let contaminated = Mixture(
///   Gaussian(standardDeviation: 0.1), Laplace(scale: 0.5), weight: 0.9)
/// ```
///
/// More than two are mixtures of mixtures. The choice is a ``Bernoulli`` draw, so that the weight that is really drawn is
/// the multiple of 2⁻¹⁵ nearest to `weight`, or of 2⁻³¹ within 1/64 of 0 or 1. What the two distributions draw is
/// independent of it and of each other, whichever planes they read: each has a key of its own. Both are drawn for every element.
///
/// It is no ``QuantileDistribution``, though its cumulative probability may be known: the quantile of a mixture has no formula, and
/// finding it among the numbers of a `Float` takes up to 32 cumulative probabilities of both distributions. Draws do not need
/// it. ``Truncated`` does; but a mixture given that its draw lies in an interval is the mixture of the two distributions truncated
/// there, with the weight w · P₁ / (w · P₁ + (1 − w) · P₂), P₁ and P₂ being their probabilities of the interval.
///
/// McLachlan, Peel: *Finite Mixture Models* (2000); of two normal distributions, Tukey's contaminated normal (1960).
public struct Mixture<First: NoiseDistribution, Second: NoiseDistribution>: NoiseDistribution {
  /// What is drawn with the probability ``weight``.
  public let first: First
  /// What is drawn else.
  public let second: Second
  /// The probability of the first distribution, as given.
  public let weight: Double

  /// - Parameters:
  ///   - first: what is drawn with the probability `weight`.
  ///   - second: what is drawn else.
  ///   - weight: 0…1; another stops the program.
  public init(_ first: First, _ second: Second, weight: Double) {
    requireProbability(weight, "Mixture", "weight")
    self.first = first
    self.second = second
    self.weight = weight
  }

  private var choice: Bernoulli { Bernoulli(probability: weight) }

  /// w · mean₁ + (1 − w) · mean₂, of the weight that is really drawn.
  public var mean: Double { blend(first.mean, second.mean) }

  /// w · (variance₁ + (mean₁ − mean)²) + (1 − w) · (variance₂ + (mean₂ − mean)²), of the weight that is really drawn.
  public var variance: Double {
    let mean = mean
    if !mean.isFinite { return mean.isNaN ? .nan : .infinity }
    func around(_ distribution: some NoiseDistribution) -> Double {
      distribution.variance + (distribution.mean - mean) * (distribution.mean - mean)
    }
    return blend(around(first), around(second))
  }

  // A distribution that is never chosen does not matter, not even where its moments are infinite or undefined.
  private func blend(_ first: Double, _ second: Double) -> Double {
    let weight = choice.mean
    return weight == 1 ? first : weight == 0 ? second : weight * first + (1 - weight) * second
  }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var choices = [Float](repeating: 0, count: tile.count)
    var others = choices
    var span = choices.mutableSpan
    choice.fill(&span, at: address)
    span = others.mutableSpan
    second.fill(&span, at: address.branch(1))
    first.fill(&tile, at: address.branch(0))
    unsafe tile.withUnsafeMutableBufferPointer { draws in
      for index in 0..<draws.count {
        unsafe draws[index] = choices[index] == 1 ? draws[index] : others[index]
      }
    }
  }
}

extension Mixture: CustomStringConvertible {
  public var description: String { "Mixture(\(first), \(second), weight: \(weight))" }
}

extension Mixture: Equatable where First: Equatable, Second: Equatable {}
extension Mixture: Hashable where First: Hashable, Second: Hashable {}

extension Mixture: CumulativeDistribution
where First: CumulativeDistribution, Second: CumulativeDistribution {
  /// w · P(d₁ ≤ x) + (1 − w) · P(d₂ ≤ x), of the weight that is really drawn.
  public func cumulativeProbability(_ x: Double) -> Double {
    blend(first.cumulativeProbability(x), second.cumulativeProbability(x))
  }
}
