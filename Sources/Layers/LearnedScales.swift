import CKernels
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// The parameters of the scales that the rules of a layer learn.
///
/// A rule is a value that knows no parameter: `NoiseDistributions` can be used without tensors, and one rule may be put
/// on many layers, each of which learns a scale of its own. So a layer makes the parameter when it takes the rule, of
/// the site's shape, and shows it in its visit as it shows a weight: "scale" in a site such as "input" ("scale1" if the
/// rule is the second there, and so on).
struct LearnedScales {
  private var scales: [(site: String, slot: Int, parameter: Parameter)] = []

  /// Makes the parameter of a rule, if it learns its scale.
  ///
  /// - Parameter columns: of the site; nil if the layer knows them only in a pass.
  mutating func add(_ rule: NoiseRule, site: String, slot: Int, columns: Int?, layer: String) {
    guard let (initial, sharing) = rule.learnedScale else { return }
    require(
      sharing == .all || columns != nil,
      "\(layer): the rule \(rule) learns a scale a column; expected the number of columns, as in \(layer)(rule, columns: 64)"
    )
    let start = NoiseScale.parameter(ofLearnedScale: initial)
    let shape = sharing == .all ? [] : [columns!]
    scales.append((site, slot, Parameter(Tensor(repeating: start, shape: shape))))
  }

  mutating func visit(_ visitor: inout LayerVisitor) {
    for index in scales.indices {
      let slot = scales[index].slot
      visitor.parameter(
        slot == 0 ? "scale" : "scale\(slot)", ofSite: scales[index].site, &scales[index].parameter)
    }
  }

  /// Those of one site, with the versions that their parameters have.
  func at(site: String) -> [SiteScale] {
    scales.filter { $0.site == site }
      .map { SiteScale(slot: $0.slot, noted: NotedParameter($0.parameter, "\(site).scale")) }
  }
}

extension [SiteScale] {
  /// Stops if a parameter has changed since the pass began.
  func requireUnchanged(layer: String, path: String) {
    for scale in self { scale.noted.requireUnchanged(layer: layer, path: path) }
  }
}

/// The parameter of one rule's scale, in one pass.
struct SiteScale {
  let slot: Int
  let noted: NotedParameter

  private var parameter: Parameter { noted.parameter }

  /// What the rule is to draw with.
  var learned: LearnedScale {
    LearnedScale(
      slot: slot, values: parameter.value.scalars.map(NoiseScale.learnedScale(ofParameter:)))
  }

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
