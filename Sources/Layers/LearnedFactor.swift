import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// The forward pass of a layer that multiplies each element by a factor drawn from a distribution that one parameter θ,
/// a single number, shapes: y = x · k(θ), and dθ = Σ dy · x · dk/dθ, with the draws made again.
///
/// - Parameters:
///   - parameter: θ.
///   - factor: what k is drawn from.
///   - slope: what dk/dθ is drawn from: of the same words.
///   - layer: the layer's name.
func multiplyByLearnedFactor(
  _ input: Tensor, _ pass: Pass, parameter: Parameter, name: String, factor: any NoiseDistribution,
  slope: any NoiseDistribution, layer: String
) -> (output: Tensor, pullback: Pullback) {
  overRows(input, layer: layer, pass) { input, pass in
    let (output, inputPullback) = perturbRows(
      input, by: [.multiplying(factor)], layer: layer, pass)
    guard pass.gradients.contains(.parameters), pass.noise != nil else {
      return (output, inputPullback)
    }
    let noted = NotedParameter(parameter, name)
    return (
      output,
      Pullback { outputGradient in
        requireGradient(outputGradient, shape: input.shape, layer: layer, path: pass.path)
        noted.requireUnchanged(layer: layer, path: pass.path)
        let slopes = pass.prepared(
          [.adding(slope)], site: "input", rows: input.shape[0], columns: input.shape[1])
        unsafe slopes.withRules { rules in
          unsafe parameter.withUnsafeMutableGradient { gradient in
            unsafe (outputGradient * input).withUnsafePointer { product in
              var execution = unsafe Execution.current.kernelExecution
              check(
                unsafe ck_scale_gradient(
                  &execution, rules, 0, input.shape[0], input.shape[1], product, [1], false,
                  gradient))
            }
          }
        }
        return inputPullback(outputGradient)
      }
    )
  }
}
