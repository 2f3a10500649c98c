import Layers
import NoiseDistributions

extension LayerCatalog {
  /// The layers of `Layers`, each under the name of its type.
  ///
  /// | layer | settings, with what they are where a description has none |
  /// |---|---|
  /// | `Sequential` | `layers` |
  /// | `Residual` | `inner`, `projection` (none) |
  /// | `LayerNorm` | `features`, `epsilon` (1e-5), `scaleAndShift` (true) |
  /// | `BatchNorm` | the same, and `momentum` (0.1) |
  /// | `Linear` | `inputs`, `outputs`, `bias` (true), `initializer` (`xavierUniform`), `inputNoise`, `weightNoise`, `biasNoise`, `outputNoise` (no rules) |
  /// | `NoisyLinear` | `inputs`, `outputs`, `bias` (true), `sigma` (0.5) |
  /// | `LocalReparameterizationLinear`, `FlipoutLinear` | `inputs`, `outputs`, `bias` (true), `initializer` (`xavierUniform`), `standardDeviation` (0.05) |
  /// | `Perturb` | `rules`, of which there is one; `columns` (any) |
  /// | `Dropout` | `rate` |
  /// | `ConcreteDropout` | `rate` (0.1), `temperature` (0.1) |
  /// | `LogNormalNoise` | `logStandardDeviation` (0.1) |
  /// | `ELU` | `alpha` (1) |
  /// | `LeakyReLU` | `negativeSlope` (0.01) |
  /// | `Softplus` | `beta` (1) |
  /// | `ReLU`, `SELU`, `SiLU`, `GELU`, `Sigmoid`, `Tanh`, `Softmax` | none |
  ///
  /// An initializer is `xavierUniform`, `xavierNormal`, `heUniform`, `heNormal` or `zeros`. It, `sigma`, `standardDeviation`
  /// and the `rate` and the `logStandardDeviation` that are learned make first values alone: they are read, and not
  /// written, since a checkpoint has the values of then.
  public static let standard: LayerCatalog = {
    var catalog = LayerCatalog()
    catalog.addComposites()
    catalog.addLinear()
    catalog.addLinearWithWeightNoise()
    catalog.addNormalisation()
    catalog.addNoise()
    catalog.addActivations()
    return catalog
  }()

  private mutating func addNoise() {
    add("Perturb") { settings in
      let rules = try settings.rules("rules")
      let columns = try settings.integer("columns", in: 0...NoiseStream.maximumColumns, default: 0)
      guard rules.count == 1 else { throw settings.error("rules", "one rule") }
      try settings.require(
        rules[0], "rules", learns: columns > 0 ? [.all, .perFeature] : [.all], isPadded: true)
      if rules[0].learnedScale?.sharing == .perFeature { try settings.take([columns], "columns") }
      return Perturb(rules[0], columns: columns == 0 ? nil : columns)
    } settings: { layer, describer in
      var settings = ["rules": try describer.rules([layer.rule])]
      if let columns = layer.columns { settings["columns"] = .integer(columns) }
      return settings
    }
    add("Dropout") {
      Dropout(rate: try $0.double("rate", in: .probability))
    } settings: { layer, _ in
      ["rate": .double(layer.rate)]
    }
    add("ConcreteDropout") {
      ConcreteDropout(
        rate: try $0.double("rate", in: .betweenZeroAndOne, default: 0.1),
        temperature: try $0.float("temperature", in: .positive, default: 0.1))
    } settings: { layer, _ in
      ["temperature": .float(layer.temperature)]
    }
    add("LogNormalNoise") {
      LogNormalNoise(
        logStandardDeviation: try $0.float("logStandardDeviation", in: .positive, default: 0.1))
    } settings: { _, _ in
      [:]
    }
  }

  private mutating func addActivations() {
    addWithoutSettings("ReLU") { ReLU() }
    addWithoutSettings("SELU") { SELU() }
    addWithoutSettings("SiLU") { SiLU() }
    addWithoutSettings("GELU") { GELU() }
    addWithoutSettings("Sigmoid") { Sigmoid() }
    addWithoutSettings("Tanh") { Tanh() }
    addWithoutSettings("Softmax") { Softmax() }
    add("ELU") {
      ELU(alpha: try $0.float("alpha", in: .finite, default: 1))
    } settings: { layer, _ in
      ["alpha": .float(layer.alpha)]
    }
    add("LeakyReLU") {
      LeakyReLU(negativeSlope: try $0.float("negativeSlope", in: .finite, default: 0.01))
    } settings: { layer, _ in
      ["negativeSlope": .float(layer.negativeSlope)]
    }
    add("Softplus") {
      Softplus(beta: try $0.float("beta", in: .positive, default: 1))
    } settings: { layer, _ in
      ["beta": .float(layer.beta)]
    }
  }

  private mutating func addWithoutSettings<Described: Layer & SendableMetatype>(
    _ name: String, _ make: @escaping @Sendable () -> Described
  ) {
    add(name) { _ in
      make()
    } settings: { _, _ in
      [:]
    }
  }
}

extension ParameterRange {
  /// A probability that has a logarithm, and whose complement has one, in single precision.
  fileprivate static let betweenZeroAndOne = ParameterRange("above 0 and below 1") {
    Float($0) > 0 && Float($0) < 1
  }
}
