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

  /// Makes the parameter of a rule on rows of a batch, if it learns its scale.
  ///
  /// - Parameter columns: of the site; nil if the layer knows them only in a pass.
  mutating func add(_ rule: NoiseRule, site: String, slot: Int, columns: Int?, layer: String) {
    guard let (initial, sharing) = rule.learnedScale else { return }
    switch sharing {
    case .all:
      add(initial, shape: [], site: site, slot: slot)
    case .perFeature:
      guard let columns else {
        misuse(
          "\(layer): the rule \(rule) learns a scale a column; expected the number of columns, as in \(layer)(rule, columns: 64)"
        )
      }
      add(initial, shape: [columns], site: site, slot: slot)
    case .perElement:
      misuse(
        "\(layer): the rule \(rule) on the \(site) learns a scale an element, and there are no weights there; expected .all or .perFeature, or the rule on the weight or the bias of a Linear layer"
      )
    }
  }

  /// Makes the parameter of a rule on a parameter of the layer, if it learns its scale.
  mutating func add(
    _ rule: NoiseRule, site: String, slot: Int, on parameter: Parameter, layer: String
  ) {
    guard let (initial, sharing) = rule.learnedScale else { return }
    require(
      sharing == .perElement,
      "\(layer): the rule \(rule) on the \(site) learns a scale that elements share; expected one for each, as in .learned(\(initial), .perElement)"
    )
    add(initial, shape: parameter.shape, site: site, slot: slot)
  }

  private mutating func add(_ initial: Float, shape: [Int], site: String, slot: Int) {
    let start = NoiseScale.parameter(ofLearnedScale: initial)
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
