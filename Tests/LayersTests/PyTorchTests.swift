import DitherTensors
import Foundation
import Layers
import Testing

/// What `Tests/Reference/make_pytorch_reference.py` wrote.
private struct Reference: Decodable {
  struct Linear: Decodable {
    var batch: Int, inputs: Int, outputs: Int
    var x: [Float], weight: [Float], bias: [Float]?
    var y: [Float], dy: [Float], dx: [Float], dweight: [Float], dbias: [Float]?
  }
  struct Loss: Decodable {
    var rows: Int, columns: Int
    var input: [Float], labels: [Int]?, targets: [Float]?
    var loss: Float, gradient: [Float]
  }

  var linear: [Linear]
  var activations: [LayerReference.Activation]
  var crossEntropy: [Loss]
  var meanSquaredError: [Loss]

  static func load() throws -> Reference {
    let url = try #require(
      Bundle.module.url(
        forResource: "pytorch-layers", withExtension: "json", subdirectory: "Resources"))
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}

@Suite("Agreement with PyTorch")
struct PyTorchTests {
  @Test("Linear: outputs and gradients to 5e-6")
  func linear() throws {
    for reference in try Reference.load().linear {
      let (batch, inputs, outputs) = (reference.batch, reference.inputs, reference.outputs)
      let layer = Layers.Linear(
        weight: Tensor(reference.weight, shape: [outputs, inputs]),
        bias: reference.bias.map { Tensor($0) })
      let (y, pullback) = layer.forward(
        Tensor(reference.x, shape: [batch, inputs]), .withoutNoise(gradients: .both))
      let dx = try #require(pullback(Tensor(reference.dy, shape: [batch, outputs])))
      expectClose(y, reference.y, 5e-6, "y")
      expectClose(dx, reference.dx, 5e-6, "dx")
      expectClose(layer.weight.gradient!, reference.dweight, 5e-6, "dweight")
      if let dbias = reference.dbias {
        expectClose(layer.bias!.gradient!, dbias, 5e-6, "dbias")
      }
    }
  }

  @Test("Activations: outputs and gradients to 1e-6")
  func activations() throws {
    let layers: [String: any Layer] = [
      "ReLU": ReLU(), "Tanh": Tanh(), "Sigmoid": Sigmoid(), "GELU": GELU(),
    ]
    try expectActivations(layers, agreeWith: Reference.load().activations)
  }

  @Test("Losses and their gradients to 2e-6")
  func losses() throws {
    let references = try Reference.load()
    for reference in references.crossEntropy {
      let (loss, gradient) = crossEntropy(
        Tensor(reference.input, shape: [reference.rows, reference.columns]), reference.labels!)
      expectClose(Tensor([loss]), [reference.loss], 2e-6, "cross-entropy")
      expectClose(gradient, reference.gradient, 2e-6, "cross-entropy gradient")
    }
    for reference in references.meanSquaredError {
      let shape = [reference.rows, reference.columns]
      let (loss, gradient) = meanSquaredError(
        Tensor(reference.input, shape: shape), Tensor(reference.targets!, shape: shape))
      expectClose(Tensor([loss]), [reference.loss], 2e-6, "mean squared error")
      expectClose(gradient, reference.gradient, 2e-6, "mean squared error gradient")
    }
  }
}
