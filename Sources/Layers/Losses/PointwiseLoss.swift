import CKernels
import DitherRuntime
import DitherTensors

/// The mean of a loss that each element has on its own, and its gradient.
///
/// - Parameters:
///   - targets: as many as there are predictions, in the same order.
///   - elements: of the whole batch.
///   - delta: Huber's.
func pointwiseLoss(
  _ loss: ck_pointwise_loss, _ predictions: Tensor, _ targets: Tensor, elements: Double,
  delta: Float = 0
) -> (loss: Float, gradient: Tensor) {
  let count = predictions.count
  var losses = Tensor(uninitialized: [count]) { _ in }
  let gradient = unsafe Tensor(undefined: predictions.shape) { gradient in
    var execution = unsafe Execution.current.kernelExecution
    unsafe losses.withUnsafeMutablePointer { losses in
      unsafe predictions.withUnsafePointer { x in
        unsafe targets.withUnsafePointer { targets in
          unsafe ck_pointwise_losses(
            &execution, loss, count, delta, x, targets, Float(1 / elements), losses, gradient)
        }
      }
    }
  }
  return (Float(losses.sumInDouble() / elements), gradient)
}
