import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// The forward pass of a layer that is rules, one after the other: ``Perturb`` and ``Dropout``.
func perturb(
  _ input: Tensor, by rules: [NoiseRule], scales: LearnedScales = LearnedScales(),
  columns: Int? = nil, layer: String, _ pass: Pass
) -> (output: Tensor, pullback: Pullback) {
  overRows(input, columns: columns, layer: layer, pass) {
    perturbRows($0, by: rules, scales: scales, layer: layer, $1)
  }
}

/// The same of a matrix.
func perturbRows(
  _ input: Tensor, by rules: [NoiseRule], scales: LearnedScales = LearnedScales(), layer: String,
  _ pass: Pass
) -> (output: Tensor, pullback: Pullback) {
  let shape = input.shape
  let noise = pass.prepared(
    rules, site: "input", rows: shape[0], columns: shape[1], scales: scales
  ).measuring(input)
  let output = noise.isEmpty ? input : noise.applied(to: input)
  if pass.gradients.isEmpty { return (output, .none) }
  let learned =
    noise.isEmpty || !pass.gradients.contains(.parameters) ? [] : scales.at(site: "input")
  if learned.isEmpty && !pass.gradients.contains(.input) { return (output, Pullback { _ in nil }) }
  return (
    output,
    Pullback { outputGradient in
      requireGradient(outputGradient, shape: shape, layer: layer, path: pass.path)
      learned.requireUnchanged(layer: layer, path: pass.path)
      noise.addScaleGradients(learned, outputGradient)
      if !pass.gradients.contains(.input) { return nil }
      return noise.isEmpty ? outputGradient : noise.gradient(of: outputGradient)
    }
  )
}

extension Pass {
  /// The rules of one site of the layer that this pass is for, at their address; none in a pass without noise.
  func prepared(
    _ rules: [NoiseRule], site: String, rows: Int, columns: Int,
    scales: LearnedScales = LearnedScales()
  ) -> PreparedNoise {
    guard let noise, !rules.isEmpty else { return .none }
    return PreparedNoise(
      rules, stream: noise, site: siteName(site), rows: rows, columns: columns,
      learned: scales.at(site: site).map(\.learned), lengths: rowLengths)
  }

  /// The same for rules on a parameter of the layer. Its rows are its own: they count from 0 whatever rows of the batch
  /// this pass is for, so that every part of a batch has the same noise on it.
  func prepared(
    _ rules: [NoiseRule], on parameter: Parameter, site: String, scales: [SiteScale] = []
  ) -> PreparedNoise {
    guard let noise, !rules.isEmpty else { return .none }
    let (rows, columns) = parameter.matrixShape
    return PreparedNoise(
      rules, stream: noise.rows(from: 0), site: siteName(site), rows: rows, columns: columns,
      learned: scales.map(\.learnedOfElements))
  }

  private func siteName(_ site: String) -> String { path.isEmpty ? site : "\(path).\(site)" }
}

extension PreparedNoise {
  /// The rules with the scales that the signal entering the site gives them, if any are relative to it.
  func measuring(_ signal: Tensor) -> PreparedNoise {
    guard needsSignal else { return self }
    let rows = Parameter.matrixShape(of: signal.shape).rows
    return unsafe signal.withUnsafePointer { unsafe measuring($0, rows: rows) }
  }

  /// y = rules(x).
  func applied(to input: Tensor) -> Tensor {
    unsafe Tensor(undefined: input.shape) { y in
      let (rows, columns) = Parameter.matrixShape(of: input.shape)
      unsafe input.withUnsafePointer { unsafe apply(rows: rows, columns: columns, $0, y) }
    }
  }

  /// dx = dy·a, with the draws computed again.
  func gradient(of outputGradient: Tensor) -> Tensor {
    unsafe Tensor(undefined: outputGradient.shape) { dx in
      let (rows, columns) = Parameter.matrixShape(of: outputGradient.shape)
      unsafe outputGradient.withUnsafePointer {
        unsafe applyGradient(rows: rows, columns: columns, $0, dx)
      }
    }
  }

  func run(
    _ input: Tensor, _ rules: ck_rules,
    _ kernel: (
      UnsafePointer<ck_execution>, ck_rules, Int, Int, UnsafePointer<Float>,
      UnsafeMutablePointer<Float>
    ) -> ck_status
  ) -> Tensor {
    unsafe Tensor(undefined: input.shape) { y in
      unsafe input.withUnsafePointer { x in
        var execution = unsafe Execution.current.kernelExecution
        check(unsafe kernel(&execution, rules, input.shape[0], input.shape[1], x, y))
      }
    }
  }
}
