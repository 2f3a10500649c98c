import DitherRobustness
import DitherTensors
import Layers
import Synchronization

/// What a classifier was asked about, row after row.
final class Recorder: Sendable {
  private let inputs = Mutex<[Float]>([])

  var values: [Float] { inputs.withLock { $0 } }

  /// A classifier with the same answers that notes its inputs here.
  func recording(_ base: some Classifier) -> ClassifierFunction {
    ClassifierFunction(inputShape: base.inputShape, classes: base.classes) { inputs, pass in
      self.inputs.withLock { $0 += inputs.scalars }
      return base.logits(of: inputs, pass)
    }
  }
}
