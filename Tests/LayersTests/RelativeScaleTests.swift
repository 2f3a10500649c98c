import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

private let stream = NoiseStream(seed: 9).at(step: 4)

private func padded() -> Perturb {
  Perturb(
    .adding(
      Gaussian(standardDeviation: 1), scale: .signalToNoiseRatio(decibels: 6).overTrueSamples()))
}

@Suite("Noise relative to the signal, in layers")
struct RelativeScaleTests {
  private static let rule = NoiseRule.adding(
    Gaussian(standardDeviation: 2), scale: .signalToNoiseRatio(decibels: 12))

  /// signal + RMS(row) · factor · draws, in double precision.
  private func noisy(_ signal: Matrix, _ site: String, _ pass: Pass) -> Matrix {
    let draws = pass.noise!.draws(
      from: Gaussian(standardDeviation: 2), site: site, rows: signal.rows, columns: signal.columns)
    return Matrix(rows: signal.rows, columns: signal.columns) { row, column in
      let squares = (0..<signal.columns).reduce(0) { $0 + signal[row, $1] * signal[row, $1] }
      let root = (squares / Double(signal.columns)).squareRoot()
      // 10^(-12 / 20) / 2
      return signal[row, column]
        + 0.12559432157547898 * root * Double(draws[row * signal.columns + column])
    }
  }

  @Test(
    "At the input, the weight and the output of Linear: output and gradients, the RMS held constant",
    arguments: [Linear.Site.input, .weight, .output])
  func linear(_ site: Linear.Site) {
    for (batch, inputs, outputs) in [(9, 8, 5), (6, 40, 35), (70, 33, 130)] {
      let weight = gaussians([outputs, inputs], seed: 2)
      let layer = Linear(weight: weight, bias: nil).noise(Self.rule, on: site)
      let pass = Pass.training(stream.rows(from: 2), gradients: .both)
      let x = gaussians([batch, inputs], seed: 1)
      let dy = gaussians([batch, outputs], seed: 3)
      let (output, pullback) = layer.forward(x, pass)
      let inputGradient = pullback(dy)!
      let input = site == .input ? noisy(Matrix(x), "input", pass) : Matrix(x)
      // The weight's rows are its own, whatever rows of the batch the pass is for.
      let weights =
        site == .weight
        ? noisy(Matrix(weight), "weight", .training(stream)) : Matrix(weight)
      let product = input.timesTransposed(weights)
      expectClose(
        output, (site == .output ? noisy(product, "output", pass) : product).values,
        tolerance: 1e-5)
      // dW = dyᵀ · noisy x, dx = dy · W: what is added is no function of x.
      let gradient = Matrix(dy)
      let transposed = Matrix(rows: outputs, columns: batch) { gradient[$1, $0] }
      let inputTransposed = Matrix(rows: inputs, columns: batch) { input[$1, $0] }
      expectClose(
        layer.weight.gradient!, transposed.timesTransposed(inputTransposed).values, tolerance: 1e-5)
      let weightTransposed = Matrix(rows: inputs, columns: outputs) { weights[$1, $0] }
      expectClose(
        inputGradient, gradient.timesTransposed(weightTransposed).values, tolerance: 1e-5)
    }
  }

  @Test("The bits do not depend on threads, instruction set or how the batch is divided")
  func reproducible() {
    let x = gaussians([70, 40], seed: 1)
    let dy = gaussians([70, 33], seed: 2)
    func results(_ parts: [Range<Int>]) -> [[UInt32]] {
      let layer = Linear(inputs: 40, outputs: 33)
        .noise(Self.rule, on: .input).noise(Self.rule, on: .output).initialized(seed: 3)
      var (outputs, inputGradients): ([UInt32], [UInt32]) = ([], [])
      for part in parts {
        let pass = Pass.training(stream.rows(from: part.lowerBound), gradients: .both)
        let (output, pullback) = layer.forward(x.rows(part), pass)
        outputs += bits(output)
        inputGradients += bits(pullback(dy.rows(part))!)
      }
      return [outputs, inputGradients, bits(layer.weight.gradient!), bits(layer.bias!.gradient!)]
    }
    let whole = expectSameBits(of: { results([0..<70]) }, threads: [1, 2, 3, 7])
    let inParts = expectSameBits(
      of: { results([0..<1, 1..<40, 40..<70]) }, "in parts, ", threads: [1, 2, 3, 7])
    #expect(inParts == whole)
  }

  @Test("Over true samples alone: their power counts, padding stays, at the input and the output")
  func trueSamples() {
    let rule = NoiseRule.adding(
      Gaussian(standardDeviation: 2), scale: .signalToNoiseRatio(decibels: 12).overTrueSamples())
    for (batch, columns) in [(9, 8), (6, 40), (70, 130)] {
      let lengths = (0..<batch).map { row in row == 0 ? 0 : (row * 7 + columns) % (columns + 1) }
      let pass = Pass.training(stream.rows(from: 2), gradients: .both).rows(ofLengths: lengths)
      var x = gaussians([batch, columns], seed: 1)
      // Padding is what it is: silence, or anything else.
      for row in 0..<batch {
        for column in lengths[row]..<columns { x[row, column] = row % 2 == 0 ? 0 : 1e6 }
      }
      // Each row by itself, cut, in double precision.
      let whole = Matrix(x)
      let draws = pass.noise!.draws(
        from: Gaussian(standardDeviation: 2), site: "0.input", rows: batch, columns: columns)
      let expected = Matrix(rows: batch, columns: columns) { row, column in
        let squares = (0..<lengths[row]).reduce(0) { $0 + whole[row, $1] * whole[row, $1] }
        let root = (squares / Double(lengths[row])).squareRoot()
        return column < lengths[row]
          ? whole[row, column]
            // 10^(-12 / 20) / 2
            + 0.12559432157547898 * root * Double(draws[row * columns + column])
          : whole[row, column]
      }
      let model = Sequential { Perturb(rule) }
      let (output, pullback) = model.forward(x, pass)
      expectClose(output, expected.values, tolerance: 1e-6)
      #expect(bits(pullback(x)!) == bits(x))
      for row in 0..<batch where lengths[row] < columns {
        let padding = lengths[row]..<columns
        #expect(padding.allSatisfy { output[row, $0] == x[row, $0] })
      }
      // At the input and at the output of a linear layer, and in parts of the batch.
      var identity = Tensor(zeros: [columns, columns])
      for index in 0..<columns { identity[index, index] = 1 }
      let input = Sequential { Linear(weight: identity, bias: nil).noise(rule, on: .input) }
      #expect(bits(input.forward(x, pass).output) == bits(output))
      let atOutput = Linear(weight: identity, bias: nil).noise(rule, on: .output)
      let noisy = atOutput.forward(x, pass).output
      var parts: [UInt32] = []
      for part in [0..<1, 1..<4, 4..<batch] {
        let pass = Pass.training(stream.rows(from: 2 + part.lowerBound))
          .rows(ofLengths: Array(lengths[part]))
        parts += bits(atOutput.forward(x.rows(part), pass).output)
      }
      #expect(parts == bits(noisy))
      for row in 0..<batch where lengths[row] < columns {
        #expect((lengths[row]..<columns).allSatisfy { noisy[row, $0] == x[row, $0] })
      }
    }
  }

  @Test("Full lengths give the bits of a scale over whole rows")
  func fullLengths() {
    let x = gaussians([9, 40], seed: 1)
    let scale = NoiseScale.relativeToSignal(0.3)
    let whole = Perturb(.adding(Uniform(halfWidth: 1), scale: scale))
    let padded = Perturb(.adding(Uniform(halfWidth: 1), scale: scale.overTrueSamples()))
    let pass = Pass.training(stream)
    let lengths = [Int](repeating: 40, count: 9)
    let expected = bits(whole.forward(x, pass).output)
    #expect(bits(padded.forward(x, pass.rows(ofLengths: lengths)).output) == expected)
    // Who does not count true samples alone does not read the lengths.
    #expect(bits(whole.forward(x, pass.rows(ofLengths: [3])).output) == expected)
  }

  @Test("Lengths that are missing, too few, negative or beyond the row stop the program")
  func lengthMisuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = padded().forward(Tensor(zeros: [3, 8]), .training(stream)) }
    expect(
      result,
      says: "at the site \"input\" counts true samples alone, and the pass says no lengths")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = padded().forward(
        Tensor(zeros: [3, 8]), .training(stream).child("2").rows(ofLengths: [8, 8]))
    }
    expect(
      result,
      says:
        "the pass has the lengths of 2 rows; expected 3, one for each row at the site \"2.input\"")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = padded().forward(
        Tensor(zeros: [3, 8]), .training(stream).rows(ofLengths: [8, 9, 8]))
    }
    expect(
      result, says: "the length of row 1 is 9; expected 0…8, the columns at the site \"input\"")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Pass.training(stream).rows(ofLengths: [8, -1]) }
    expect(
      result,
      says: "Pass.rows(ofLengths:): the length of row 1 is -1; expected 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Linear(inputs: 2, outputs: 2).noise(padded().rule, on: .weight) }
    expect(result, says: "on the weight, whose rows are not padded")
  }

  @Test("Silent samples stay silent, and a frozen or an inferring network has no noise")
  func silence() {
    let perturb = Perturb(Self.rule)
    var x = gaussians([4, 40], seed: 1)
    for column in 0..<40 { x[2, column] = 0 }
    let output = perturb.forward(x, .training(stream)).output
    #expect(bits(output.rows(2..<3)) == bits(x.rows(2..<3)))
    #expect(bits(output.rows(1..<2)) != bits(x.rows(1..<2)))
    #expect(bits(perturb(x)) == bits(x) && bits(perturb.frozen()(x)) == bits(x))
  }
}
