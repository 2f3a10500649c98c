import CKernels
import DitherRuntime
import DitherTensors

/// An elementwise function that a kernel computes with its derivative: what the activation layers have in common.
struct Activation {
  let name: String
  let function: ck_unary_function
  /// Whether the derivative is computed from the output; from the input if not.
  let savesOutput: Bool

  static let relu = Activation(name: "ReLU", function: CK_RELU, savesOutput: false)
  static let tanh = Activation(name: "Tanh", function: CK_TANH, savesOutput: true)
  static let sigmoid = Activation(name: "Sigmoid", function: CK_SIGMOID, savesOutput: true)
  static let gelu = Activation(name: "GELU", function: CK_GELU, savesOutput: false)
}

/// The forward pass of an activation layer.
func activate(
  _ input: Tensor, by activation: Activation, _ pass: Pass
) -> (output: Tensor, pullback: Pullback) {
  let output = unsafe Tensor(undefined: input.shape) { y in
    var execution = unsafe Execution.current.kernelExecution
    unsafe input.withUnsafePointer { x in
      unsafe ck_unary(&execution, activation.function, input.count, x, y)
    }
  }
  if pass.gradients.isEmpty { return (output, .none) }
  if !pass.gradients.contains(.input) { return (output, Pullback { _ in nil }) }
  let saved = activation.savesOutput ? output : input
  return (
    output,
    Pullback { outputGradient in
      requireGradient(outputGradient, shape: saved.shape, layer: activation.name, path: pass.path)
      return unsafe Tensor(undefined: saved.shape) { dx in
        var execution = unsafe Execution.current.kernelExecution
        unsafe saved.withUnsafePointer { saved in
          unsafe outputGradient.withUnsafePointer { dy in
            unsafe ck_unary_gradient(
              &execution, activation.function, outputGradient.count, saved, dy, dx)
          }
        }
      }
    }
  )
}
