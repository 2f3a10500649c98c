package import CKernels
import DitherRuntime

/// The Poisson distribution: the number of events where `rate` are expected, P(X = n) = rateⁿ · exp(−rate) / n!.
///
/// By inversion: a draw is the least n with F(n) ≥ p, F being the distribution function. It is computed once, when the
/// distribution is made, to about 10⁻¹⁵, by the recurrence P(n + 1) = P(n) · rate / (n + 1) from the mode to both sides and
/// the sum of all; a draw is found in it from a table of first guesses. So the probability that is really drawn of n or
/// less is F(n), rounded to a multiple of 2⁻²³, and values of a probability below 2⁻²⁴ in the tails are not drawn: 10 is the
/// greatest at rate 1, 1,172 at rate 1,000.
///
/// For signals whose noise grows with them: a count of `rate` photons varies by √rate.
///
/// Devroye: *Non-Uniform Random Variate Generation* (1986), sections III.2.4 (guide tables) and X.3.
public struct Poisson: QuantileDistribution, CustomStringConvertible {
  /// The greatest rate: 10,000. From there on a ``Gaussian`` of mean and variance `rate` differs by less than 0.003 in
  /// the probability of any half-line.
  public static let greatestRate: Float = 10_000

  static let range = ParameterRange("0…\(greatestRate)") { $0 >= 0 && $0 <= Double(greatestRate) }

  /// The expected number.
  public let rate: Float

  let table: PoissonTable

  /// - Parameter rate: 0…10,000; another stops the program.
  public init(rate: Float) {
    Poisson.range.require(rate, "Poisson", "rate")
    self.rate = rate
    table = PoissonTable(rate: Double(rate))
  }

  /// Of the probabilities that are really drawn; ideally rate.
  public var mean: Double { table.mean }

  /// Of the probabilities that are really drawn; ideally rate.
  public var variance: Double { table.variance }

  public func quantile(_ p: Float) -> Float { table.quantile(p) }

  public func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    // The kernel reads the table by pointers.
    defer { withExtendedLifetime(table) {} }
    unsafe address.fill(&tile, from: draw)
  }

  public var description: String { "Poisson(rate: \(rate))" }
}

extension Poisson: Hashable {
  public static func == (a: Poisson, b: Poisson) -> Bool { a.rate == b.rate }

  public func hash(into hasher: inout Hasher) { hasher.combine(rate) }
}

extension Poisson: NativeDistribution {
  /// Valid as long as the distribution or a copy of it lives.
  package var draw: ck_draw {
    var draw = unsafe ck_draw(CK_POISSON)
    unsafe draw.inversion = table.inversion
    return unsafe draw
  }
}

extension Poisson: CumulativeDistribution {
  /// Σ rateⁿ · exp(−rate) / n! over n = 0 … ⌊x⌋.
  public func cumulativeProbability(_ x: Double) -> Double { table.cumulativeProbability(x) }
}
