import AcousticNoise
import HeavyTailedNoise
import NoiseDistributionTesting
import NoiseDistributions
import TestSupport
import Testing

/// A distribution that breaks no rule.
struct Conforming: Sendable, CustomTestStringConvertible {
  var distribution: any NoiseDistribution
  var kurtosis: Double
  var testDescription: String { "\(distribution)" }

  init(_ distribution: any NoiseDistribution, kurtosis: Double = 100) {
    self.distribution = distribution
    self.kurtosis = kurtosis
  }

  static let builtIn: [Conforming] = [
    .init(Gaussian(mean: 0.5, standardDeviation: 2)),
    .init(Gaussian(mean: 1000, standardDeviation: 0.1)),
    .init(Gaussian(mean: 3, standardDeviation: 0)),
    .init(Uniform(low: -1, high: 3)),
    .init(LogNormal(logMean: 0.5, logStandardDeviation: 0.25)),
    .init(LogNormal.unitMean(logStandardDeviation: 1)),
    .init(LogNormal(logStandardDeviation: 3), kurtosis: .infinity),
    .init(LogNormal(logMean: 80, logStandardDeviation: 3)),
    .init(Bernoulli(probability: 0.3)),
    .init(Bernoulli(probability: 1e-6), kurtosis: .infinity),
    .init(Bernoulli(probability: 0)),
    .init(SaltAndPepper(rate: 0.2, low: -1, high: 3)),
    .init(Laplace(scale: 0.5)),
    .init(Logistic(scale: 2)),
    .init(Triangular(low: -1, mode: 0, high: 3)),
    .init(Triangular(low: 0, mode: 2, high: 2)),
    .init(Exponential(scale: 2)),
    .init(Rademacher()),
    .init(Impulse(value: -3, probability: 0.1)),
    .init(Impulse(probability: 1e-6), kurtosis: .infinity),
    .init(Poisson(rate: 3.5)),
    .init(Poisson(rate: 10_000)),
    .init(Poisson(rate: 0)),
    .init(Constant(value: -0.25)),
    .init(Mixture(Gaussian(standardDeviation: 1), Laplace(scale: 4), weight: 0.9)),
    .init(
      Mixture(
        Mixture(Uniform(low: -1, high: 0), Rademacher(), weight: 0.5), Poisson(rate: 2), weight: 0.3
      )),
    .init(Truncated(Gaussian(mean: 0.5, standardDeviation: 2), low: -1, high: 4)),
    .init(Truncated(Exponential(scale: 1), low: 1)),
    .init(Truncated(Poisson(rate: 4), low: 1, high: 8)),
  ]

  static let heavyTailed: [Conforming] = [
    .init(Cauchy(scale: 2)),
    .init(withProbabilities(StudentT(degreesOfFreedom: 3)), kurtosis: .infinity),
    .init(DrawsAlone(base: StudentT(degreesOfFreedom: 20, scale: 2))),
    .init(DrawsAlone(base: StudentT(degreesOfFreedom: 0.5))),
    .init(DrawsAlone(base: AlphaStable(stability: 1.5, skewness: 0.5))),
    .init(DrawsAlone(base: AlphaStable(stability: 0.5, skewness: -1, scale: 2))),
    .init(DrawsAlone(base: AlphaStable(stability: 1))),
    .init(DrawsAlone(base: AlphaStable(stability: 2))),
  ]

  static let correlated: [Conforming] = [
    .init(ColoredNoise.white()),
    .init(ColoredNoise.pink(standardDeviation: 0.5), kurtosis: 3),
    .init(ColoredNoise.brown(standardDeviation: 2), kurtosis: 3),
    .init(ColoredNoise(spectralSlope: 1.5, standardDeviation: 0)),
    .init(ChangedRows()),
  ]

  static let own: [Conforming] = [
    .init(Tent(halfWidth: 2)), .init(Values(values: [1, 2, 2, 5, 7])),
    .init(StudentT3(), kurtosis: .infinity),
    .init(TwoNormals()),
  ]
}

/// A distribution whose cumulative probability takes long to compute: with it where the long tests run, otherwise its draws alone.
private func withProbabilities(_ distribution: StudentT) -> any NoiseDistribution {
  runsLongTests ? distribution : DrawsAlone(base: distribution)
}

/// A distribution's draws and moments, without its cumulative probability, of which one value takes long to compute.
struct DrawsAlone: NoiseDistribution {
  var base: any NoiseDistribution
  var mean: Double { base.mean }
  var variance: Double { base.variance }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    base.fill(&tile, at: address)
  }
}

/// A few values, by an array that every thread's copy shares.
struct Values: QuantileDistribution, CumulativeDistribution {
  var values: [Float]
  var mean: Double { values.reduce(0) { $0 + Double($1) } / Double(values.count) }
  var variance: Double {
    values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count)
  }
  func quantile(_ p: Float) -> Float { values[Int(p * Float(values.count))] }
  func cumulativeProbability(_ x: Double) -> Double {
    if x.isNaN { return x }
    return Double(values.count { Double($0) <= x }) / Double(values.count)
  }
}

/// Student's t with three degrees of freedom: its kurtosis is infinite.
struct StudentT3: NoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { 3 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var squares = [Float](repeating: 0, count: tile.count)
    for plane in 1...3 {
      address.plane(plane).fillGaussians(&tile)
      for index in tile.indices { squares[index] += tile[index] * tile[index] }
    }
    address.fillGaussians(&tile)
    for index in tile.indices { tile[index] /= (squares[index] / 3).squareRoot() }
  }
}

/// A mixture of two normals, with planes of their own.
struct TwoNormals: NoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { 0.9 + 0.1 * 100 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var choices = [Float](repeating: 0, count: tile.count)
    var span = choices.mutableSpan
    address.plane(1).fillUniforms(&span)
    address.fillGaussians(&tile)
    for index in tile.indices where choices[index] < 0.1 { tile[index] *= 10 }
  }
}

@Suite("A distribution that keeps the rules passes")
struct ConformanceTests {
  @Test(
    "Built-in distributions, those of HeavyTailedNoise and AcousticNoise, and others",
    arguments: Conforming.builtIn + Conforming.heavyTailed + Conforming.correlated
      + Conforming.own)
  func passes(_ conforming: Conforming) throws {
    let report = try checkConformance(
      of: conforming.distribution, kurtosis: conforming.kurtosis)
    #expect(report.broken.isEmpty)
    #expect(report.findings.map(\.rule) == ConformanceRule.allCases)
    for rule in [
      .repeatable, .everyElementWritten, .independentOfContents, .independentOfTile,
      .independentOfExecution, .finite, .extremes, .sameDistributionEverywhere,
      .independentNeighbours,
    ] as [ConformanceRule] {
      #expect(report[rule].outcome == .holds || conforming.isInfinite, "\(report[rule])")
    }
  }

  @Test("Other seeds pass too", arguments: runsLongTests ? [0, 2, 3, UInt64.max] : [0])
  func seeds(_ seed: UInt64) throws {
    for distribution in [Gaussian(standardDeviation: 1), Cauchy(scale: 1)]
      as [any NoiseDistribution]
    {
      try checkConformance(of: distribution, seed: seed)
    }
  }

  @Test("A report says what was seen, and what could not be tested")
  func report() throws {
    let cauchy = try checkConformance(of: Cauchy(scale: 1))
    #expect(cauchy[.mean].outcome == .notTested)
    #expect(cauchy[.mean].details.contains("mean nan and variance nan are stated"))
    #expect(cauchy[.drawsMatchQuantile].outcome == .holds)
    #expect(cauchy[.drawsMatchCumulativeProbability].outcome == .holds)
    #expect("\(cauchy)".hasPrefix("Cauchy(scale: 1.0)\n  repeatable: holds: 6 tiles"))
    let tailed = try checkConformance(of: LogNormal(logStandardDeviation: 3))
    #expect(tailed[.variance].details.contains("whether it is too small cannot be said"))
    #expect(tailed[.variance].outcome == .notTested)
    #expect(tailed.notTested.map(\.rule) == [.variance])
    let gaussian = try checkConformance(of: Gaussian(mean: 2, standardDeviation: 0.5))
    #expect(gaussian[.mean].details.contains("2.0 ± 0.0103"))
    #expect(gaussian.notTested.isEmpty)
    let own = try checkConformance(of: TwoNormals())
    #expect(own[.quantileIncreases].details == "no quantile")
    #expect(own[.drawsMatchCumulativeProbability].outcome == .notTested)
    // The greatest kurtosis that is asked about is too great for one draw of each row.
    let rows = try checkConformance(of: ColoredNoise.pink(), kurtosis: 1000)
    #expect(rows[.variance].outcome == .notTested)
    #expect(rows[.independentNeighbours].outcome == .holds)
  }

  @Test("The rows of the extremes hold the least and the greatest uniform", arguments: 0..<4)
  func extremes(_ number: Int) {
    let extreme = ExtremeAddress.all[number]
    var uniforms = [Float](repeating: 0, count: extreme.columns)
    var tile = uniforms.mutableSpan
    ExtremeAddress.address(extreme).fillUniforms(&tile)
    #expect(uniforms.contains(extreme.isLeast ? 0x1p-24 : 1 - 0x1p-24))
  }
}

extension Conforming {
  /// Whether draws may be infinite, so that less can be said.
  fileprivate var isInfinite: Bool { distribution.mean.isInfinite }
}
