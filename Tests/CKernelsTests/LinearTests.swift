import CKernels
import DitherRuntime
import Testing

@Suite("The linear layer's products")
struct LinearTests {
  static let shapes = [
    (1, 1, 1), (1, 70, 33), (2, 33, 130), (5, 64, 64), (7, 5, 10), (16, 129, 31), (33, 200, 48),
    (64, 20, 65),
    (97, 66, 1), (130, 40, 129), (3, 1, 300), (600, 9, 11), (11, 530, 21), (13, 22, 540),
    (12, 300, 500), (40, 150, 400),
    (33, 1100, 100), (20, 1030, 70), (100, 64, 2100), (5, 1024, 70), (40, 1100, 3),
    // Groups of columns that threads take one by one, over several blocks of k and chunks of rows.
    (20, 300, 2100), (2100, 260, 24),
    // A gradient of few rows of the weight, by which all of k passes, over several blocks.
    (1100, 600, 6), (2100, 40, 2),
    // One of a few more rows, which reads an operand in place where its rows begin within cache lines.
    (180, 605, 14), (90, 133, 40),
    // Many more outputs than inputs: the weight's gradient is made transposed, over one block of k and over several.
    (93, 4, 296), (30, 17, 130), (1100, 5, 200),
  ]

  @Test("Forward, input gradient and weight gradient are single chains", arguments: shapes)
  func chains(batch: Int, inputs: Int, outputs: Int) {
    var generator = LinearGenerator(state: 21)
    let problem = LinearProblem(batch, inputs, outputs, &generator)
    var fromZero = problem
    fromZero.accumulate = false
    let weightGradientFromZero = fromZero.weightGradientProduct.chain()
    let forward = problem.forwardProduct.chain()
    var withoutBias = problem.forwardProduct
    withoutBias.accumulate = false
    let forwardWithoutBias = withoutBias.chain()
    let inputGradient = problem.inputGradientProduct.chain()
    let weightGradient = problem.weightGradientProduct.chain()
    for run in LinearRun.all {
      #expect(firstDifference(problem.forward(run), forward) == nil, "\(problem) on \(run)")
      #expect(
        firstDifference(problem.forward(run, bias: false), forwardWithoutBias) == nil,
        "\(problem) on \(run)")
      #expect(
        firstDifference(problem.inputGradient(run), inputGradient) == nil, "\(problem) on \(run)")
      let gradient = problem.weightGradient(run)
      #expect(firstDifference(gradient.dweight, weightGradient) == nil, "\(problem) on \(run)")
      #expect(
        firstDifference(gradient.dbias, problem.biasGradientChain) == nil, "\(problem) on \(run)")
      let gradientFromZero = fromZero.weightGradient(run)
      #expect(
        firstDifference(gradientFromZero.dweight, weightGradientFromZero) == nil,
        "\(problem) on \(run)")
      #expect(gradientFromZero.dbias == gradient.dbias, "\(problem) on \(run)")
    }
  }

  @Test("A packed weight gives the same bits as the weight", arguments: shapes)
  func packedWeight(batch: Int, inputs: Int, outputs: Int) {
    var generator = LinearGenerator(state: 22)
    let problem = LinearProblem(batch, inputs, outputs, &generator)
    for set in InstructionSet.available {
      let plain = problem.forward(LinearRun(instructionSet: set, threads: 1))
      for threads in [1, 3] {
        let run = LinearRun(instructionSet: set, threads: threads)
        let packed = problem.packed(run)
        #expect(
          firstDifference(problem.forward(run, packed: packed), plain) == nil,
          "\(problem) on \(run)")
      }
    }
  }

  @Test("Empty batches, inputs and outputs")
  func empty() {
    var generator = LinearGenerator(state: 23)
    for run in LinearRun.all {
      let noInputs = LinearProblem(9, 0, 70, &generator)
      #expect(noInputs.forward(run) == noInputs.forwardProduct.c)
      #expect(noInputs.forward(run, packed: noInputs.packed(run)) == noInputs.forwardProduct.c)
      #expect(noInputs.inputGradient(run) == [])
      #expect(noInputs.weightGradient(run).dbias == noInputs.biasGradientChain)
      let noOutputs = LinearProblem(9, 70, 0, &generator)
      #expect(noOutputs.forward(run) == [])
      #expect(noOutputs.inputGradient(run) == [Float](repeating: 0, count: 630))
      var noBatch = LinearProblem(0, 70, 9, &generator)
      #expect(noBatch.forward(run) == [])
      #expect(noBatch.weightGradient(run).dweight == noBatch.dweight)
      #expect(noBatch.weightGradient(run).dbias == noBatch.dbias)
      noBatch.accumulate = false
      #expect(noBatch.weightGradient(run).dweight == [Float](repeating: 0, count: 630))
    }
  }

  @Test("A batch in parts leaves the same gradients as the whole, to the bit")
  func partsOfABatch() {
    var generator = LinearGenerator(state: 24)
    for (batch, inputs, outputs) in [(130, 70, 40), (45, 20, 10), (700, 33, 65)] {
      var problem = LinearProblem(batch, inputs, outputs, &generator)
      problem.inputRules = unsafe LinearRules(
        rules: [LinearRuleCase.multiply.rule(key: 1)], row: 3)
      problem.outputRules = unsafe LinearRules(
        rules: [LinearRuleCase.dropout.rule(key: 2)], row: 3)
      let run = LinearRun(instructionSet: InstructionSet.available[0], threads: 2)
      let whole = problem.weightGradient(run)
      let forward = problem.forward(run)
      var (dweight, dbias, y) = (problem.dweight, problem.dbias, [Float]())
      var row = 0
      while row < batch {
        let end = min(batch, row + Int.random(in: 1...50, using: &generator))
        var part = problem
        part.batch = end - row
        part.x = Array(problem.x[row * inputs..<end * inputs])
        part.dy = Array(problem.dy[row * outputs..<end * outputs])
        part.inputRules.row += UInt32(row)
        part.outputRules.row += UInt32(row)
        (part.dweight, part.dbias) = (dweight, dbias)
        (dweight, dbias) = part.weightGradient(run)
        y += part.forward(run)
        row = end
      }
      #expect(firstDifference(dweight, whole.dweight) == nil, "\(problem)")
      #expect(firstDifference(dbias, whole.dbias) == nil, "\(problem)")
      #expect(firstDifference(y, forward) == nil, "\(problem)")
    }
  }
}
