import CKernels
import DitherRuntime
import NoiseDistributions
import TestSupport
import Testing

@Suite("A rule does with a draw what it says")
struct RuleTests {
  static let distributions: [any NoiseDistribution] = [
    Gaussian(mean: 0.25, standardDeviation: 2), Uniform(halfWidth: 1), Bernoulli(probability: 0.3),
    SaltAndPepper(rate: 0.4), Tent(halfWidth: 1), Contaminated(share: 0.2), Logistic(scale: 1),
    Triangular(low: -1, mode: 0, high: 2), Poisson(rate: 2), Rademacher(),
  ]

  @Test("Adding: y = x + scale · d, rounded once, and the gradient passes", arguments: 0..<10)
  func adding(_ index: Int) {
    let distribution = Self.distributions[index]
    for scale: Float in [0, 0.3, 1] {
      let ruled = Ruled(rules: [.adding(distribution, scale: .fixed(scale))])
      let x = ruled.inputs
      let expected = zip(x, ruled.draws(distribution)).map { $0.addingProduct(scale, $1) }
      #expect(ruled.forward(x) == expected)
      #expect(sameBits(ruled.gradient(x), x))
    }
  }

  @Test("At scale 0 x passes whatever is drawn, infinities too, and so does the gradient")
  func scaleZero() {
    let overflowing = LogNormal(logMean: 100, logStandardDeviation: 0)
    for rule in [
      NoiseRule.adding(overflowing, scale: .fixed(0)),
      .multiplying(overflowing, scale: .fixed(0)),
    ] {
      let ruled = Ruled(rules: [rule])
      let x = ruled.inputs
      #expect(ruled.forward(x) == x)
      #expect(ruled.gradient(x) == x)
    }
  }

  @Test(
    "Multiplying: y = x · (1 + scale · (d − 1)), and the gradient is that factor", arguments: 0..<10
  )
  func multiplying(_ index: Int) {
    let distribution = Self.distributions[index]
    for scale: Float in [0, 0.3, 1] {
      let ruled = Ruled(rules: [.multiplying(distribution, scale: .fixed(scale))])
      let x = ruled.inputs
      let expected = zip(x, ruled.draws(distribution)).map {
        $0 * (1 - scale).addingProduct(scale, $1)
      }
      #expect(ruled.forward(x) == expected)
      #expect(ruled.gradient(x) == expected)
      if scale == 0 { #expect(ruled.forward(x) == x) }
    }
  }

  @Test("Multiplying by 0 gives 0 of infinity and NaN too, forward and backward")
  func multiplyingByZero() {
    let ruled = Ruled(rules: [.multiplying(Bernoulli(probability: 0.5))])
    let draws = ruled.draws(Bernoulli(probability: 0.5))
    for value in [Float.infinity, -.infinity, .nan] {
      let x = [Float](repeating: value, count: 2000)
      for y in [ruled.forward(x), ruled.gradient(x)] {
        #expect(zip(draws, y).allSatisfy { $0 == 0 ? $1 == 0 : !$1.isFinite })
      }
    }
  }

  @Test("Several rules apply in order, each with the draws of its own slot")
  func several() {
    let gaussian = Gaussian(standardDeviation: 1)
    let ruled = Ruled(rules: [.adding(gaussian), .multiplying(gaussian), .adding(gaussian)])
    let x = ruled.inputs
    let draws = (0..<3).map { ruled.draws(gaussian, slot: $0) }
    #expect(
      ruled.forward(x) == x.indices.map { (x[$0] + draws[0][$0]) * draws[1][$0] + draws[2][$0] })
    #expect(ruled.gradient(x) == x.indices.map { x[$0] * draws[1][$0] })
    #expect(draws[0] != draws[1] && draws[1] != draws[2])
  }

  @Test("No rules change nothing, and draw nothing")
  func none() {
    let ruled = Ruled(rules: [])
    #expect(ruled.prepared().isEmpty && PreparedNoise.none.isEmpty)
    #expect(sameBits(ruled.forward(ruled.inputs), ruled.inputs))
  }

  static let everyRule: [NoiseRule] = [
    .adding(Gaussian(standardDeviation: 1)), .multiplying(Contaminated(share: 0.1)),
    .replacing(Empirical(values: [1, 2, 3]), rate: 0.1), .replacing(SaltAndPepper(rate: 0.1)),
    .dropout(rate: 0.3), .dropout(rate: 0.005),
  ]

  @Test(
    "Rules give the bits of version 1 on every instruction set, at every thread count and split of the batch",
    arguments: zip(
      [(2000, 16), (300, 100), (40, 1000)],
      ["b67ddb2310b7360e", "acd74809fabc6147", "9d0b35bcc167e9e8"]))
  func reproducible(_ shape: (rows: Int, columns: Int), _ golden: String) {
    Ruled(rules: Self.everyRule, rows: shape.rows, columns: shape.columns)
      .expectReproducible(golden)
  }

  @Test("Noise prepared for few threads serves more, and another instruction set")
  func preparedElsewhere() {
    let ruled = Ruled(rules: [.adding(Empirical(values: [1, 2, 3]))], rows: 2000, columns: 100)
    let prepared = withThreads(1) { ruled.prepared() }
    let x = ruled.inputs
    let expected = ruled.forward(x)
    for instructionSet in InstructionSet.available {
      withInstructionSet(instructionSet) {
        withThreads(7) {
          var y = x
          var execution = unsafe Execution.current.kernelExecution
          unsafe prepared.withRules { rules in
            unsafe y.withUnsafeMutableBufferPointer { y in
              check(
                unsafe ck_apply_rules(
                  &execution, rules, 2000, 100, y.baseAddress!, y.baseAddress!))
            }
          }
          #expect(sameBits(y, expected))
        }
      }
    }
  }
}
