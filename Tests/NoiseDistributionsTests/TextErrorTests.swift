import NoiseDistributions
import Testing

@Suite("Text that is no noise is refused where it is wrong")
struct TextErrorTests {
  static let catalog = NoiseCatalog.extended

  @Test(
    "The fault is named: where it is, what stands there, what was expected",
    arguments: [
      ("", 0, "", "a name"),
      ("  ", 2, "", "a name"),
      ("0.2", 0, "0.2", "a name"),
      ("gaussian", 0, "gaussian", "gaussian:standardDeviation[,mean]"),
      ("gaussian:", 9, "", "a number"),
      ("gaussian:x", 9, "x", "a number"),
      ("gaussian:.2", 9, ".2", "a number"),
      ("gaussian:1.", 9, "1.", "a number"),
      ("gaussian:1e", 9, "1e", "a number"),
      ("gaussian:nan", 9, "nan", "a number"),
      ("gaussian:-infinity", 9, "-infinity", "a number"),
      ("gaussian:inf", 9, "inf", "a finite number, 0 or more for standardDeviation of gaussian"),
      ("gaussian:1,-inf", 11, "-inf", "a finite number for mean of gaussian"),
      ("gaussian:1,2,3", 13, "3", "gaussian:standardDeviation[,mean], without further numbers"),
      ("gaussian:1,", 10, ",", "the end"),
      ("gaussian:1)", 10, ")", "the end"),
      ("gaussian:1 2", 11, "2", "the end"),
      ("gaussian(1)", 0, "gaussian(1)", "gaussian:standardDeviation[,mean]"),
      ("gaussian:-1", 9, "-1", "a finite number, 0 or more for standardDeviation of gaussian"),
      ("gaussian:1e39", 9, "1e39", "a finite number, 0 or more for standardDeviation of gaussian"),
      ("gaussian:1,-1e99", 11, "-1e99", "a finite number for mean of gaussian"),
      (
        "uniform:2,1", 0, "uniform",
        "other arguments: Uniform: low is 2.0 and high is 1.0; expected low ≤ high"
      ),
      (
        "saltAndPepper:0.1,2,1", 0, "saltAndPepper",
        "other arguments: SaltAndPepper: low is 2.0 and high is 1.0; expected low ≤ high"
      ),
      ("bernoulli:1.5", 10, "1.5", "0…1 for probability of bernoulli"),
      ("wedge:0", 6, "0", "a finite number greater than 0 for width of wedge"),
      ("between(wedge:1,-1)", 8, "wedge", "wedge:width"),
      ("between(-1,1)", 0, "between(-1,1)", "between(distribution,low,high)"),
      ("between", 0, "between", "between(distribution,low,high)"),
      ("between()", 8, ")", "a name or a number"),
      ("between(wedge:1,-1,1", 20, "", "\",\" or \")\""),
      (
        "between(blend(0.5*wedge:1,0.5*wedge:2),-1,1)", 8, "blend",
        "a distribution with a quantile for between"
      ),
      ("between(0.5*wedge:1,-1,1)", 8, "0.5", "between(distribution,low,high)"),
      ("between(-1,wedge:1,1)", 8, "-1", "the numbers of between after its distributions"),
      (
        "blend(gaussian:1,gaussian:2)", 6, "gaussian",
        "blend(weight*distribution,weight*distribution,…)"
      ),
      (
        "blend(0.5*gaussian:1,0.4*gaussian:2)", 0, "blend",
        "other arguments: the weights' sum is 0.9; expected 1"
      ),
    ] as [(String, Int, String, String)])
  func distribution(_ text: String, _ position: Int, _ received: String, _ expected: String) throws
  {
    let error = try #require(throws: NoiseTextError.self) { try Self.catalog.distribution(text) }
    #expect(error.text == text)
    #expect(error.position == position)
    #expect(error.received == received)
    #expect(error.expected == expected)
  }

  @Test(
    "A rule's fault, too",
    arguments: [
      ("dropout:2", 8, "2", "0…1 for rate of dropout"),
      ("adding(gaussian:1,scale=-1)", 24, "-1", "a finite number, 0 or more for scale of adding"),
      (
        "adding(gaussian:1,rate=1)", 18, "rate",
        "adding(distribution[,scale=scale][,shared=sharing])"
      ),
      (
        "adding(gaussian:1,scale=1,scale=2)", 26, "scale",
        "adding(distribution[,scale=scale][,shared=sharing])"
      ),
      ("adding(scale=1,gaussian:1)", 7, "scale", "scale= after what adding has without a label"),
      (
        "adding(gaussian:1,gaussian:2)", 0, "adding(gaussian:1,gaussian:2)",
        "adding(distribution[,scale=scale][,shared=sharing])"
      ),
      (
        "adding(gaussian:-0.5)", 16, "-0.5",
        "a finite number, 0 or more for standardDeviation of gaussian"
      ),
      (
        "replacing(gaussian:1)", 0, "replacing",
        "other arguments: only saltAndPepper and impulse need no rate="
      ),
      ("replacing(gaussian:1,rate=7)", 26, "7", "0…1 for rate of replacing"),
      (
        "replacing(gaussian:1,rate=linear:0,1,10)", 26, "linear", "0…1 for rate of replacing"
      ),
      ("dropout(0.2)", 0, "dropout(0.2)", "dropout:rate or dropout(rate[,shared=sharing])"),
      ("gaussian:1", 0, "gaussian", "a rule: …"),
    ] as [(String, Int, String, String)])
  func rule(_ text: String, _ position: Int, _ received: String, _ expected: String) throws {
    let error = try #require(throws: NoiseTextError.self) { try NoiseCatalog.standard.rule(text) }
    #expect(error.position == position)
    #expect(error.received == received)
    #expect(
      expected.hasSuffix("…")
        ? error.expected.hasPrefix(expected.dropLast()) : error.expected == expected)
  }

  @Test(
    "A scale's fault, and that of shared draws",
    arguments: [
      ("adding(gaussian:1,scale=)", 24, ")", "a name or a number"),
      (
        "adding(gaussian:1,scale=liner:0,1,10)", 24, "liner", "a number or a scale: linear, …"
      ),
      (
        "adding(gaussian:1,scale=linear:0,-1,10)", 24, "linear",
        "other arguments: the schedule linear(from: 0.0, to: -1.0, over: 10) goes to -1.0; expected a finite number, 0 or more at every step"
      ),
      (
        "adding(gaussian:1,scale=linear:0,1,0)", 35, "0",
        "a whole number in 1…9223372036854775807 for over of linear"
      ),
      (
        "adding(gaussian:1,scale=linear:0,1,1.5)", 35, "1.5",
        "a whole number in 1…9223372036854775807 for over of linear"
      ),
      (
        "adding(gaussian:1,scale=step:1,2,10)", 24, "step",
        "other arguments: the schedule step(from: 1.0, factor: 2.0, every: 10) goes to inf; expected a finite number, 0 or more at every step"
      ),
      (
        "adding(gaussian:1,scale=relativeToSignal(linear:0,1,10,2))", 55, "2",
        "linear:from,to,over, without further numbers"
      ),
      (
        "adding(gaussian:1,scale=signalToNoiseRatio:201)", 43, "201",
        "-200…200 for decibels of signalToNoiseRatio"
      ),
      (
        "adding(constant:0,scale=signalToNoiseRatio:20)", 0, "adding",
        "other arguments: NoiseScale.signalToNoiseRatio: …"
      ),
      (
        "multiplying(gaussian:1,scale=learned:1)", 0, "multiplying",
        "other arguments: NoiseRule.multiplying: the scale is learned(1.0); …"
      ),
      (
        "adding(gaussian:1,scale=learned:0)", 32, "0",
        "a finite number greater than 0 for initial of learned"
      ),
      (
        "adding(gaussian:1,scale=learned(1,shared=perRow))", 41, "perRow",
        "a sharing of a learned scale: …"
      ),
      (
        "adding(gaussian:1,scale=learned(1,over=trueSamples))", 34, "over",
        "learned:initial or learned(initial[,shared=sharing])"
      ),
      ("dropout(0.2,shared=3)", 19, "3", "a sharing: perElement, perRow, perFeature, blocks"),
      (
        "dropout(0.2,shared=blocks:0)", 26, "0",
        "a whole number in 1…67108864 for columns of blocks"
      ),
    ] as [(String, Int, String, String)])
  func scale(_ text: String, _ position: Int, _ received: String, _ expected: String) throws {
    try rule(text, position, received, expected)
  }
  @Test(
    "An unknown name lists the known ones, the nearest first",
    arguments: [
      ("gausian", "gaussian"), ("Gaussian", "gaussian"), ("saltpepper", "saltAndPepper"),
      ("logNormal", "lognormal"), ("unifrom", "uniform"), ("wegde", "wedge"),
    ])
  func nearest(_ name: String, _ nearest: String) throws {
    let error = try #require(throws: NoiseTextError.self) {
      try Self.catalog.distribution("blend(0.5*gaussian:1,0.5*\(name):1)")
    }
    #expect(error.position == 25 && error.received == name)
    #expect(error.expected.hasPrefix("a distribution: \(nearest), "))
    for known in Self.catalog.distributionNames { #expect(error.expected.contains(known)) }
    #expect(
      error.description.hasPrefix(
        "at character 26 of \"blend(0.5*gaussian:1,0.5*\(name):1)\": received \"\(name)\"; expected"
      ))
  }

  @Test("Parentheses a hundred thousand deep are refused, not followed")
  func depth() throws {
    let deep = String(repeating: "between(", count: 100_000)
    let error = try #require(throws: NoiseTextError.self) { try Self.catalog.distribution(deep) }
    #expect(error.expected == "parentheses nested 32 deep at most")
    #expect(error.description.count < 300)
    var text = "wedge:1"
    for _ in 0..<32 { text = "between(\(text),-1,1)" }
    _ = try Self.catalog.distribution(text)
    #expect(throws: NoiseTextError.self) { try Self.catalog.distribution("between(\(text),-1,1)") }
  }
}
