import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers

/// The network of a study without noise, and what trains it.
struct LayerModel: Sendable {
  let description: LayerDescription
  /// For messages.
  let name: String
  let optimizer: OptimizerSettings

  /// The description with a rule at a site.
  ///
  /// - Throws: `UsageError` where the network has no such site.
  func description(with rule: NoiseRule?, at site: StudySite?) throws(UsageError)
    -> LayerDescription
  {
    guard let rule, let site else { return description }
    var changed = description
    try SiteNoise(Self.text(rule, at: site)).add(to: &changed)
    return changed
  }

  /// A rule at a site, as `--noise` takes it.
  static func text(_ rule: NoiseRule, at site: StudySite) -> String {
    "\(site.text)=\(text(rule))"
  }

  /// A rule as text. All rules of a study have some.
  static func text(_ rule: NoiseRule) -> String { try! Catalogs.noise.text(of: rule) }

  /// The network with a rule at a site that it has.
  func network(_ rule: NoiseRule?, _ site: StudySite?) -> any Layer {
    // The study has made one of each kind before.
    try! Catalogs.layers.layer(description(with: rule, at: site))
  }

  /// The settings for a training of so many steps: where no schedule is given, the rate falls to 0 along a cosine.
  func optimizer(steps: Int) -> OptimizerSettings {
    var settings = optimizer
    if settings.schedule == nil, let rate = settings.learningRate {
      settings.schedule = "cosine:\(rate),0,\(steps)"
      settings.learningRate = nil
    }
    return settings
  }

  /// What trains parameters, by settings that have been checked.
  func makeOptimizer(
    _ parameters: [Parameter], rows: Int, steps: Int, seed: UInt64
  ) -> any Optimizer {
    let settings = optimizer(steps: steps)
    return try! settings.makeOptimizer(parameters, rows: rows, noise: NoiseStream(seed: seed))
  }
}
