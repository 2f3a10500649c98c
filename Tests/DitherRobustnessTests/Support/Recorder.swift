import DitherRobustness
import DitherTensors
import Layers
import Synchronization

/// What a classifier was asked about, row after row.
final class Recorder: Sendable {
  private let inputs = Mutex<[Float]>([])

  var values: [Float] { inputs.withLock { $0 } }

  func note(_ asked: Tensor) { inputs.withLock { $0 += asked.scalars } }

  /// A classifier with the same answers that notes its inputs here.
  func recording(_ base: some Classifier) -> ClassifierFunction {
    ClassifierFunction(inputShape: base.inputShape, classes: base.classes) { inputs, pass in
      self.note(inputs)
      return base.logits(of: inputs, pass)
    }
  }
}

/// A classifier with gradients whose inputs are noted.
struct RecordedClassifier<Base: DifferentiableClassifier>: DifferentiableClassifier {
  let base: Base
  let recorder: Recorder
  var inputShape: [Int] { base.inputShape }
  var classes: Int { base.classes }

  func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
    recorder.note(inputs)
    return base.logits(of: inputs, pass)
  }

  func differentiableLogits(
    of inputs: Tensor, _ pass: Pass
  ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
    recorder.note(inputs)
    return base.differentiableLogits(of: inputs, pass)
  }
}
