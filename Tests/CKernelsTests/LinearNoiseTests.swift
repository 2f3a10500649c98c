import CKernels
import DitherRuntime
import Testing

@Suite("Noise at the sites of the linear layer")
struct LinearNoiseTests {
  private enum Site { case input, weight, output }

  /// Narrow and wide matrices on either side, whole blocks and not, and a batch of one.
  static let shapes = [
    (65, 20, 150), (61, 140, 24), (1, 300, 200), (37, 33, 32), (140, 530, 65), (9, 7, 5),
    (40, 150, 400), (17, 1100, 130), (40, 1100, 3), (40, 1100, 5),
    (93, 4, 296), (1100, 5, 200),
  ]

  func check(_ problem: LinearProblem, _ runs: [LinearRun]) {
    let plain = problem.withRulesApplied(.plain)
    let forward = problem.outputRules.apply(
      .plain, plain.forward(.plain), rows: problem.batch, columns: problem.outputs)
    let inputGradient = problem.inputRules.gradient(
      .plain, plain.inputGradient(.plain), rows: problem.batch, columns: problem.inputs)
    let weightGradient = plain.weightGradient(.plain)
    for run in runs {
      #expect(firstDifference(problem.forward(run), forward) == nil, "\(problem) on \(run)")
      if unsafe problem.weightRules.rules.isEmpty {
        #expect(
          firstDifference(problem.forward(run, packed: problem.packed(run)), forward) == nil,
          "\(problem), packed, on \(run)")
      }
      #expect(
        firstDifference(problem.inputGradient(run), inputGradient) == nil, "\(problem) on \(run)")
      let received = problem.weightGradient(run)
      #expect(
        firstDifference(received.dweight, weightGradient.dweight) == nil, "\(problem) on \(run)")
      #expect(firstDifference(received.dbias, weightGradient.dbias) == nil, "\(problem) on \(run)")
    }
  }

  @Test(
    "Each rule at the input, the weight, the output and several is the rule, then the product, then the rule",
    arguments: LinearRuleCase.allCases)
  func oneRule(kind: LinearRuleCase) {
    var generator = LinearGenerator(state: 31)
    for (index, shape) in Self.shapes.enumerated() {
      var problem = LinearProblem(shape.0, shape.1, shape.2, &generator)
      for sites in [1, 2, 3, 4, 7] {
        problem.inputRules = LinearRules()
        problem.weightRules = LinearRules()
        problem.outputRules = LinearRules()
        if sites & 1 != 0 {
          problem.inputRules = unsafe LinearRules(
            rules: [kind.rule(key: 77, columns: shape.1)], row: UInt32(5 * index),
            description: " with \(kind)")
        }
        if sites & 2 != 0 {
          problem.outputRules = unsafe LinearRules(
            rules: [kind.rule(key: 78, columns: shape.2)], row: UInt32(5 * index),
            description: " with \(kind)")
        }
        if sites & 4 != 0 {
          problem.weightRules = unsafe LinearRules(
            rules: [kind.rule(key: 79, columns: shape.1)], description: " with \(kind)")
        }
        // Every instruction set, and every count of threads, but not all pairs.
        check(
          problem, LinearRun.all.enumerated().filter { ($0.offset + index) % 3 == 0 }.map(\.element)
        )
      }
    }
  }

  @Test("Several rules at every site, on every instruction set and thread count")
  func severalRules() {
    var generator = LinearGenerator(state: 32)
    for (batch, inputs, outputs) in [
      (200, 30, 260), (150, 270, 20), (300, 150, 140), (90, 200, 500),
    ] {
      var problem = LinearProblem(batch, inputs, outputs, &generator)
      problem.inputRules = unsafe LinearRules(
        rules: [
          LinearRuleCase.add.rule(key: 1), LinearRuleCase.dropout.rule(key: 2),
          LinearRuleCase.customFactor.rule(key: 3),
        ], row: 1001, description: " with three rules")
      problem.outputRules = unsafe LinearRules(
        rules: [LinearRuleCase.multiply.rule(key: 4), LinearRuleCase.saltAndPepper.rule(key: 5)],
        row: 1001, description: " with two rules")
      problem.weightRules = unsafe LinearRules(
        rules: [LinearRuleCase.multiply.rule(key: 6), LinearRuleCase.add.rule(key: 7)],
        description: " with two rules")
      check(problem, LinearRun.all)
    }
  }

  @Test("Matrices larger than the blocks that are prepared at once")
  func largeMatrices() {
    var generator = LinearGenerator(state: 35)
    for (batch, inputs, outputs) in [
      (9, 16_500, 3), (5, 24, 3200), (3200, 40, 7), (20, 300, 2100), (2100, 260, 24),
      (1100, 600, 6),
      (10, 40, 8300), (2, 1030, 8200), (20, 4, 8300),
    ] {
      var problem = LinearProblem(batch, inputs, outputs, &generator)
      problem.inputRules = unsafe LinearRules(
        rules: [LinearRuleCase.multiply.rule(key: 1)], row: 5, description: " with multiply")
      problem.outputRules = unsafe LinearRules(
        rules: [LinearRuleCase.dropout.rule(key: 2)], row: 5, description: " with dropout")
      problem.weightRules = unsafe LinearRules(
        rules: [LinearRuleCase.add.rule(key: 3)], description: " with add")
      check(problem, InstructionSet.available.map { LinearRun(instructionSet: $0, threads: 2) })
    }
  }

  @Test(
    "The input's and the weight's noise is drawn once an element, whatever the split; an additive rule on the input not at all in a gradient"
  )
  func drawsAreCounted() {
    var generator = LinearGenerator(state: 33)
    for (batch, inputs, outputs) in [(70, 200, 400), (600, 30, 90), (8, 150, 700), (5, 40, 3200)] {
      var problem = LinearProblem(batch, inputs, outputs, &generator)
      for run in LinearRun.all {
        func draws(_ body: () -> Void, of kind: LinearRuleCase, at site: Site = .input) -> Int {
          var counts = [Int](repeating: 0, count: 64)
          unsafe counts.withUnsafeMutableBufferPointer { counts in
            var rule = unsafe kind.rule(key: 9)
            unsafe rule.draw.context = UnsafeMutableRawPointer(counts.baseAddress!)
            problem.inputRules = unsafe LinearRules(rules: site == .input ? [rule] : [])
            problem.weightRules = unsafe LinearRules(rules: site == .weight ? [rule] : [])
            problem.outputRules = unsafe LinearRules(rules: site == .output ? [rule] : [])
            body()
          }
          return counts.reduce(0, +)
        }
        let (input, weight, output) = (batch * inputs, inputs * outputs, batch * outputs)
        #expect(draws({ _ = problem.forward(run) }, of: .custom) == input, "\(run)")
        #expect(draws({ _ = problem.weightGradient(run) }, of: .custom) == input, "\(run)")
        #expect(draws({ _ = problem.inputGradient(run) }, of: .custom) == 0, "\(run)")
        #expect(draws({ _ = problem.inputGradient(run) }, of: .customFactor) == input, "\(run)")
        #expect(draws({ _ = problem.forward(run) }, of: .custom, at: .output) == output, "\(run)")
        #expect(draws({ _ = problem.weightGradient(run) }, of: .custom, at: .output) == 0, "\(run)")
        #expect(draws({ _ = problem.inputGradient(run) }, of: .custom, at: .output) == 0, "\(run)")
        #expect(
          draws({ _ = problem.weightGradient(run) }, of: .customFactor, at: .output) == output)
        #expect(draws({ _ = problem.forward(run) }, of: .custom, at: .weight) == weight, "\(run)")
        #expect(
          draws({ _ = problem.inputGradient(run) }, of: .custom, at: .weight) == weight, "\(run)")
        #expect(draws({ _ = problem.weightGradient(run) }, of: .customFactor, at: .weight) == 0)
      }
    }
  }

  @Test("Dropout selects: what it drops may be infinite or NaN")
  func droppedInfinity() {
    var generator = LinearGenerator(state: 34)
    var problem = LinearProblem(40, 70, 50, &generator)
    problem.x = [Float](repeating: .infinity, count: problem.x.count)
    problem.inputRules = unsafe LinearRules(rules: [LinearRuleCase.certainDropout.rule(key: 1)])
    #expect(firstDifference(problem.forward(.plain), problem.forwardProduct.c) == nil)
    problem.dy = [Float](repeating: .nan, count: problem.dy.count)
    problem.outputRules = unsafe LinearRules(rules: [LinearRuleCase.certainDropout.rule(key: 2)])
    #expect(problem.weightGradient(.plain).dbias == problem.dbias)
    #expect(problem.inputGradient(.plain) == [Float](repeating: 0, count: 40 * 70))
  }
}
