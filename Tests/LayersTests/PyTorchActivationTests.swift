import DitherTensors
import Layers
import Testing

@Suite("Agreement with PyTorch: activations and softmax")
struct PyTorchActivationTests {
  @Test("Activations with their defaults and with settings: outputs and gradients to 1e-6")
  func activations() throws {
    let layers: [String: any Layer] = [
      "LeakyReLU": LeakyReLU(), "LeakyReLU 0.2": LeakyReLU(negativeSlope: 0.2), "ELU": ELU(),
      "ELU 0.4": ELU(alpha: 0.4), "SELU": SELU(), "SiLU": SiLU(), "Softplus": Softplus(),
      "Softplus 2.5": Softplus(beta: 2.5),
    ]
    try expectActivations(layers, agreeWith: LayerReference.load().activations)
  }

  @Test("Softmax: output and gradient to 1e-6")
  func softmax() throws {
    for reference in try LayerReference.load().softmax {
      let (y, pullback) = Softmax().forward(
        Tensor(reference.x, shape: reference.shape), .withoutNoise(gradients: .input))
      let dx = try #require(pullback(Tensor(reference.dy, shape: reference.shape)))
      expectClose(y, reference.y, 1e-6, "y")
      expectClose(dx, reference.dx, 1e-6, "dx")
    }
  }
}
