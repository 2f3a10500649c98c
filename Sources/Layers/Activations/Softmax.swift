import CKernels
import DitherRuntime
public import DitherTensors

/// Probabilities along the last axis: y = exp(x) / Σ exp(x), computed from x less its greatest, so that it never overflows.
/// The input has shape [batch, columns], or more axes before the last.
///
/// dx = y ∘ (dy − Σ y·dy).
/// A network that ``crossEntropy(_:_:classWeights:labelSmoothing:count:)`` trains needs none: that takes the logits.
public struct Softmax: Layer {
  /// The layer; it has no settings.
  public init() {}

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    overRows(input, layer: "Softmax", pass) { matrix, pass in
      let output = matrix.softmax()
      if pass.gradients.isEmpty { return (output, .none) }
      if !pass.gradients.contains(.input) { return (output, Pullback { _ in nil }) }
      return (
        output,
        Pullback { outputGradient in
          requireGradient(outputGradient, shape: output.shape, layer: "Softmax", path: pass.path)
          return gradient(of: outputGradient, output: output)
        }
      )
    }
  }

  private func gradient(of outputGradient: Tensor, output: Tensor) -> Tensor {
    unsafe Tensor(undefined: output.shape) { dx in
      var execution = unsafe Execution.current.kernelExecution
      unsafe output.withUnsafePointer { y in
        unsafe outputGradient.withUnsafePointer { dy in
          unsafe ck_softmax_gradient(
            &execution, output.shape[0], output.shape[1], y, dy, dx)
        }
      }
    }
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
