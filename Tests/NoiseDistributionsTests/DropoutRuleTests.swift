import NoiseDistributions
import TestSupport
import Testing

@Suite("Gaussian and alpha dropout, and shot noise")
struct DropoutRuleTests {
  @Test("Gaussian dropout multiplies by normal draws of mean 1 and variance rate / (1 − rate)")
  func gaussianDropout() {
    for rate in [0.1, 0.5, 0.9] {
      let deviation = Float((rate / (1 - rate)).squareRoot())
      let ruled = Ruled(rules: [.gaussianDropout(rate: rate)])
      let draws = ruled.draws(Gaussian(mean: 1, standardDeviation: deviation))
      let x = ruled.inputs
      #expect(ruled.forward(x) == zip(x, draws).map { $0 * $1 })
      #expect(sameBits(ruled.gradient(x), ruled.forward(x)))
    }
    let none = Ruled(rules: [.gaussianDropout(rate: 0)])
    var x = none.inputs
    x.replaceSubrange(0..<3, with: [-0.0, .infinity, .leastNonzeroMagnitude])
    #expect(sameBits(none.forward(x), x))
  }

  // 2^18 factors: a mean wrong by 0.03 and a variance wrong by 0.04 are seen.
  @Test("Gaussian dropout keeps the mean, with the variance of dropout at that rate")
  func gaussianMoments() {
    let (rows, columns) = (4096, 64)
    let ruled = Ruled(rules: [.gaussianDropout(rate: 0.5)], rows: rows, columns: columns)
    let count = Double(rows * columns)
    let factors = ruled.forward([Float](repeating: 1, count: rows * columns)).map(Double.init)
    let mean = factors.reduce(0, +) / count
    let square = factors.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / count
    let rate = Threshold.failureRate / 2
    #expect(
      abs(mean - 1) <= Threshold.mean(count: rows * columns, variance: 1, bound: 7, rate: rate))
    #expect(
      abs(square - 1) <= Threshold.mean(count: rows * columns, variance: 2, bound: 49, rate: rate))
  }

  /// What Klambauer et al. write, in double precision.
  static func alpha(rate p: Double) -> (a: Double, b: Double, dropped: Double) {
    let alpha = -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717
    let q = 1 - p
    let a = 1 / (q + alpha * alpha * q * p).squareRoot()
    return (a, -a * p * alpha, alpha)
  }

  @Test(
    "Alpha dropout is a · (x, or α′ where dropped) + b, and its gradient a where kept",
    arguments: [0.001, 0.05, 0.5, 0.999], [(4096, 64), (16384, 16)])
  func alphaDropout(_ rate: Double, _ shape: (rows: Int, columns: Int)) {
    let ruled = Ruled(rules: [.alphaDropout(rate: rate)], rows: shape.rows, columns: shape.columns)
    let marks = ruled.draws(Bernoulli(probability: rate))
    let (a, b, dropped) = Self.alpha(rate: Bernoulli(probability: rate).mean)
    let x = ruled.inputs
    let y = ruled.forward(x)
    let dx = ruled.gradient(x)
    var worst = 0.0
    for index in x.indices {
      let expected = a * (marks[index] == 1 ? dropped : Double(x[index])) + b
      let gradient = marks[index] == 1 ? 0 : a * Double(x[index])
      // At rate 0.999 b is 27, and cancels digits.
      worst = max(worst, abs(Double(y[index]) - expected) / (1 + abs(expected) + b))
      worst = max(worst, abs(Double(dx[index]) - gradient) / (1 + abs(gradient)))
    }
    #expect(worst <= 1e-6)
    let infinite = ruled.gradient([Float](repeating: .infinity, count: x.count))
    #expect(zip(infinite, marks).allSatisfy { $1 == 1 ? $0 == 0 : $0 == .infinity })
  }

  // 2^18 elements: a mean wrong by 0.03 and a variance wrong by 0.06 are seen.
  @Test("Alpha dropout keeps mean 0 and variance 1", arguments: [0.05, 0.2, 0.5])
  func selfNormalising(_ rate: Double) {
    let (rows, columns) = (4096, 64)
    let x = NoiseStream(seed: 3).draws(
      from: Gaussian(standardDeviation: 1), site: "x", rows: rows, columns: columns)
    let y = Ruled(rules: [.alphaDropout(rate: rate)], rows: rows, columns: columns).forward(x)
      .map(Double.init)
    let count = y.count
    let mean = y.reduce(0, +) / Double(count)
    let square = y.reduce(0) { $0 + $1 * $1 } / Double(count)
    // |y| ≤ 9.2 as |x| ≤ 6.7 and a, b < 1.4 at these rates; E y⁴ < 4.
    let failures = Threshold.failureRate / 2
    #expect(abs(mean) <= Threshold.mean(count: count, variance: 1, bound: 10, rate: failures))
    #expect(
      abs(square - 1) <= Threshold.mean(count: count, variance: 4, bound: 100, rate: failures))
  }

  @Test("Alpha dropout at rate 0 is the identity, at rate 1 zeros")
  func alphaEnds() {
    let none = Ruled(rules: [.alphaDropout(rate: 0)])
    #expect(sameBits(none.forward(none.inputs), none.inputs))
    #expect(sameBits(none.gradient(none.inputs), none.inputs))
    let all = Ruled(rules: [.alphaDropout(rate: 1)])
    for value in [Float(3), .infinity, .nan] {
      let x = [Float](repeating: value, count: 2000)
      #expect(all.forward(x).allSatisfy { $0 == 0 } && all.gradient(x).allSatisfy { $0 == 0 })
    }
  }

  @Test("Shot noise adds scale · √|x| · d, and its gradient holds the root constant")
  func shotNoise() {
    let distributions: [any NoiseDistribution] = [
      Gaussian(standardDeviation: 1), Uniform(halfWidth: 1), Contaminated(share: 0.2),
    ]
    for distribution in distributions {
      for columns in [50, 20] {
        let ruled = Ruled(
          rules: [.addingShotNoise(distribution, scale: .fixed(0.3))], columns: columns)
        let x = ruled.inputs
        let expected = zip(x, ruled.draws(distribution)).map {
          Double($0) + 0.3 * abs(Double($0)).squareRoot() * Double($1)
        }
        for (received, expected) in zip(ruled.forward(x), expected) {
          #expect(abs(Double(received) - expected) <= 1e-6 * (1 + abs(expected)))
        }
        #expect(sameBits(ruled.gradient(x), x))
      }
    }
  }

  @Test("Shot noise leaves 0 as it is, whatever is drawn, and at scale 0 everything")
  func shotNoiseOfSilence() {
    let overflowing = LogNormal(logMean: 100, logStandardDeviation: 0)
    let ruled = Ruled(rules: [.addingShotNoise(overflowing, scale: .fixed(1))])
    let silence = [Float](repeating: 0, count: 2000)
    #expect(ruled.forward(silence) == silence)
    let none = Ruled(rules: [.addingShotNoise(overflowing, scale: .fixed(0))])
    #expect(sameBits(none.forward(none.inputs), none.inputs))
  }

  @Test("Descriptions are what one writes")
  func descriptions() {
    #expect("\(NoiseRule.gaussianDropout(rate: 0.2))" == "gaussianDropout(rate: 0.2)")
    #expect("\(NoiseRule.alphaDropout(rate: 0.2))" == "alphaDropout(rate: 0.2)")
    #expect(
      "\(NoiseRule.addingShotNoise(Uniform(halfWidth: 1), scale: .fixed(0.5)))"
        == "addingShotNoise(Uniform(low: -1.0, high: 1.0), scale: 0.5)")
    #expect(
      "\(NoiseRule.dropout(rate: 0.5).shared(.blocks(of: 3)))"
        == "dropout(rate: 0.5).shared(.blocks(of: 3))")
    #expect(
      "\(NoiseRule.adding(Uniform(halfWidth: 1), scale: .signalToNoiseRatio(decibels: 20)))"
        == "adding(Uniform(low: -1.0, high: 1.0), scale: signalToNoiseRatio(decibels: 20.0))")
    #expect(
      "\(NoiseRule.adding(Uniform(halfWidth: 1), scale: .scheduled(.linear(from: 0, to: 1, over: 9))))"
        == "adding(Uniform(low: -1.0, high: 1.0), scale: scheduled(linear(from: 0.0, to: 1.0, over: 9)))"
    )
  }
}
