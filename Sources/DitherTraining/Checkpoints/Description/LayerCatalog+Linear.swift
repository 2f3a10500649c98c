import Layers
import NoiseDistributions

extension LayerCatalog {
  mutating func addLinear() {
    add("Linear") { settings in
      let shape = try settings.shape("outputs", "inputs")
      let hasBias = try settings.boolean("bias", default: true)
      var layer = Linear(
        inputs: shape[1], outputs: shape[0], bias: hasBias,
        initializer: try settings.initializer())
      for site in Linear.Site.allCases {
        let name = site.noiseSetting
        for rule in try settings.rules(name) {
          switch site {
          case .input, .output:
            try settings.require(rule, name, learns: [.all, .perFeature], isPadded: true)
          case .weight, .bias:
            if site == .bias && !hasBias {
              throw settings.error(name, "none, as the layer has no bias")
            }
            try settings.require(rule, name, learns: [.perElement], isPadded: false)
          }
          if let sharing = rule.learnedScale?.sharing {
            let columns = site == .input ? shape[1] : shape[0]
            try settings.take(site == .weight ? shape : sharing == .all ? [] : [columns], name)
          }
          layer = layer.noise(rule, on: site)
        }
      }
      return layer
    } settings: { layer, describer in
      var settings = LayerDescription.sizes(layer.inputs, layer.outputs, layer.bias != nil)
      for site in Linear.Site.allCases {
        let rules = layer.rules(on: site)
        if !rules.isEmpty { settings[site.noiseSetting] = try describer.rules(rules) }
      }
      return settings
    }
  }

  mutating func addLinearWithWeightNoise() {
    add("NoisyLinear") { settings in
      let shape = try settings.shape("outputs", "inputs")
      return NoisyLinear(
        inputs: shape[1], outputs: shape[0], bias: try settings.boolean("bias", default: true),
        sigma: try settings.float("sigma", in: .nonNegative, default: 0.5))
    } settings: { layer, _ in
      LayerDescription.sizes(layer.inputs, layer.outputs, layer.bias != nil)
    }
    add("LocalReparameterizationLinear") { settings in
      let shape = try settings.shape("outputs", "inputs")
      return LocalReparameterizationLinear(
        inputs: shape[1], outputs: shape[0], standardDeviation: try settings.deviation(),
        bias: try settings.boolean("bias", default: true),
        initializer: try settings.initializer())
    } settings: { layer, _ in
      LayerDescription.sizes(layer.inputs, layer.outputs, layer.bias != nil)
    }
    add("FlipoutLinear") { settings in
      let shape = try settings.shape("outputs", "inputs")
      return FlipoutLinear(
        inputs: shape[1], outputs: shape[0], standardDeviation: try settings.deviation(),
        bias: try settings.boolean("bias", default: true),
        initializer: try settings.initializer())
    } settings: { layer, _ in
      LayerDescription.sizes(layer.inputs, layer.outputs, layer.bias != nil)
    }
  }
}

extension LayerDescription {
  /// What all linear layers have.
  fileprivate static func sizes(
    _ inputs: Int, _ outputs: Int, _ hasBias: Bool
  ) -> [String: Setting] {
    ["inputs": .integer(inputs), "outputs": .integer(outputs), "bias": .boolean(hasBias)]
  }
}

extension Linear.Site {
  fileprivate var noiseSetting: String { "\(rawValue)Noise" }
}

extension Linear {
  fileprivate func rules(on site: Site) -> [NoiseRule] {
    switch site {
    case .input: inputNoise
    case .weight: weightNoise
    case .bias: biasNoise
    case .output: outputNoise
    }
  }
}

extension LayerSettings {
  fileprivate func deviation() throws(LayerDescriptionError) -> Float {
    try float("standardDeviation", in: .positive, default: 0.05)
  }

  /// The rule for a weight's first value.
  fileprivate func initializer() throws(LayerDescriptionError) -> Initializer {
    let initializers: KeyValuePairs<String, Initializer> = [
      "xavierUniform": .xavierUniform, "xavierNormal": .xavierNormal, "heUniform": .heUniform,
      "heNormal": .heNormal, "zeros": .zeros,
    ]
    let name = try text("initializer") ?? "xavierUniform"
    guard let initializer = initializers.first(where: { $0.key == name })?.value else {
      let names = nearestFirst(initializers.map(\.key), to: name)
      throw error("initializer", "one of \(names.joined(separator: ", "))")
    }
    return initializer
  }

  /// Throws for a rule that would stop the program at a site.
  ///
  /// - Parameters:
  ///   - name: of the setting that has the rule.
  ///   - sharings: of the scales that the site can learn.
  ///   - isPadded: whether the site's rows may be padded.
  func require(
    _ rule: NoiseRule, _ name: String, learns sharings: [NoiseScale.Sharing], isPadded: Bool
  ) throws(LayerDescriptionError) {
    if let learned = rule.learnedScale, !sharings.contains(learned.sharing) {
      throw error(name, "rules without the learned scale of \(rule), which this site cannot have")
    }
    if rule.countsTrueSamplesAlone && !isPadded {
      throw error(name, "rules without the scale of \(rule), since no rows are padded here")
    }
  }
}
