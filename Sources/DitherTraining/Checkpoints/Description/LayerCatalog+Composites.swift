import Layers
import NoiseDistributions

extension LayerCatalog {
  mutating func addComposites() {
    add("Sequential") {
      Sequential(try $0.layers("layers"))
    } settings: { layer, describer in
      ["layers": try describer.layers(layer.layers)]
    }
    add("Residual") { settings in
      let inner = try settings.layer("inner")
      let hasProjection = settings.described("projection") != nil
      return Residual(inner, projection: hasProjection ? try settings.layer("projection") : nil)
    } settings: { layer, describer in
      var settings = ["inner": try describer.layer(layer.inner, named: "inner")]
      if let projection = layer.projection {
        settings["projection"] = try describer.layer(projection, named: "projection")
      }
      return settings
    }
  }

  mutating func addNormalisation() {
    add("LayerNorm") { settings in
      let features = try settings.integer("features", in: 1...Int(Int32.max))
      let hasParameters = try settings.boolean("scaleAndShift", default: true)
      if hasParameters { try settings.take([features], "features") }
      return LayerNorm(
        features: features, epsilon: try settings.float("epsilon", in: .positive, default: 1e-5),
        scaleAndShift: hasParameters)
    } settings: { layer, _ in
      [
        "features": .integer(layer.features), "epsilon": .float(layer.epsilon),
        "scaleAndShift": .boolean(layer.scale != nil),
      ]
    }
    add("BatchNorm") { settings in
      let shape = try settings.shape("features")
      return BatchNorm(
        features: shape[0], epsilon: try settings.float("epsilon", in: .positive, default: 1e-5),
        momentum: try settings.float("momentum", in: .probability, default: 0.1),
        scaleAndShift: try settings.boolean("scaleAndShift", default: true))
    } settings: { layer, _ in
      [
        "features": .integer(layer.features), "epsilon": .float(layer.epsilon),
        "momentum": .float(layer.momentum), "scaleAndShift": .boolean(layer.scale != nil),
      ]
    }
  }
}
