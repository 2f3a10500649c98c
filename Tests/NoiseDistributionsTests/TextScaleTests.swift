import NoiseDistributions
import TestSupport
import Testing

@Suite("Scales and shared draws as text")
struct TextScaleTests {
  static let catalog = NoiseCatalog.standard
  static let gaussian = Gaussian(standardDeviation: 0.2)

  static let scheduled: [(text: String, schedule: Schedule)] = [
    ("linear:0,0.30000000000000004,1000", .linear(from: 0, to: 0.1 + 0.2, over: 1000)),
    ("cosine:0.5,0,10000", .cosine(from: 0.5, to: 0, over: 10_000)),
    ("exponential:1,1e-300,9223372036854775807", .exponential(from: 1, to: 1e-300, over: .max)),
    ("step:0.5,0.9,3", .step(from: 0.5, factor: 0.9, every: 3)),
    (
      "oneCycle:0.5,100,30,0.02,2e-06",
      .oneCycle(maximum: 0.5, over: 100, rising: 30, from: 0.02, to: 2e-6)
    ),
    ("constant:0.1", .constant(0.1)),
    ("inversePower:0.5,0.55,3", .inversePower(from: 0.5, exponent: 0.55, over: 3)),
  ]

  /// A rule and its text, by which it comes back: as it describes itself, and in every draw of four steps.
  func expectRoundTrip(_ text: String, _ rule: NoiseRule, draws: Bool = true) throws {
    let read = try Self.catalog.rule(text)
    #expect("\(read)" == "\(rule)")
    #expect(try Self.catalog.text(of: rule) == text)
    #expect(try Self.catalog.text(of: read) == text)
    for step in draws ? [0, 1, 7, 1_000_000] : [] {
      var (ours, theirs) = (Ruled(rules: [read]), Ruled(rules: [rule]))
      ours.noise = Ruled.noise.at(step: step)
      theirs.noise = ours.noise
      #expect(sameBits(ours.forward(ours.inputs), theirs.forward(ours.inputs)), "\(text), \(step)")
    }
  }

  @Test("Schedules of every kind: as factors, ratios and decibels")
  func schedules() throws {
    for (text, schedule) in Self.scheduled {
      try expectRoundTrip(
        "adding(gaussian:0.2,scale=\(text))", .adding(Self.gaussian, scale: .scheduled(schedule)))
      try expectRoundTrip(
        "multiplying(gaussian:0.2,scale=\(text))",
        .multiplying(Self.gaussian, scale: .scheduled(schedule)))
      try expectRoundTrip(
        "addingShotNoise(gaussian:0.2,scale=\(text))",
        .addingShotNoise(Self.gaussian, scale: .scheduled(schedule)))
      try expectRoundTrip(
        "adding(gaussian:0.2,scale=relativeToSignal(\(text)))",
        .adding(Self.gaussian, scale: .relativeToSignal(schedule)))
      try expectRoundTrip(
        "adding(gaussian:0.2,scale=signalToNoiseRatio(\(text)))",
        .adding(Self.gaussian, scale: .signalToNoiseRatio(decibels: schedule)))
    }
    try expectRoundTrip(
      "adding(gaussian:0.2,scale=signalToNoiseRatio(linear:-200,200,10))",
      .adding(
        Self.gaussian, scale: .signalToNoiseRatio(decibels: .linear(from: -200, to: 200, over: 10)))
    )
  }

  @Test("Numbers that a Float holds are written as numbers, whichever way they were given")
  func numbers() throws {
    try expectRoundTrip(
      "adding(gaussian:0.2,scale=0.5)", .adding(Self.gaussian, scale: .scheduled(.constant(0.5))))
    try expectRoundTrip(
      "adding(gaussian:0.2)", .adding(Self.gaussian, scale: .scheduled(.constant(1))))
    try expectRoundTrip(
      "adding(gaussian:0.2,scale=-0)", .adding(Self.gaussian, scale: .fixed(-0.0)))
    try expectRoundTrip(
      "adding(gaussian:0.2,scale=1e-45)",
      .adding(Self.gaussian, scale: .fixed(.leastNonzeroMagnitude)))
    try expectRoundTrip(
      "adding(gaussian:0.2,scale=relativeToSignal:0.3)",
      .adding(Self.gaussian, scale: .relativeToSignal(0.3)))
    for decibels: Float in [-200, -0.1, 20, 200] {
      try expectRoundTrip(
        "adding(gaussian:0.2,scale=signalToNoiseRatio:\(NoiseNumber.float(decibels)))",
        .adding(Self.gaussian, scale: .signalToNoiseRatio(decibels: decibels)))
    }
    let rule = try Self.catalog.rule("adding( gaussian : 1 , scale = constant : 5e-1 )")
    #expect(try Self.catalog.text(of: rule) == "adding(gaussian:1,scale=0.5)")
  }

  @Test("Learned scales, and scales over true samples")
  func others() throws {
    for (text, sharing) in [
      ("learned:0.2", .all), ("learned(0.2,shared=perFeature)", .perFeature),
      ("learned(0.2,shared=perElement)", .perElement),
    ] as [(String, NoiseScale.Sharing)] {
      let rule = NoiseRule.adding(Self.gaussian, scale: .learned(0.2, sharing))
      try expectRoundTrip("adding(gaussian:0.2,scale=\(text))", rule, draws: false)
      let read = try Self.catalog.rule("adding(gaussian:0.2,scale=\(text))")
      #expect(read.learnedScale?.initial == 0.2 && read.learnedScale?.sharing == sharing)
    }
    for (text, scale) in [
      ("relativeToSignal(0.5,over=trueSamples)", .relativeToSignal(0.5)),
      (
        "signalToNoiseRatio(linear:20,0,100,over=trueSamples)",
        .signalToNoiseRatio(decibels: .linear(from: 20, to: 0, over: 100))
      ),
    ] as [(String, NoiseScale)] {
      let rule = NoiseRule.adding(Self.gaussian, scale: scale.overTrueSamples())
      try expectRoundTrip("adding(gaussian:0.2,scale=\(text))", rule, draws: false)
      #expect(try Self.catalog.rule("adding(gaussian:0.2,scale=\(text))").countsTrueSamplesAlone)
    }
  }

  /// Rules, and their text up to what is shared.
  static let rules: [(text: String, rule: NoiseRule)] = [
    (
      "adding(gaussian:0.2,1,scale=0.5",
      .adding(Gaussian(mean: 1, standardDeviation: 0.2), scale: .fixed(0.5))
    ),
    (
      "adding(gaussian:0.2,scale=step:0.5,0.9,3",
      .adding(gaussian, scale: .scheduled(.step(from: 0.5, factor: 0.9, every: 3)))
    ),
    ("multiplying(gaussian:0.2", .multiplying(gaussian)),
    ("replacing(gaussian:0.2,rate=0.5", .replacing(gaussian, rate: 0.5)),
    ("replacing(saltAndPepper:0.1", .replacing(SaltAndPepper(rate: 0.1))),
    ("addingShotNoise(gaussian:0.2,scale=0.5", .addingShotNoise(gaussian, scale: .fixed(0.5))),
    ("dropout(0.2", .dropout(rate: 0.2)),
    ("gaussianDropout(0.2", .gaussianDropout(rate: 0.2)),
    ("alphaDropout(0.2", .alphaDropout(rate: 0.2)),
  ]

  @Test("Shared draws of every rule, after its scale or its rate")
  func shared() throws {
    for (word, sharing) in [
      ("perRow", .perRow), ("perFeature", .perFeature), ("blocks:4", .blocks(of: 4)),
    ] as [(String, NoiseSharing)] {
      for (text, rule) in Self.rules {
        let text = "\(text),shared=\(word))"
        try expectRoundTrip(text, rule.shared(sharing))
        #expect(try Self.catalog.rule(text).sharing == sharing)
      }
    }
    let alone = try Self.catalog.rule("dropout(0.2,shared=perElement)")
    #expect(try Self.catalog.text(of: alone) == "dropout:0.2")
  }

  @Test("A function of the step, and a schedule that leaves its range, have no text")
  func notWritable() throws {
    func reason(_ scale: NoiseScale) throws -> String {
      let rule = NoiseRule.adding(Self.gaussian, scale: scale)
      let error = try #require(throws: NoiseNotWritableError.self) {
        try Self.catalog.text(of: rule)
      }
      return error.reason
    }
    let function = Schedule { Double($0) }
    for scale: NoiseScale in [
      .scheduled(function), .relativeToSignal(function), .signalToNoiseRatio(decibels: function),
    ] {
      #expect(try reason(scale) == "a function of the step has no text")
    }
    for joined: Schedule in [
      .joined([.constant(1), .constant(2)], at: [5]), .warmUp(over: 5, then: .constant(1)),
    ] {
      #expect(try reason(.scheduled(joined)) == "schedules one after the other have no text")
    }
    #expect(
      try reason(.scheduled(.linear(from: 1, to: -1, over: 10)))
        == "the schedule linear(from: 1.0, to: -1.0, over: 10) goes to -1.0; expected a finite number, 0 or more at every step"
    )
    for scale: NoiseScale in [
      .scheduled(.constant(1e39)), .scheduled(.step(from: 1, factor: 1.5, every: 10)),
      .relativeToSignal(.oneCycle(maximum: 1, over: 10, to: -1)),
      .signalToNoiseRatio(decibels: .cosine(from: 0, to: 201, over: 10)),
    ] {
      #expect(try reason(scale).contains("expected"))
    }
  }

  @Test("A thousand random ends of schedules come back to the bit")
  func randomEnds() throws {
    var random = SplitMix(state: 12)
    for _ in 0..<1000 {
      let end = abs(Double(bitPattern: random.next()))
      let steps = Int.random(in: 1...Int.max, using: &random)
      guard end.isFinite, Float(end).isFinite else { continue }
      let rule = NoiseRule.adding(
        Self.gaussian, scale: .scheduled(.linear(from: end, to: 0, over: steps)))
      let text = try Self.catalog.text(of: rule)
      #expect(
        text == "adding(gaussian:0.2,scale=linear:\(NoiseNumber.double(end)),0,\(steps))")
      #expect("\(try Self.catalog.rule(text))" == "\(rule)")
    }
  }
}
