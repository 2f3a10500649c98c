import DitherTensors
import Layers
import Testing

@Suite("Agreement with PyTorch: losses")
struct PyTorchLossTests {
  @Test("Losses and their gradients to 3e-6")
  func losses() throws {
    let references = try LayerReference.load()
    for reference in references.crossEntropy {
      var (loss, gradient) = crossEntropy(
        Tensor(reference.input, shape: reference.shape), reference.labels,
        classWeights: reference.weights, labelSmoothing: reference.smoothing)
      expectClose(Tensor([loss]), [reference.loss], 3e-6, "cross-entropy")
      expectClose(gradient, reference.gradient, 3e-6, "cross-entropy gradient")
      let weightOfLabels = reference.labels.reduce(0) { $0 + (reference.weights?[$1] ?? 1) }
      let factor = Float(reference.labels.count) / weightOfLabels
      loss *= factor
      gradient *= factor
      expectClose(Tensor([loss]), [reference.mean], 3e-6, "mean cross-entropy")
      expectClose(gradient, reference.meanGradient, 3e-6, "mean cross-entropy gradient")
    }
    typealias Function = (Tensor, Tensor, Float) -> (loss: Float, gradient: Tensor)
    let elementwise: [(String, [LayerReference.Loss], Function)] = [
      ("binary", references.binaryCrossEntropy, { x, t, _ in binaryCrossEntropy(x, t) }),
      ("absolute", references.meanAbsoluteError, { x, t, _ in meanAbsoluteError(x, t) }),
      ("Huber", references.huberLoss, { huberLoss($0, $1, delta: $2) }),
    ]
    for (name, cases, function) in elementwise {
      #expect(cases.count == 3)
      for reference in cases {
        let (loss, gradient) = function(
          Tensor(reference.input, shape: reference.shape),
          Tensor(reference.targets, shape: reference.shape), reference.delta ?? 1)
        expectClose(Tensor([loss]), [reference.loss], 3e-6, name)
        expectClose(gradient, reference.gradient, 3e-6, "\(name) gradient")
      }
    }
  }
}
