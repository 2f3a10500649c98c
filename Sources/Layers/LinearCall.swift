import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// One use of a linear product in one pass: its noise at its address, and the three products.
struct LinearCall {
  /// The layer's name, for messages.
  let layer: String
  let path: String
  let weight: LinearOperand
  let bias: LinearOperand?
  var inputNoise: PreparedNoise
  var outputNoise: PreparedNoise
  let batch: Int

  /// y = outputNoise(inputNoise(x)·weightNoise(W)ᵀ + biasNoise(b)).
  func output(of input: Tensor) -> Tensor {
    let bias = bias.map { $0.noise.isEmpty ? $0.value : $0.noise.applied(to: $0.value) }
    return unsafe Tensor(undefined: [batch, outputs]) { y in
      unsafe withKernelCall { execution, linear in
        unsafe input.withUnsafePointer { x in
          unsafe weight.value.withUnsafePointer { weightPointer in
            unsafe withPointer(weight.packed) { packed in
              unsafe withPointer(bias) { bias in
                unsafe ck_linear_forward(&execution, &linear, x, weightPointer, packed, bias, y)
              }
            }
          }
        }
      }
    }
  }

  /// - Parameters:
  ///   - input: the forward pass's.
  ///   - gradients: those that the pass wants.
  func pullback(input: Tensor, gradients: Pass.Gradients) -> Pullback {
    Pullback { outputGradient in
      requireGradient(outputGradient, shape: [batch, outputs], layer: layer, path: path)
      weight.requireUnchanged(layer: layer, path: path)
      bias?.requireUnchanged(layer: layer, path: path)
      if gradients.contains(.parameters) { addParameterGradients(input, outputGradient) }
      return gradients.contains(.input) ? inputGradient(input.shape, outputGradient) : nil
    }
  }

  private var outputs: Int { weight.parameter.shape[0] }

  /// dx = inputNoise'((outputNoise' dy)·weightNoise(W)).
  private func inputGradient(_ shape: [Int], _ outputGradient: Tensor) -> Tensor {
    unsafe Tensor(undefined: shape) { dx in
      unsafe withKernelCall { execution, linear in
        unsafe outputGradient.withUnsafePointer { dy in
          unsafe weight.value.withUnsafePointer { weight in
            unsafe ck_linear_input_gradient(&execution, &linear, dy, weight, dx)
          }
        }
      }
    }
  }

  /// dW += weightNoise'((outputNoise' dy)ᵀ·inputNoise(x)), db += biasNoise'(Σ_rows outputNoise' dy): both sums go on from
  /// what is there, if anything is.
  private func addParameterGradients(_ input: Tensor, _ outputGradient: Tensor) {
    unsafe withKernelCall { execution, linear in
      unsafe input.withUnsafePointer { x in
        unsafe outputGradient.withUnsafePointer { dy in
          var status = CK_OK
          unsafe weight.accumulateGradient { dweight, accumulate in
            unsafe withGradient(of: bias) { dbias in
              unsafe status = ck_linear_weight_gradient(
                &execution, &linear, x, dy, accumulate, dweight, dbias)
            }
          }
          return status
        }
      }
    }
  }

  private func withKernelCall(_ body: (inout ck_execution, inout ck_linear) -> ck_status) {
    unsafe inputNoise.withRules { inputRules in
      unsafe weight.noise.withRules { weightRules in
        unsafe outputNoise.withRules { outputRules in
          var execution = unsafe Execution.current.kernelExecution
          var linear = unsafe ck_linear(
            batch: batch, inputs: weight.parameter.shape[1], outputs: outputs,
            input_rules: inputRules, weight_rules: weightRules, output_rules: outputRules)
          check(unsafe body(&execution, &linear))
        }
      }
    }
  }
}

/// A kernel's optional argument.
func withPointer<Result>(
  _ tensor: Tensor?, _ body: (UnsafePointer<Float>?) -> Result
) -> Result {
  guard let tensor else { return body(nil) }
  return unsafe tensor.withUnsafePointer { unsafe body($0) }
}

/// The gradient of a bias, which the kernel always goes on from.
private func withGradient(of bias: LinearOperand?, _ body: (UnsafeMutablePointer<Float>?) -> Void) {
  guard let bias else { return body(nil) }
  unsafe bias.accumulateGradient { gradient, accumulate in
    if !accumulate { unsafe gradient.update(repeating: 0, count: bias.parameter.shape[0]) }
    unsafe body(gradient)
  }
}
