import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Scales by the step, and relative to the signal")
struct RelativeScaleTests {
  static let gaussian = Gaussian(standardDeviation: 2)

  /// The root mean square of each row, in double precision.
  static func roots(_ x: [Float], columns: Int) -> [Double] {
    stride(from: 0, to: x.count, by: columns).map { start in
      let squares = x[start..<start + columns].reduce(0) { $0 + Double($1) * Double($1) }
      return (squares / Double(columns)).squareRoot()
    }
  }

  @Test("A scheduled scale is the fixed one of its step", arguments: [0, 1, 5, 10, 1000])
  func scheduled(_ step: Int) {
    let schedule = Schedule.cosine(from: 0.5, to: 0, over: 10)
    let makers: [(NoiseScale) -> NoiseRule] = [
      { .adding(Self.gaussian, scale: $0) }, { .multiplying(Self.gaussian, scale: $0) },
    ]
    for make in makers {
      var ruled = Ruled(rules: [make(.scheduled(schedule))])
      ruled.noise = Ruled.noise.at(step: step)
      var fixed = ruled
      fixed.rules = [make(.fixed(Float(schedule.value(at: step))))]
      let x = ruled.inputs
      #expect(sameBits(ruled.forward(x), fixed.forward(x)))
      #expect(sameBits(ruled.gradient(x), fixed.gradient(x)))
      if step >= 10 { #expect(sameBits(ruled.forward(x), x)) }
    }
  }

  @Test("Relative to the signal: y = x + ratio · RMS(row) · d, and the gradient passes")
  func relative() {
    for (rows, columns) in [(40, 50), (70, 8), (3, 1500)] {
      let ruled = Ruled(
        rules: [.adding(Self.gaussian, scale: .relativeToSignal(0.3))], rows: rows, columns: columns
      )
      let x = ruled.inputs
      let draws = ruled.draws(Self.gaussian)
      let roots = Self.roots(x, columns: columns)
      let y = ruled.forward(x)
      var worst = 0.0
      for index in x.indices {
        let expected = Double(x[index]) + 0.3 * roots[index / columns] * Double(draws[index])
        worst = max(worst, abs(Double(y[index]) - expected) / (1 + abs(expected)))
      }
      #expect(worst <= 1e-6)
      #expect(sameBits(ruled.gradient(x), x))
    }
  }

  @Test(
    "A signal-to-noise ratio takes out the distribution's own spread and mean",
    arguments: [-10, 0, 20, 60] as [Float])
  func decibels(_ decibels: Float) {
    for distribution in [
      Self.gaussian, Gaussian(mean: 3, standardDeviation: 0.5), Uniform(halfWidth: 4),
    ] as [any NoiseDistribution] {
      let ruled = Ruled(
        rules: [.adding(distribution, scale: .signalToNoiseRatio(decibels: decibels))])
      let x = ruled.inputs
      let own = (distribution.variance + distribution.mean * distribution.mean).squareRoot()
      let factor = pow(10, -Double(decibels) / 20) / own
      let roots = Self.roots(x, columns: 50)
      let draws = ruled.draws(distribution)
      for (index, y) in ruled.forward(x).enumerated() {
        let expected = Double(x[index]) + factor * roots[index / 50] * Double(draws[index])
        #expect(abs(Double(y) - expected) <= 1e-6 * (1 + abs(expected)))
      }
      #expect(sameBits(ruled.gradient(x), x))
    }
  }

  // A row of 2^18: its noise's power is known to 2 %.
  @Test("The noise has the ratio asked for, whatever the signal's own size")
  func ratio() {
    let columns = 1 << 18
    for size: Float in [1e-15, 1, 1e15] {
      let ruled = Ruled(
        rules: [.adding(Self.gaussian, scale: .signalToNoiseRatio(decibels: 6))], rows: 1,
        columns: columns)
      let x = (0..<columns).map { $0 % 2 == 0 ? size : -size }
      let noise = zip(ruled.forward(x), x).map { Double($0) / Double(size) - Double($1 / size) }
      let power = noise.reduce(0) { $0 + $1 * $1 } / Double(columns)
      let expected = pow(10, -0.6)
      let threshold = Threshold.mean(
        count: columns, variance: 2 * expected * expected, bound: 45 * expected,
        rate: Threshold.failureRate)
      #expect(abs(power - expected) <= threshold + 1e-5)
    }
  }

  @Test("Silence stays silence, whatever is drawn, and other rows are as without it")
  func silence() {
    let overflowing = LogNormal(logMean: 100, logStandardDeviation: 0)
    let rules: [NoiseRule] = [
      .adding(overflowing, scale: .relativeToSignal(1)),
      .adding(Self.gaussian, scale: .signalToNoiseRatio(decibels: -40)),
      .adding(
        Gaussian(standardDeviation: 2e-28), scale: .signalToNoiseRatio(decibels: -200)),
    ]
    for rule in rules {
      let ruled = Ruled(rules: [rule])
      let silence = [Float](repeating: 0, count: 2000)
      #expect(sameBits(ruled.forward(silence), silence))
    }
    let ruled = Ruled(rules: [rules[1]])
    var x = ruled.inputs
    let before = ruled.forward(x)
    x.replaceSubrange(50..<100, with: repeatElement(0, count: 50))
    let after = ruled.forward(x)
    #expect(after[50..<100].allSatisfy { $0 == 0 })
    #expect(after[..<50] == before[..<50] && after[100...] == before[100...])
  }

  @Test("The signal is what enters the site, before its other rules")
  func afterOthers() {
    let ruled = Ruled(rules: [
      .multiplying(Uniform(low: 10, high: 10)), .adding(Self.gaussian, scale: .relativeToSignal(1)),
    ])
    let x = ruled.inputs
    let roots = Self.roots(x, columns: 50)
    let draws = ruled.draws(Self.gaussian, slot: 1)
    for (index, y) in ruled.forward(x).enumerated() {
      let expected = 10 * Double(x[index]) + roots[index / 50] * Double(draws[index])
      #expect(abs(Double(y) - expected) <= 1e-5 * (1 + abs(expected)))
    }
  }

  @Test("A ratio may follow a schedule")
  func scheduledRatio() {
    func ruled(_ scale: NoiseScale) -> Ruled {
      Ruled(rules: [.adding(Self.gaussian, scale: scale)])
    }
    let x = ruled(.fixed(1)).inputs
    let falling = Schedule.linear(from: 1, to: 0, over: 10)
    #expect(
      sameBits(
        ruled(.relativeToSignal(falling)).forward(x), ruled(.relativeToSignal(0.5)).forward(x)))
    let rising = Schedule.linear(from: 0, to: 40, over: 10)
    #expect(
      sameBits(
        ruled(.signalToNoiseRatio(decibels: rising)).forward(x),
        ruled(.signalToNoiseRatio(decibels: 20)).forward(x)))
  }

  @Test(
    "A learned scale's parameter stands for the scale",
    arguments: [1e-6, 0.2, 1, 1.5, 30, 1e4] as [Float])
  func learnedParameter(_ scale: Float) {
    let parameter = NoiseScale.parameter(ofLearnedScale: scale)
    let exact = Double(parameter)
    let expected = log1p(exp(-abs(exact))) + max(exact, 0)
    #expect(
      abs(Double(NoiseScale.learnedScale(ofParameter: parameter)) - expected) <= 1e-7 * expected)
    #expect(abs(NoiseScale.learnedScale(ofParameter: parameter) - scale) <= 2e-6 * scale)
    let slope = 1 / (1 + exp(-exact))
    #expect(abs(Double(NoiseScale.slope(ofParameter: parameter)) - slope) <= 1e-7 * slope)
  }
}
