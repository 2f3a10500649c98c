import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// One use of a ``Linear`` in one pass: its noise at its address, and the three products.
struct LinearCall {
  private let noted: (weight: NotedParameter, bias: NotedParameter?)
  private let path: String
  private let inputNoise: PreparedNoise
  private let outputNoise: PreparedNoise
  private let batch: Int

  init(_ layer: Linear, batch: Int, pass: Pass) {
    noted = (NotedParameter(layer.weight, "weight"), layer.bias.map { NotedParameter($0, "bias") })
    path = pass.path
    self.batch = batch
    inputNoise = pass.prepared(layer.inputNoise, site: "input", rows: batch, columns: layer.inputs)
    outputNoise = pass.prepared(
      layer.outputNoise, site: "output", rows: batch, columns: layer.outputs)
  }

  private var weight: Parameter { noted.weight.parameter }
  private var bias: Parameter? { noted.bias?.parameter }

  /// y = outputNoise(inputNoise(x)·Wᵀ + b).
  func output(of input: Tensor) -> Tensor {
    unsafe Tensor(undefined: [batch, weight.shape[0]]) { y in
      unsafe withKernelCall { execution, linear in
        unsafe input.withUnsafePointer { x in
          unsafe weight.value.withUnsafePointer { weight in
            unsafe withPointer(packedWeight) { packed in
              unsafe withPointer(bias?.value) { bias in
                unsafe ck_linear_forward(&execution, &linear, x, weight, packed, bias, y)
              }
            }
          }
        }
      }
    }
  }

  /// - Parameters:
  ///   - input: the forward pass's.
  ///   - shape: the output's.
  ///   - gradients: those that the pass wants.
  func pullback(input: Tensor, shape: [Int], gradients: Pass.Gradients) -> Pullback {
    Pullback { outputGradient in
      requireGradient(outputGradient, shape: shape, layer: "Linear", path: path)
      noted.weight.requireUnchanged(layer: "Linear", path: path)
      noted.bias?.requireUnchanged(layer: "Linear", path: path)
      if gradients.contains(.parameters) { addParameterGradients(input, outputGradient) }
      return gradients.contains(.input) ? inputGradient(input.shape, outputGradient) : nil
    }
  }

  /// dx = inputNoise'((outputNoise' dy)·W).
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

  /// dW += (outputNoise' dy)ᵀ·inputNoise(x), db += Σ_rows outputNoise' dy: both go on from what is there, if anything is.
  private func addParameterGradients(_ input: Tensor, _ outputGradient: Tensor) {
    unsafe withKernelCall { execution, linear in
      unsafe input.withUnsafePointer { x in
        unsafe outputGradient.withUnsafePointer { dy in
          var status = CK_OK
          unsafe weight.accumulateGradient { dweight, accumulate in
            unsafe withGradient(bias) { dbias in
              unsafe status = ck_linear_weight_gradient(
                &execution, &linear, x, dy, accumulate, dweight, dbias)
            }
          }
          return status
        }
      }
    }
  }

  private var packedWeight: Tensor? {
    guard let packed = weight.packed,
      packed.instructionSet == Execution.current.instructionSet
    else { return nil }
    return packed.weight
  }

  private func withKernelCall(_ body: (inout ck_execution, inout ck_linear) -> ck_status) {
    unsafe inputNoise.withRules { inputRules in
      unsafe outputNoise.withRules { outputRules in
        var execution = unsafe Execution.current.kernelExecution
        var linear = unsafe ck_linear(
          batch: batch, inputs: weight.shape[1], outputs: weight.shape[0],
          input_rules: inputRules, output_rules: outputRules)
        check(unsafe body(&execution, &linear))
      }
    }
  }
}

/// A kernel's optional argument.
private func withPointer<Result>(
  _ tensor: Tensor?, _ body: (UnsafePointer<Float>?) -> Result
) -> Result {
  guard let tensor else { return body(nil) }
  return unsafe tensor.withUnsafePointer { unsafe body($0) }
}

private func withGradient(_ parameter: Parameter?, _ body: (UnsafeMutablePointer<Float>?) -> Void) {
  guard let parameter else { return body(nil) }
  unsafe parameter.withUnsafeMutableGradient { unsafe body($0) }
}
