import CKernels
import DitherRuntime
import DitherTensors

/// An elementwise function that a kernel computes with its derivative: what the activation layers have in common.
struct Activation {
  let name: String
  /// Whether the derivative is computed from the output; from the input if not.
  let savesOutput: Bool
  private let kernel: Kernel

  private enum Kernel {
    case plain(ck_unary_function)
    case parametric(ck_parametric_function, a: Float, b: Float)
  }

  private init(_ name: String, _ function: ck_unary_function, savesOutput: Bool = false) {
    self.name = name
    self.savesOutput = savesOutput
    kernel = .plain(function)
  }

  /// A function with numbers of its own, `a` and `b`, which are finite.
  init(_ name: String, _ function: ck_parametric_function, a: Float, b: Float = 0) {
    self.name = name
    savesOutput = false
    kernel = .parametric(function, a: a, b: b)
  }

  static let relu = Activation("ReLU", CK_RELU)
  static let tanh = Activation("Tanh", CK_TANH, savesOutput: true)
  static let sigmoid = Activation("Sigmoid", CK_SIGMOID, savesOutput: true)
  static let gelu = Activation("GELU", CK_GELU)
  static let silu = Activation("SiLU", CK_SILU)

  /// y = f(x).
  func callAsFunction(_ input: Tensor) -> Tensor {
    unsafe Tensor(undefined: input.shape) { y in
      var execution = unsafe Execution.current.kernelExecution
      unsafe input.withUnsafePointer { x in
        switch kernel {
        case .plain(let function):
          unsafe ck_unary(&execution, function, input.count, x, y)
        case .parametric(let function, let a, let b):
          unsafe ck_parametric(&execution, function, a, b, input.count, x, y)
        }
      }
    }
  }

  /// dx = dy·f'(x), of the output or the input that was saved.
  func gradient(of outputGradient: Tensor, saved: Tensor) -> Tensor {
    unsafe Tensor(undefined: saved.shape) { dx in
      var execution = unsafe Execution.current.kernelExecution
      unsafe saved.withUnsafePointer { saved in
        unsafe outputGradient.withUnsafePointer { dy in
          let count = outputGradient.count
          switch kernel {
          case .plain(let function):
            unsafe ck_unary_gradient(&execution, function, count, saved, dy, dx)
          case .parametric(let function, let a, let b):
            unsafe ck_parametric_gradient(&execution, function, a, b, count, saved, dy, dx)
          }
        }
      }
    }
  }
}

/// The forward pass of an activation layer.
func activate(
  _ input: Tensor, by activation: Activation, _ pass: Pass
) -> (output: Tensor, pullback: Pullback) {
  let output = activation(input)
  pass.report(output, of: input)
  if pass.gradients.isEmpty { return (output, .none) }
  if !pass.gradients.contains(.input) { return (output, Pullback { _ in nil }) }
  let saved = activation.savesOutput ? output : input
  return (
    output,
    Pullback { outputGradient in
      requireGradient(outputGradient, shape: saved.shape, layer: activation.name, path: pass.path)
      return activation.gradient(of: outputGradient, saved: saved)
    }
  )
}

/// Stops unless a setting of an activation is finite.
func requireFinite(_ value: Float, _ name: String, layer: String) {
  require(value.isFinite, "\(layer): \(name) is \(value); expected a finite number")
}
