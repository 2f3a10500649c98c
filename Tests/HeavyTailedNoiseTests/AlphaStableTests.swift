import Foundation
import HeavyTailedNoise
import NoiseDistributions
import TestSupport
import Testing

@Suite("α-stable")
struct AlphaStableTests {
  static let shapes = [(rows: 1 << 10, columns: 1 << 10), (rows: 1 << 16, columns: 16)]

  /// The draw at a scale of 1 by the textbook's formulas, in double precision: Nolan (2020), shifted from
  /// parameterisation 1 to 0.
  static func expected(_ stability: Double, _ skewness: Double, _ u: Double, _ distance: Double)
    -> Double
  {
    let w = -log1p(-u)
    let psi = Double.pi * abs(distance)
    let angle = (distance < 0 ? -1 : 1) * (.pi / 2 - psi)
    if stability == 1 {
      let half = .pi / 2 + skewness * angle
      return 2 / .pi
        * (half / tan(psi) * (angle < 0 ? -1 : 1)
          - skewness * log(.pi / 2 * w * sin(psi) / half))
    }
    let tangent = skewness * tan(.pi / 2 * stability)
    let start = atan(tangent)
    let sum = stability * angle + start
    let power = (1 - stability) / stability
    return sin(sum) / pow(cos(start), 1 / stability) / pow(sin(psi), 1 / stability)
      * pow(cos(sum - angle) / w, power) - tangent
  }

  @Test(
    "A draw is the formula of Chambers, Mallows and Stuck in double precision, to the stated error")
  func formula() {
    let noise = NoiseStream(seed: 3)
    let address = noise.address(of: "s", rows: 24, columns: 1024)
    let uniforms = Uniforms(address)
    for stability: Float in [0.5, 0.75, 0.9375, 1, 1.0625, 1.25, 1.5, 1.75, 1.96875, 2] {
      for skewness: Float in [-1, -0.25, 0, 0.5, 1] {
        let draws = noise.draws(
          from: AlphaStable(stability: stability, skewness: skewness, scale: 1), site: "s",
          rows: 24, columns: 1024)
        var worst = 0.0
        for index in draws.indices {
          let expected = Self.expected(
            Double(stability), Double(abs(skewness)), uniforms.fine[index],
            uniforms.distances[index])
          let found = Double(skewness < 0 ? -draws[index] : draws[index])
          worst = max(worst, abs(found - expected) / max(1, abs(expected)))
        }
        #expect(worst <= (stability < 0.75 ? 1e-4 : 4e-6), "\(stability), \(skewness): \(worst)")
      }
    }
  }

  // Of 2^18 draws it is always seen if the probability of any half-line that is compared is off by 0.013. SciPy's own
  // error is less than 10⁻¹⁰.
  @Test("The draws' distribution function is SciPy's", arguments: [1 << 10, 16])
  func distribution(_ columns: Int) throws {
    let all = try KnownProbabilities.all("stable", parameters: 2)
    #expect(all.count == 13)
    for known in all {
      known.expectShares(
        of: NoiseStream(seed: 1).draws(
          from: AlphaStable(stability: known.parameters[0], skewness: known.parameters[1]),
          site: "s", rows: (1 << 18) / columns, columns: columns))
    }
  }

  // Two checks share the rate: see KnownDistribution.
  @Test("α = 2 is the normal distribution with variance 2 · scale²", arguments: shapes)
  func normal(_ shape: (rows: Int, columns: Int)) {
    let distribution = AlphaStable(stability: 2, skewness: 0.5, scale: 3)
    #expect(distribution.variance == 18 && distribution.mean == 0)
    let known = KnownDistribution(
      "normal", distribution, moments: [1, 0, 1, 0, 3, 0, 15, 0, 105], bound: 5.78,
      probability: { erfc(-$0 / 6) / 2 })
    let draws = known.draws(rows: shape.rows, columns: shape.columns)
    known.expectMoments(of: draws)
    known.expectProbabilities(of: draws)
  }

  @Test(
    "α = 1, β = 0 is Cauchy's distribution; α = ½, β = 1 Lévy's, from −scale on", arguments: shapes)
  func closedForms(_ shape: (rows: Int, columns: Int)) {
    let cauchy = KnownDistribution(
      "Cauchy", AlphaStable(stability: 1, scale: 2), moments: [], bound: .infinity,
      probability: { 0.5 + atan($0 / 2) / .pi })
    let levy = KnownDistribution(
      "Lévy", AlphaStable(stability: 0.5, skewness: 1, scale: 2), moments: [], bound: .infinity,
      probability: { $0 <= -2 ? 0 : erfc((1 / ($0 + 2)).squareRoot()) })
    for known in [cauchy, levy] {
      let draws = known.draws(rows: shape.rows, columns: shape.columns)
      known.expectProbabilities(of: draws)
      if known.description == "Lévy" { #expect(draws.allSatisfy { $0 >= -2 }) }
    }
  }

  @Test("The distribution function is SciPy's, and the closed forms'")
  func cumulativeProbability() throws {
    for known in try KnownProbabilities.all("stable", parameters: 2) {
      let distribution = AlphaStable(
        stability: known.parameters[0], skewness: known.parameters[1], scale: 4)
      #expect(known.places.count >= 63)
      for (x, expected) in known.places.enumerated().filter({ $0.offset % 9 == 0 }).map(\.element) {
        let found = distribution.cumulativeProbability(4 * x)
        #expect(
          abs(found - expected) <= 1e-10, "\(distribution) at \(4 * x): \(found), \(expected)")
      }
    }
    for x in [-30, -3, -1, -0.2, 0, 0.1, 1, 7, 100] {
      let normal = AlphaStable(stability: 2, scale: 0.5).cumulativeProbability(x)
      #expect(abs(normal - erfc(-x) / 2) <= 1e-11 * erfc(-x))
      let cauchy = AlphaStable(stability: 1).cumulativeProbability(x)
      let expected = x < 0 ? atan(-1 / x) / .pi : 0.5 + atan(x) / .pi
      #expect(abs(cauchy - expected) <= 1e-11)
      let levy = AlphaStable(stability: 0.5, skewness: 1).cumulativeProbability(x)
      #expect(abs(levy - (x <= -1 ? 0 : erfc((0.5 / (x + 1)).squareRoot()))) <= 1e-11)
      let mirrored = AlphaStable(stability: 0.5, skewness: -1).cumulativeProbability(-x)
      #expect(abs(mirrored - (1 - levy)) <= 1e-11)
    }
    let distribution = AlphaStable(stability: 1.5, skewness: 0.5)
    #expect(distribution.cumulativeProbability(-.infinity) == 0)
    #expect(distribution.cumulativeProbability(.infinity) == 1)
    #expect(distribution.cumulativeProbability(.nan).isNaN)
  }

  @Test("Quantiles invert the distribution function")
  func quantiles() {
    #expect(abs(AlphaStable(stability: 1, scale: 2).quantile(0.25) + 2) < 1e-9)
    let levy = AlphaStable(stability: 0.5, skewness: 1).quantile(0.3)
    #expect(abs(erfc((0.5 / (levy + 1)).squareRoot()) - 0.3) < 1e-10)
    // A search through 64 integrals each.
    guard runsLongTests else { return }
    let skewed = AlphaStable(stability: 1.5, skewness: -0.5)
    #expect(abs(skewed.cumulativeProbability(skewed.quantile(0.01)) - 0.01) < 1e-12)
    #expect(abs(AlphaStable(stability: Float(1).nextUp).quantile(0.25) + 1) < 1e-5)
  }

  @Test("Draws pass through α = 1 without a jump, at any skewness")
  func continuity() {
    func draws(_ stability: Float, _ skewness: Float) -> [Float] {
      NoiseStream(seed: 4).draws(
        from: AlphaStable(stability: stability, skewness: skewness), site: "s", rows: 64,
        columns: 1024)
    }
    for skewness: Float in [-1, 0, 0.3, 1] {
      let middle = draws(1, skewness)
      for step: Float in [-0x1p-20, -0x1p-24, 0x1p-23, 0x1p-20] {
        let worst = zip(draws(1 + step, skewness), middle).map { abs($0 - $1) / max(1, abs($1)) }
          .max()!
        #expect(worst <= 1e-4, "\(step), \(skewness): \(worst)")
      }
    }
  }

  @Test("−β draws the negatives of β's draws")
  func mirror() {
    for stability: Float in [0.6, 1, 1.3] {
      let draws = [Float(0.75), -0.75].map {
        NoiseStream(seed: 4).draws(
          from: AlphaStable(stability: stability, skewness: $0), site: "s", rows: 32, columns: 1024)
      }
      #expect(draws[1] == draws[0].map { -$0 })
    }
  }

  @Test("Means and variances that are infinite or undefined say so")
  func moments() {
    let skewed = AlphaStable(stability: 1.5, skewness: 0.5, scale: 2)
    #expect(abs(skewed.mean - 1) < 1e-15 && skewed.variance == .infinity)
    #expect(abs(AlphaStable(stability: 1.5, skewness: -0.5, scale: 2).mean + 1) < 1e-15)
    #expect(AlphaStable(stability: 1, skewness: 0.5).mean.isNaN)
    #expect(AlphaStable(stability: 0.5, skewness: 1).mean == .infinity)
    #expect(AlphaStable(stability: 1, skewness: -1).mean == -.infinity)
    #expect(AlphaStable(stability: 1).variance.isNaN)
  }

  @Test("Draws stay finite however small α; a scale of 0 draws 0")
  func extremes() {
    for stability: Float in [.leastNonzeroMagnitude, 1e-30, 1e-3, 0.1, 0.3, Float(2).nextDown] {
      for skewness: Float in [-1, 0, 0.5, 1] {
        for (scale, bound) in [(Float(0), Float(0)), (1, .infinity), (3e38, .infinity)] {
          let draws = NoiseStream(seed: 1).draws(
            from: AlphaStable(stability: stability, skewness: skewness, scale: scale), site: "s",
            rows: 32, columns: 1024)
          #expect(
            draws.allSatisfy { $0.isFinite && abs($0) <= bound }, "\(stability), \(skewness)")
        }
      }
    }
  }

  @Test(
    "Draws are those of stream version 1, on every instruction set, at any thread count and split")
  func golden() {
    expectGolden(
      AlphaStable(stability: 1.3, skewness: 0.5, scale: 0.5), wide: "92d7d4bb236ae299",
      narrow: "cdb2ccb82f7c6283")
    expectGolden(
      AlphaStable(stability: 1, skewness: -0.5, scale: 0.5), wide: "c4d3b03c5d299a2d",
      narrow: "3a2a598aee89656e")
  }

  @Test("A parameter out of its range stops the program and is named")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = AlphaStable(stability: 2.5) }
    expect(
      result, says: "AlphaStable: stability is 2.5; expected a number greater than 0, at most 2")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = AlphaStable(stability: .nan) }
    expect(result, says: "AlphaStable: stability is nan")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = AlphaStable(stability: 1, skewness: -1.5) }
    expect(result, says: "AlphaStable: skewness is -1.5; expected -1…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = AlphaStable(stability: 1, scale: .infinity) }
    expect(result, says: "AlphaStable: scale is inf; expected a finite number, 0 or more")
  }
}
