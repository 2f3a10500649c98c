import NoiseDistributions
import TestSupport
import Testing

@Suite("A distribution says what it really draws")
struct MeaningTests {
  @Test("A probability is the nearest multiple of 2^-15, or of 2^-31 near 0 and 1")
  func probabilities() {
    for p in [0.3, 0.1, 1.0 / 64, 0.5, 0.9] {
      #expect(Bernoulli(probability: p).mean == (p * 0x1p15).rounded() / 0x1p15)
    }
    for p in [0.01, 1e-5, 0.999, 1 - 1e-7] {
      #expect(Bernoulli(probability: p).mean == (p * 0x1p31).rounded() / 0x1p31)
    }
    #expect(Bernoulli(probability: 0).mean == 0)
    #expect(Bernoulli(probability: 1).mean == 1)
    #expect(Bernoulli(probability: 0x1p-33).mean == 0)
    #expect(Bernoulli(probability: 1).variance == 0)
  }

  @Test("Probabilities 0 and 1 draw nothing else")
  func certain() {
    let noise = NoiseStream(seed: 1)
    for columns in [16, 100] {
      #expect(
        noise.draws(from: Bernoulli(probability: 0), site: "s", rows: 50, columns: columns)
          .allSatisfy { $0 == 0 })
      #expect(
        noise.draws(from: Bernoulli(probability: 1), site: "s", rows: 50, columns: columns)
          .allSatisfy { $0 == 1 })
      let salt = noise.draws(from: SaltAndPepper(rate: 1), site: "s", rows: 50, columns: columns)
      #expect(salt.allSatisfy { $0 == 1 || $0 == -1 } && salt.contains(1) && salt.contains(-1))
      #expect(
        noise.draws(from: SaltAndPepper(rate: 0), site: "s", rows: 50, columns: columns).allSatisfy
        { $0 == 0 })
    }
  }

  // 2^24 draws: of the 16.8 expected ones, 0 or more than 58 fail; with a probability wrong by a factor of 5.5 it fails.
  @Test("A tiny probability comes true as seldom as it says", arguments: [1 << 12, 16])
  func seldom(_ columns: Int) {
    let distribution = Bernoulli(probability: 1e-6)
    let count = 1 << 24
    let draws = NoiseStream(seed: 8).draws(
      from: distribution, site: "s", rows: count / columns, columns: columns)
    var ones = 0
    for draw in draws where draw != 0 { ones += 1 }
    let threshold = Threshold.mean(
      count: count, variance: distribution.variance, bound: 1, rate: Threshold.failureRate)
    #expect(ones > 0)
    #expect(abs(Double(ones) / Double(count) - distribution.mean) <= threshold)
  }

  @Test("A uniform draw stays within its ends, however far or near they are")
  func uniformEnds() {
    let noise = NoiseStream(seed: 1)
    for (low, high) in [
      (-1.7e38, 1.7e38), (1, 1), (1, Float(1).nextUp), (0, .leastNormalMagnitude), (-3e38, -1e-30),
      (0, 0),
    ] as [(Float, Float)] {
      let draws = noise.draws(from: Uniform(low: low, high: high), site: "s", rows: 64, columns: 64)
      #expect(draws.allSatisfy { $0 >= low && $0 <= high })
    }
    #expect(Uniform(halfWidth: 2) == Uniform(low: -2, high: 2))
    #expect(Uniform(low: -1, high: 1).mean == 0)
    #expect(Uniform(low: 3, high: 3).variance == 0)
  }

  @Test("A triangular draw stays within its ends, wherever the mode lies")
  func triangularEnds() {
    let noise = NoiseStream(seed: 1)
    for (low, mode, high) in [
      (-1.7e38, 1e38, 1.7e38), (1, 1, 1), (1, 1, Float(1).nextUp), (0, 0, .leastNormalMagnitude),
      (-3e38, -1e-30, -1e-30), (-0.1, 0.7, 0.7), (-0.3, -0.3, 0.9), (1e-20, 0.1, 1),
    ] as [(Float, Float, Float)] {
      let triangular = Triangular(low: low, mode: mode, high: high)
      let draws = noise.draws(from: triangular, site: "s", rows: 64, columns: 64)
      #expect(draws.allSatisfy { $0 >= low && $0 <= high }, "\(triangular)")
      for p: Float in [0x1p-24, 1 - 0x1p-24] {
        #expect(triangular.quantile(p) >= low && triangular.quantile(p) <= high, "\(triangular)")
      }
    }
    #expect(Triangular(halfWidth: 2) == Triangular(low: -2, mode: 0, high: 2))
  }

  @Test("A random sign is the highest bit of the address's 16: salt and pepper's at rate 1")
  func sign() {
    let noise = NoiseStream(seed: 1)
    for columns in [16, 300] {
      let signs = noise.draws(from: Rademacher(), site: "s", rows: 40, columns: columns)
      #expect(
        signs == noise.draws(from: SaltAndPepper(rate: 1), site: "s", rows: 40, columns: columns))
      // Half of the numbers of 16 bits begin with a 0.
      let coins = noise.draws(
        from: Bernoulli(probability: 0.5), site: "s", rows: 40, columns: columns)
      #expect(signs == coins.map { $0 == 1 ? -1 : 1 })
    }
  }

  @Test("An impulse is a Bernoulli draw times its value")
  func impulse() {
    let noise = NoiseStream(seed: 1)
    for columns in [16, 300] {
      let coins = noise.draws(
        from: Bernoulli(probability: 0.2), site: "s", rows: 40, columns: columns)
      let impulses = noise.draws(
        from: Impulse(value: -0.7, probability: 0.2), site: "s", rows: 40, columns: columns)
      #expect(impulses == coins.map { (coin: Float) -> Float in coin == 1 ? -0.7 : 0 })
    }
    #expect(Impulse(value: 2, probability: 0.3).mean == 2 * Bernoulli(probability: 0.3).mean)
    #expect(
      Impulse(value: 2, probability: 0.3).variance == 4 * Bernoulli(probability: 0.3).variance)
  }

  @Test("Salt and pepper's variance keeps its digits, from values alike to values that outweigh")
  func saltAndPepperVariance() {
    for rate in [1, 0.999, 0.3, 1e-6] {
      for (low, high) in [
        (-1, 3), (1000, Float(1000).nextUp), (1e6, 1e6 + 1), (0, 1e-20), (-7, -7), (-1e30, 1e30),
      ] as [(Float, Float)] {
        let distribution = SaltAndPepper(rate: rate, low: low, high: high)
        let p = Bernoulli(probability: rate).mean
        // Half of E (x - x')² of two independent draws: nothing cancels.
        let (a, b) = (Double(low), Double(high))
        let within: Double = p * p / 4 * (b - a) * (b - a)
        let between: Double = p * (1 - p) / 2 * (a * a + b * b)
        let expected = within + between
        #expect(abs(distribution.variance - expected) <= 1e-14 * expected, "\(distribution)")
        let mean: Double = p * (a / 2 + b / 2)
        #expect(abs(distribution.mean - mean) <= 1e-15 * max(abs(a), abs(b)))
      }
    }
  }

  @Test("Poisson's mean and variance are its rate, but for what is not drawn")
  func poisson() {
    for rate: Float in [1e-3, 0.5, 1, 20, 1000, 10_000] {
      let distribution = Poisson(rate: rate)
      // Each probability is off by 2⁻²⁴ at most, over so many values on either side.
      let reach = 6 * Double(rate).squareRoot() + 12
      #expect(abs(distribution.mean - Double(rate)) < 0x1p-23 * reach, "\(rate)")
      #expect(abs(distribution.variance - Double(rate)) < 0x1p-22 * reach * reach, "\(rate)")
    }
    #expect(Poisson(rate: 0).mean == 0 && Poisson(rate: 0).variance == 0)
    #expect(Poisson(rate: 1).quantile(1 - 0x1p-24) == 10)
    #expect(Poisson(rate: 1e-30).quantile(1 - 0x1p-24) == 0)
    #expect(Poisson(rate: 0.5).quantile(.nan).isNaN && Poisson(rate: 0.5).quantile(2).isNaN)
  }

  @Test("A spread of 0 draws the mean alone")
  func constant() {
    let noise = NoiseStream(seed: 1)
    #expect(
      noise.draws(from: Gaussian(mean: 3, standardDeviation: 0), site: "s", rows: 9, columns: 9)
        .allSatisfy { $0 == 3 })
    #expect(
      noise.draws(from: LogNormal(logStandardDeviation: 0), site: "s", rows: 9, columns: 9)
        .allSatisfy { $0 == 1 })
    for distribution in [
      Laplace(scale: 0), Logistic(scale: 0), Triangular(halfWidth: 0), Exponential(scale: 0),
      Constant(value: 0), Poisson(rate: 0), Impulse(value: 0, probability: 0.5),
    ] as [any NoiseDistribution] {
      #expect(
        noise.draws(from: distribution, site: "s", rows: 9, columns: 9).allSatisfy { $0 == 0 })
      #expect(distribution.mean == 0 && distribution.variance == 0)
    }
    #expect(
      noise.draws(from: Constant(value: -0.1), site: "s", rows: 200, columns: 90)
        .allSatisfy { $0 == -0.1 })
    #expect(Constant(value: 3).mean == 3 && Constant(value: 3).variance == 0)
    #expect(LogNormal(logStandardDeviation: 0).mean == 1)
    #expect(LogNormal(logStandardDeviation: 0).variance == 0)
  }

  @Test("A Gaussian draw scales and shifts the standard one, rounded once")
  func gaussian() {
    let noise = NoiseStream(seed: 1)
    let standard = noise.draws(
      from: Gaussian(standardDeviation: 1), site: "s", rows: 64, columns: 64)
    let other = noise.draws(
      from: Gaussian(mean: 0.3, standardDeviation: 0.7), site: "s", rows: 64, columns: 64)
    #expect(other == standard.map { Float(0.3).addingProduct(0.7, $0) })
    let logNormal = noise.draws(
      from: LogNormal(logMean: 0.3, logStandardDeviation: 0.7), site: "s", rows: 64, columns: 64)
    #expect(logNormal == other.map(ReproducibleMath.exp))
  }

  @Test("A log-normal of unit mean has mean 1")
  func unitMean() {
    for spread: Float in [0, 0.01, 0.5, 1, 2] {
      let distribution = LogNormal.unitMean(logStandardDeviation: spread)
      #expect(abs(distribution.mean - 1) < 1e-6)
    }
    #expect(LogNormal(logMean: 80, logStandardDeviation: 2).mean == .infinity)
    #expect(LogNormal(logMean: 80, logStandardDeviation: 2).variance == .infinity)
  }

  @Test("Distributions, rules, domains and addresses describe themselves")
  func descriptions() {
    #expect("\(Gaussian(standardDeviation: 0.2))" == "Gaussian(mean: 0.0, standardDeviation: 0.2)")
    #expect("\(Uniform(halfWidth: 1))" == "Uniform(low: -1.0, high: 1.0)")
    #expect("\(Bernoulli(probability: 0.25))" == "Bernoulli(probability: 0.25)")
    #expect("\(SaltAndPepper(rate: 0.1))" == "SaltAndPepper(rate: 0.1, low: -1.0, high: 1.0)")
    #expect("\(Laplace(scale: 0.5))" == "Laplace(scale: 0.5)")
    #expect("\(Logistic(scale: 2))" == "Logistic(scale: 2.0)")
    #expect("\(Triangular(halfWidth: 1))" == "Triangular(low: -1.0, mode: 0.0, high: 1.0)")
    #expect("\(Exponential(scale: 2))" == "Exponential(scale: 2.0)")
    #expect("\(Poisson(rate: 2))" == "Poisson(rate: 2.0)")
    #expect("\(Rademacher())" == "Rademacher()")
    #expect("\(Impulse(probability: 0.1))" == "Impulse(value: 1.0, probability: 0.1)")
    #expect("\(Constant(value: 0.25))" == "Constant(value: 0.25)")
    #expect(
      "\(Mixture(Rademacher(), Laplace(scale: 1), weight: 0.9))"
        == "Mixture(Rademacher(), Laplace(scale: 1.0), weight: 0.9)")
    #expect(
      "\(Truncated(Laplace(scale: 1), low: -1))"
        == "Truncated(Laplace(scale: 1.0), low: -1.0, high: inf)")
    #expect(
      "\(LogNormal.unitMean(logStandardDeviation: 2))"
        == "LogNormal(logMean: -2.0, logStandardDeviation: 2.0)")
    #expect(
      "\(NoiseRule.adding(Gaussian(standardDeviation: 0.2)))"
        == "adding(Gaussian(mean: 0.0, standardDeviation: 0.2))")
    #expect(
      "\(NoiseRule.multiplying(Uniform(low: 0, high: 2), scale: .fixed(0.5)))"
        == "multiplying(Uniform(low: 0.0, high: 2.0), scale: 0.5)")
    #expect(
      "\(NoiseRule.replacing(Gaussian(standardDeviation: 1), rate: 0.1))"
        == "replacing(Gaussian(mean: 0.0, standardDeviation: 1.0), rate: 0.1)")
    #expect(
      "\(NoiseRule.replacing(SaltAndPepper(rate: 0.1)))"
        == "replacing(SaltAndPepper(rate: 0.1, low: -1.0, high: 1.0))")
    #expect("\(NoiseRule.dropout(rate: 0.5))" == "dropout(rate: 0.5)")
    #expect("\(NoiseDomain.sampling)" == "sampling")
  }
}
