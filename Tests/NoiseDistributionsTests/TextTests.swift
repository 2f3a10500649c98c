import NoiseDistributions
import TestSupport
import Testing

@Suite("Distributions and rules as text")
struct TextTests {
  static let catalog = NoiseCatalog.extended

  func draws(_ distribution: any NoiseDistribution) -> [Float] {
    NoiseStream(seed: 3).draws(from: distribution, site: "text", rows: 40, columns: 50)
  }

  @Test("Text names the distribution that an initialiser makes")
  func distributions() throws {
    let pairs: [(String, any NoiseDistribution)] = [
      ("gaussian:0.2", Gaussian(standardDeviation: 0.2)),
      ("gaussian:0.2,-1", Gaussian(mean: -1, standardDeviation: 0.2)),
      ("uniform:-0.1,0.1", Uniform(halfWidth: 0.1)),
      ("lognormal:0.5", LogNormal(logStandardDeviation: 0.5)),
      ("lognormal:0.5,-0.125", LogNormal.unitMean(logStandardDeviation: 0.5)),
      ("bernoulli:0.3", Bernoulli(probability: 0.3)),
      ("saltAndPepper:0.1", SaltAndPepper(rate: 0.1)),
      ("saltAndPepper:0.1,0", SaltAndPepper(rate: 0.1, low: 0, high: 1)),
      ("laplace:0.5", Laplace(scale: 0.5)),
      ("logistic:0.5", Logistic(scale: 0.5)),
      ("triangular:-1,0.5,1", Triangular(low: -1, mode: 0.5, high: 1)),
      ("exponential:2", Exponential(scale: 2)),
      ("poisson:3.5", Poisson(rate: 3.5)),
      ("rademacher", Rademacher()),
      ("impulse:0.1", Impulse(probability: 0.1)),
      ("impulse:0.1,-3", Impulse(value: -3, probability: 0.1)),
      ("constant:-0.25", Constant(value: -0.25)),
      (
        "mixture(0.9*gaussian:0.1,0.1*laplace:0.5)",
        Mixture(Gaussian(standardDeviation: 0.1), Laplace(scale: 0.5), weight: 0.9)
      ),
      (
        "truncated(gaussian:1,-2,inf)",
        Truncated(Gaussian(standardDeviation: 1), low: -2, high: .infinity)
      ),
      ("wedge:2", Wedge(width: 2)),
      ("between(wedge:2,-1,1)", Between(base: Wedge(width: 2), low: -1, high: 1)),
      (
        "blend(0.9*gaussian:0.1,0.1*wedge:0.5)",
        Blend(parts: [(0.9, Gaussian(standardDeviation: 0.1)), (0.1, Wedge(width: 0.5))])
      ),
    ]
    for (text, distribution) in pairs {
      let read = try Self.catalog.distribution(text)
      #expect(type(of: read) == type(of: distribution))
      #expect("\(read)" == "\(distribution)")
      #expect(sameBits(draws(read), draws(distribution)), "\(text)")
      #expect(try Self.catalog.text(of: distribution) == text)
    }
  }

  @Test("Text names the rule that a function makes")
  func rules() throws {
    let pairs: [(String, NoiseRule)] = [
      ("adding(gaussian:0.2)", .adding(Gaussian(standardDeviation: 0.2))),
      (
        "adding(gaussian:0.2,1,scale=0.5)",
        .adding(Gaussian(mean: 1, standardDeviation: 0.2), scale: .fixed(0.5))
      ),
      (
        "multiplying(lognormal:0.5,-0.125)",
        .multiplying(LogNormal.unitMean(logStandardDeviation: 0.5))
      ),
      (
        "multiplying(uniform:0,2,scale=0)", .multiplying(Uniform(low: 0, high: 2), scale: .fixed(0))
      ),
      ("replacing(saltAndPepper:0.1)", .replacing(SaltAndPepper(rate: 0.1))),
      ("replacing(impulse:0.1,2.5)", .replacing(Impulse(value: 2.5, probability: 0.1))),
      ("replacing(saltAndPepper:0.1,rate=0.5)", .replacing(SaltAndPepper(rate: 0.1), rate: 0.5)),
      ("replacing(gaussian:1,rate=1)", .replacing(Gaussian(standardDeviation: 1), rate: 1)),
      ("dropout:0.2", .dropout(rate: 0.2)),
      ("gaussianDropout:0.2", .gaussianDropout(rate: 0.2)),
      ("alphaDropout:0.2", .alphaDropout(rate: 0.2)),
      ("addingShotNoise(gaussian:1,scale=0.5)", .addingShotNoise(scale: .fixed(0.5))),
      (
        "adding(between(wedge:2,-1,1),scale=3)",
        .adding(Between(base: Wedge(width: 2), low: -1, high: 1), scale: .fixed(3))
      ),
    ]
    for (text, rule) in pairs {
      #expect("\(try Self.catalog.rule(text))" == "\(rule)")
      #expect(try Self.catalog.text(of: rule) == text)
    }
  }

  @Test(
    "Reading and writing again gives the text",
    arguments: [
      "gaussian:1e-38", "gaussian:3.4028235e+38", "gaussian:1e-45", "gaussian:0.1,-0",
      "uniform:-1.1754944e-38,65536", "bernoulli:0.30000000000000004", "bernoulli:5e-324",
      "saltAndPepper:0,-1,2", "saltAndPepper:1,0.5",
      "between(between(wedge:1e+20,-2,2),-1.5,1)", "between(wedge:1,-inf,inf)",
      "blend(0.25*between(wedge:1,-1,1),0.25*uniform:0,1,0.5*blend(0.5*bernoulli:1,0.5*gaussian:0))",
    ])
  func roundTrip(_ text: String) throws {
    let read = try Self.catalog.distribution(text)
    #expect(try Self.catalog.text(of: read) == text)
  }

  @Test("A thousand random numbers of each precision come back to the bit")
  func numbers() throws {
    var random = SplitMix(state: 9)
    var tried = 0
    while tried < 1000 {
      let float = abs(Float(bitPattern: UInt32(truncatingIfNeeded: random.next())))
      let probability = Double.random(in: 0...1, using: &random)
      guard float.isFinite else { continue }
      tried += 1
      let text = try Self.catalog.text(of: Gaussian(mean: -float, standardDeviation: float))
      let gaussian = try #require(try Self.catalog.distribution(text) as? Gaussian)
      #expect(gaussian.standardDeviation.bitPattern == float.bitPattern)
      #expect(gaussian.mean.bitPattern == Double(-float).bitPattern)
      let chance = try Self.catalog.text(of: Bernoulli(probability: probability))
      #expect(
        try Self.catalog.distribution(chance) as? Bernoulli == Bernoulli(probability: probability))
    }
  }

  @Test("Spaces, signs and longer numbers are read, and written in the one way")
  func otherWays() throws {
    for (text, written) in [
      (" gaussian : 0.20 , 0 ", "gaussian:0.2"), ("uniform:-1e0,+1.0", "uniform:-1,1"),
      ("saltAndPepper:1e-1,-1,1", "saltAndPepper:0.1"), ("gaussian:0.1000000001", "gaussian:0.1"),
      ("between( wedge:1 , -1 , 1 )", "between(wedge:1,-1,1)"),
      ("blend(0.50 * gaussian:1, 5e-1*gaussian:2)", "blend(0.5*gaussian:1,0.5*gaussian:2)"),
    ] {
      #expect(try Self.catalog.text(of: Self.catalog.distribution(text)) == written)
    }
    #expect(
      try Self.catalog.text(of: Self.catalog.rule("adding(gaussian:1, scale = 1)"))
        == "adding(gaussian:1)")
  }

  @Test("The numbers of a distribution end where those of what surrounds it begin")
  func trailingNumbers() throws {
    let one = try Self.catalog.distribution("blend(0.5*gaussian:1,2,0.5*gaussian:1)")
    #expect(try Self.catalog.text(of: one) == "blend(0.5*gaussian:1,2,0.5*gaussian:1)")
    var catalog = NoiseCatalog.extended
    catalog.add("near", of: 1...1, "low", "high") { _ in
      Gaussian(standardDeviation: 1)
    } parts: {
      _ in
      nil
    }
    for text in [
      "near(gaussian:1,-2,2)", "near(gaussian:1,0.5,-2,2)", "near(gaussian:1,0.5 , -2 ,2)",
    ] {
      _ = try catalog.distribution(text)
    }
    #expect(throws: NoiseTextError.self) { try catalog.distribution("near(gaussian:1,0,0.5,-2,2)") }
    #expect(throws: NoiseTextError.self) { try catalog.distribution("near(gaussian:1,2)") }
  }

  @Test("What the catalog lacks has no text")
  func notWritable() {
    let error = #expect(throws: NoiseNotWritableError.self) {
      try NoiseCatalog.standard.text(of: .adding(Wedge(width: 1)))
    }
    #expect(
      error?.description
        == "Wedge(width: 1.0) cannot be written as text: the catalog holds no such distribution")
    #expect(throws: NoiseNotWritableError.self) { try NoiseCatalog().text(of: .dropout(rate: 0.5)) }
  }

  @Test("A catalog lists its names and how each is written")
  func listing() {
    let standard = NoiseCatalog.standard
    for name in ["gaussian", "uniform", "lognormal", "bernoulli", "saltAndPepper"] {
      #expect(standard.distributionNames.contains(name))
    }
    for name in ["adding", "multiplying", "replacing", "dropout"] {
      #expect(standard.ruleNames.contains(name))
    }
    #expect(standard.distributionForms.contains("gaussian:standardDeviation[,mean]"))
    #expect(standard.distributionForms.contains("saltAndPepper:rate[,low][,high]"))
    #expect(
      standard.ruleForms.contains("replacing(distribution[,rate=number][,shared=sharing])"))
    #expect(standard.ruleForms.contains("dropout:rate or dropout(rate[,shared=sharing])"))
    #expect(Self.catalog.distributionForms.contains("between(distribution,low,high)"))
    #expect(
      Self.catalog.distributionForms.contains("blend(weight*distribution,weight*distribution,…)"))
  }
}
