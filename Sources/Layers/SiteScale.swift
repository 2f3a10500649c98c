import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// The parameter of one rule's scale, in one pass.
struct SiteScale {
  let slot: Int
  let noted: NotedParameter

  private var parameter: Parameter { noted.parameter }

  /// What the rule on rows of a batch is to draw with.
  var learned: LearnedScale {
    let scales = parameter.value.scalars.map(NoiseScale.learnedScale(ofParameter:))
    let values = unsafe ScaleValues(count: scales.count) {
      unsafe $0.initialize(from: scales, count: scales.count)
    }
    return LearnedScale(
      slot: slot, sharing: parameter.shape.isEmpty ? .all : .perFeature, values: values)
  }

  /// What the rule on a parameter of the layer is to draw with: a scale an element.
  var learnedOfElements: LearnedScale {
    let value = parameter.value
    let values = unsafe ScaleValues(count: value.count) { scales in
      var execution = unsafe Execution.current.kernelExecution
      unsafe value.withUnsafePointer {
        unsafe ck_unary(&execution, CK_SOFTPLUS, value.count, $0, scales)
      }
    }
    return LearnedScale(slot: slot, sharing: .perElement, values: values)
  }

  /// What the gradient of a parameter under the rules is multiplied by to be that of a scale an element of it.
  func factors(_ noise: PreparedNoise) -> any GradientFactors {
    ElementScaleFactors(noise: noise, slot: slot, value: parameter.value, version: noted.version)
  }

  /// The sum for ``factors(_:)``.
  func accumulateGradient(
    times factors: any GradientFactors, copying sum: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns) = parameter.matrixShape
    unsafe parameter.accumulateGradient(times: factors) { own, _ in
      // No rules: a copy, by all threads.
      let none = unsafe ck_rules(items: nil, count: 0, row: 0)
      var execution = unsafe Execution.current.kernelExecution
      check(unsafe ck_apply_rules(&execution, none, rows, columns, sum, own))
    }
  }

  /// Whether the parameter's gradient is a sum that goes on with the factors.
  func isSumming(times factors: any GradientFactors) -> Bool {
    parameter.isSummingGradient(times: factors)
  }

  func completeGradient() { parameter.completeGradient() }

  /// Adds Σ dy · d · dscale/dθ.
  fileprivate func addGradient(_ rules: ck_rules, _ outputGradient: Tensor) {
    let slopes = parameter.value.scalars.map(NoiseScale.slope(ofParameter:))
    unsafe parameter.withUnsafeMutableGradient { gradient in
      unsafe outputGradient.withUnsafePointer { dy in
        var execution = unsafe Execution.current.kernelExecution
        check(
          unsafe ck_scale_gradient(
            &execution, rules, Int32(slot), outputGradient.shape[0], outputGradient.shape[1], dy,
            slopes, parameter.shape.count == 1, gradient))
      }
    }
  }
}

extension [SiteScale] {
  /// Stops if a parameter has changed since the pass began.
  func requireUnchanged(layer: String, path: String) {
    for scale in self { scale.noted.requireUnchanged(layer: layer, path: path) }
  }
}

/// d · dscale/dθ at each element, with the factors of the rules that come after. The draws are made again.
private struct ElementScaleFactors: GradientFactors {
  let noise: PreparedNoise
  let slot: Int
  /// θ as it was in the forward pass.
  let value: Tensor
  let version: Int

  func areSame(as other: any GradientFactors) -> Bool {
    guard let other = other as? ElementScaleFactors else { return false }
    return slot == other.slot && version == other.version && noise.isSame(as: other.noise)
  }

  func multiply(_ gradient: UnsafeMutablePointer<Float>) {
    let (rows, columns) = Parameter.matrixShape(of: value.shape)
    var execution = unsafe Execution.current.kernelExecution
    unsafe noise.withRules { rules in
      let own = unsafe rules.items + slot
      let later = unsafe ck_rules(
        items: own + 1, count: rules.count - Int32(slot) - 1, row: rules.row)
      if unsafe later.count > 0 {
        check(
          unsafe ck_apply_rules_gradient(&execution, later, rows, columns, gradient, gradient))
      }
      var draw = unsafe own.pointee
      unsafe (draw.kind, draw.scale, draw.scales) = (CK_MULTIPLY, 1, ck_scales())
      unsafe withUnsafePointer(to: &draw) { draw in
        let multiplied = unsafe ck_rules(items: draw, count: 1, row: rules.row)
        check(unsafe ck_apply_rules(&execution, multiplied, rows, columns, gradient, gradient))
      }
    }
    unsafe value.withUnsafePointer { value in
      unsafe ck_unary_gradient(
        &execution, CK_SOFTPLUS, self.value.count, value, gradient, gradient)
    }
  }
}

extension PreparedNoise {
  /// Adds to the parameters of a site's learned scales: the last rule first, each with the gradient of its own output.
  ///
  /// - Parameter outputGradient: of the last rule's output, the site's.
  func addScaleGradients(_ scales: [SiteScale], _ outputGradient: Tensor) {
    guard !isEmpty, let first = scales.map(\.slot).min() else { return }
    unsafe withRules { rules in
      let count = unsafe Int(rules.count)
      var gradient = outputGradient
      for slot in (first..<count).reversed() {
        if let scale = scales.first(where: { $0.slot == slot }) {
          unsafe scale.addGradient(rules, gradient)
        } else {
          let one = unsafe ck_rules(items: rules.items + slot, count: 1, row: rules.row)
          gradient = unsafe run(gradient, one) {
            unsafe ck_apply_rules_gradient($0, $1, $2, $3, $4, $5)
          }
        }
      }
    }
  }
}
