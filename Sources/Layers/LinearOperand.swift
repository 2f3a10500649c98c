import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// A weight or a bias in one pass: the parameter with its version, the rules on it, and what its gradient is multiplied by.
struct LinearOperand {
  let noted: NotedParameter
  let noise: PreparedNoise
  /// e^(power·parameter) where that stands in the parameter's place; nil where it stands itself.
  private let exponential: Tensor?
  private let power: Float

  /// - Parameters:
  ///   - name: of the parameter, for messages.
  ///   - rules: those at the site "weight" or "bias" of the layer.
  ///   - site: which.
  ///   - power: where the parameter is a logarithm, the power of its number that stands in its place: e^(power·parameter).
  init(
    _ parameter: Parameter, _ name: String, rules: [NoiseRule] = [], site: String = "", pass: Pass,
    power: Float? = nil
  ) {
    noted = NotedParameter(parameter, name)
    exponential = power.map { $0 == 1 ? parameter.value.exp() : (parameter.value * $0).exp() }
    noise = pass.prepared(rules, on: parameter, site: site).measuring(
      exponential ?? parameter.value)
    self.power = power ?? 1
  }

  var parameter: Parameter { noted.parameter }

  /// What the rules are applied to.
  var value: Tensor { exponential ?? parameter.value }

  /// The value as the forward product of the instruction set in force reads it, if there is such a copy and no rule changes
  /// the value.
  var packed: Tensor? {
    guard noise.isEmpty, exponential == nil, let packed = parameter.packed,
      packed.instructionSet == Execution.current.instructionSet
    else { return nil }
    return packed.weight
  }

  /// Gives `body` the gradient of the parameter to add that of rules(value) to; the rules' factors are applied when
  /// the sum over the batch is complete.
  func accumulateGradient(
    _ body: (_ gradient: UnsafeMutablePointer<Float>, _ accumulate: Bool) -> Void
  ) {
    let scales = noise.scalesGradient || exponential != nil
    let factors =
      scales ? Factors(noise: noise, exponential: exponential, power: power, noted: noted) : nil
    unsafe parameter.accumulateGradient(times: factors, body)
  }

  private struct Factors: GradientFactors {
    let noise: PreparedNoise
    let exponential: Tensor?
    let power: Float
    let noted: NotedParameter

    func areSame(as other: any GradientFactors) -> Bool {
      guard let other = other as? Factors else { return false }
      return noted.version == other.noted.version && noise.isSame(as: other.noise)
        && (exponential == nil) == (other.exponential == nil) && power == other.power
    }

    func multiply(_ gradient: UnsafeMutablePointer<Float>) {
      let (rows, columns) = noted.parameter.matrixShape
      if noise.scalesGradient {
        unsafe noise.applyGradient(rows: rows, columns: columns, gradient, gradient)
      }
      guard let exponential else { return }
      let derivative = power == 1 ? exponential : exponential * power
      var execution = unsafe Execution.current.kernelExecution
      unsafe derivative.withUnsafePointer {
        unsafe ck_binary(
          &execution, CK_TIMES, 1, derivative.count, gradient, $0, derivative.count, 1, gradient)
      }
    }
  }
}
