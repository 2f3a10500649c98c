import DitherTensors
import Layers
import TestSupport
import Testing

@Suite("Residual")
struct ResidualTests {
  @Test(
    "Around layers, with and without a projection: output and gradients of a double-precision reference"
  )
  func reference() throws {
    let x = gaussians([5, 4], seed: 1)
    for projects in [false, true] {
      let outputs = projects ? 3 : 4
      let layer = Residual(
        projection: projects ? Linear(inputs: 4, outputs: 3, bias: false) : nil
      ) {
        Linear(inputs: 4, outputs: outputs, bias: false)
        Tanh()
      }.initialized(seed: 1)
      let names = ["inner.0.weight"] + (projects ? ["projection.weight"] : [])
      #expect(layer.namedParameters.map(\.name) == names)
      let outputGradient = gaussians([5, outputs], seed: 2)
      let (output, pullback) = layer.forward(x, .withoutNoise(gradients: .both))
      let gradient = try #require(pullback(outputGradient))
      func reference(_ arguments: [Matrix]) -> Matrix {
        let inner = arguments[0].timesTransposed(arguments[1]).map { ActivationCase.tanh($0) }
        return inner + (projects ? arguments[0].timesTransposed(arguments[2]) : arguments[0])
      }
      let arguments = [Matrix(x)] + layer.parameters.map { Matrix($0.value) }
      expectClose(output, reference(arguments).values, tolerance: 1e-6)
      expectGradients(
        [("input", gradient)] + layer.namedParameters.map { ($0.name, $0.parameter.gradient!) },
        of: { reference($0).dot(Matrix(outputGradient)) }, at: arguments)
    }
  }

  @Test("The first layer of a network need not give its input's gradient")
  func firstLayer() {
    let layer = Residual(Linear(inputs: 3, outputs: 3))
    let model = Sequential(seed: 1) { layer }
    let (output, pullback) = model.forward(
      gaussians([2, 3], seed: 1), .withoutNoise(gradients: .parameters))
    #expect(pullback(output) == nil)
    #expect(model.parameters.allSatisfy { $0.hasGradient })
  }

  @Test("Shapes that do not fit stop with both")
  func shapes() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(seed: 1) { Residual(Linear(inputs: 4, outputs: 3)) }(Tensor(zeros: [2, 4]))
    }
    expect(
      result,
      says: "Residual at path \"0\": the inner layer gives shape [2, 3], to which [2, 4]",
      "or a projection")
  }
}
