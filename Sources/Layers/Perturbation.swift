import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// The forward pass of a layer that is rules, one after the other: ``Perturb`` and ``Dropout``.
func perturb(
  _ input: Tensor, by rules: [NoiseRule], layer: String, _ pass: Pass
) -> (output: Tensor, pullback: Pullback) {
  requireMatrix(input, columns: nil, layer: layer, path: pass.path)
  let shape = input.shape
  let noise = pass.prepared(rules, site: "input", rows: shape[0], columns: shape[1])
  let output = noise.isEmpty ? input : noise.applied(to: input)
  if pass.gradients.isEmpty { return (output, .none) }
  if !pass.gradients.contains(.input) { return (output, Pullback { _ in nil }) }
  return (
    output,
    Pullback { outputGradient in
      requireGradient(outputGradient, shape: shape, layer: layer, path: pass.path)
      return noise.isEmpty ? outputGradient : noise.gradient(of: outputGradient)
    }
  )
}

extension Pass {
  /// The rules of one site of the layer that this pass is for, at their address; none in a pass without noise.
  func prepared(
    _ rules: [NoiseRule], site: String, rows: Int, columns: Int
  ) -> PreparedNoise {
    guard let noise, !rules.isEmpty else { return .none }
    return PreparedNoise(
      rules, stream: noise, site: path.isEmpty ? site : "\(path).\(site)", rows: rows,
      columns: columns)
  }
}

extension PreparedNoise {
  /// y = rules(x).
  fileprivate func applied(to input: Tensor) -> Tensor {
    unsafe run(input) { unsafe ck_apply_rules($0, $1, $2, $3, $4, $5) }
  }

  /// dx = dy·a, with the draws computed again.
  fileprivate func gradient(of outputGradient: Tensor) -> Tensor {
    unsafe run(outputGradient) { unsafe ck_apply_rules_gradient($0, $1, $2, $3, $4, $5) }
  }

  private func run(
    _ input: Tensor,
    _ kernel: (
      UnsafePointer<ck_execution>, ck_rules, Int, Int, UnsafePointer<Float>,
      UnsafeMutablePointer<Float>
    ) -> ck_status
  ) -> Tensor {
    unsafe Tensor(undefined: input.shape) { y in
      unsafe input.withUnsafePointer { x in
        unsafe withRules { rules in
          var execution = unsafe Execution.current.kernelExecution
          check(unsafe kernel(&execution, rules, input.shape[0], input.shape[1], x, y))
        }
      }
    }
  }
}
