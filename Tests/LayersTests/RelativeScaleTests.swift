import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Testing

private let stream = NoiseStream(seed: 9).at(step: 4)

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
    let whole = withThreads(1) { results([0..<70]) }
    for instructionSet in InstructionSet.available {
      withInstructionSet(instructionSet) {
        for threads in [1, 2, 3, 7] {
          withThreads(threads) {
            for parts in [[0..<70], [0..<1, 1..<40, 40..<70]] {
              #expect(results(parts) == whole, "\(instructionSet), \(threads), \(parts)")
            }
          }
        }
      }
    }
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
