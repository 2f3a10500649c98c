import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// A weight or a bias in one pass: the parameter with its version, the rules on it, and what its gradient is multiplied by.
struct LinearOperand {
  let noted: NotedParameter
  let noise: PreparedNoise
  /// The scales that the rules learn.
  private let scales: [SiteScale]
  /// Whether gradients go on to the scales.
  private let learnsScales: Bool
  /// e^(power·parameter) where that stands in the parameter's place; nil where it stands itself.
  private let exponential: Tensor?
  private let power: Float

  /// - Parameters:
  ///   - name: of the parameter, for messages.
  ///   - rules: those at the site "weight" or "bias" of the layer.
  ///   - site: which.
  ///   - scales: those that the rules of the layer learn.
  ///   - power: where the parameter is a logarithm, the power of its number that stands in its place: e^(power·parameter).
  init(
    _ parameter: Parameter, _ name: String, rules: [NoiseRule] = [], site: String = "",
    scales: LearnedScales = LearnedScales(), pass: Pass, power: Float? = nil
  ) {
    noted = NotedParameter(parameter, name)
    exponential = power.map { $0 == 1 ? parameter.value.exp() : (parameter.value * $0).exp() }
    self.scales = scales.at(site: site)
    noise = pass.prepared(rules, on: parameter, site: site, scales: self.scales)
      .measuring(exponential ?? parameter.value)
    learnsScales =
      !noise.isEmpty && !self.scales.isEmpty && pass.gradients.contains(.parameters)
    self.power = power ?? 1
  }

  var parameter: Parameter { noted.parameter }

  /// Stops if the parameter, or that of a scale, has changed since the pass began.
  func requireUnchanged(layer: String, path: String) {
    noted.requireUnchanged(layer: layer, path: path)
    if learnsScales { scales.requireUnchanged(layer: layer, path: path) }
  }

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
  /// the sum over the batch is complete. So are those of learned scales, on copies of the sum.
  func accumulateGradient(
    _ body: (_ gradient: UnsafeMutablePointer<Float>, _ accumulate: Bool) -> Void
  ) {
    guard noise.scalesGradient || exponential != nil || learnsScales else {
      return unsafe parameter.accumulateGradient(body)
    }
    let factors = Factors(noise: noise, exponential: exponential, power: power, noted: noted)
    guard learnsScales else {
      return unsafe parameter.accumulateGradient(times: factors, body)
    }
    let ofScales = scales.map { $0.factors(noise) }
    // A scale's sum is the parameter's: where one of them was cleared or completed, all begin anew.
    let goOn =
      parameter.isSummingGradient(times: factors)
      && zip(scales, ofScales).allSatisfy { $0.isSumming(times: $1) }
    if !goOn {
      parameter.completeGradient()
      for scale in scales { scale.completeGradient() }
    }
    unsafe parameter.accumulateGradient(times: factors) { sum, accumulate in
      unsafe body(sum, accumulate)
      for (scale, factors) in zip(scales, ofScales) {
        unsafe scale.accumulateGradient(times: factors, copying: sum)
      }
    }
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
