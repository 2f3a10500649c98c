import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Testing

/// A layer of the tests' own, which holds another.
private struct Doubled: Layer {
  var inner: any Layer
  var factor: Float

  func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    let (output, pullback) = inner.forward(input, pass.child("inner"))
    return (output * factor, Pullback { pullback($0 * factor) })
  }

  mutating func visit(_ visitor: inout LayerVisitor) { visitor.child("inner", &inner) }
}

@Suite("Networks as descriptions")
struct LayerDescriptionTests {
  private let catalog = LayerCatalog.standard

  /// Every layer of the module, with settings that are not those of its initialiser.
  private static var everything: Sequential {
    Sequential {
      Linear(inputs: 4, outputs: 8, bias: false)
        .noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
        .noise(.dropout(rate: 0.25), on: .input)
        .noise(.dropout(rate: 0.1), on: .weight)
      Linear(inputs: 8, outputs: 8)
        .noise(.multiplying(Uniform(low: 0.5, high: 1.5)), on: .bias)
        .noise(.adding(Laplace(scale: 0.1), scale: .fixed(0.3)), on: .output)
      NoisyLinear(inputs: 8, outputs: 8, bias: false)
      LocalReparameterizationLinear(inputs: 8, outputs: 8, standardDeviation: 0.1)
      FlipoutLinear(inputs: 8, outputs: 8, standardDeviation: 0.1, bias: false)
      Perturb(.gaussianDropout(rate: 0.3), columns: 8)
      Dropout(rate: 0.1 + 0.2)
      ConcreteDropout(rate: 0.2, temperature: 0.3)
      LogNormalNoise(logStandardDeviation: 0.2)
      LayerNorm(features: 8, epsilon: 1e-3, scaleAndShift: false)
      BatchNorm(features: 8, epsilon: 1e-4, momentum: 0.3)
      Residual(projection: Linear(inputs: 8, outputs: 8)) {
        ELU(alpha: 0.7)
        LeakyReLU(negativeSlope: 0.1)
      }
      Softplus(beta: 2)
      ReLU()
      SELU()
      SiLU()
      GELU()
      Sigmoid()
      Tanh()
      Softmax()
    }
  }

  @Test("Every layer comes back from its description: names, shapes, outputs and noise")
  func everyLayer() throws {
    var model = Self.everything.initialized(seed: 1)
    let description = try catalog.description(of: model)
    #expect(try LayerDescription(json: description.json) == description)
    let made = try catalog.layer(try LayerDescription(json: description.json))
    #expect(try catalog.description(of: made) == description)
    #expect(made.namedParameters.map(\.name) == model.namedParameters.map(\.name))

    var checkpoint = Checkpoint(of: model, step: 0)
    checkpoint.model = description
    let loaded = try checkpoint.makeModel()
    let input = Tensor((0..<12).map { Float($0) / 5 - 1 }, shape: [3, 4])
    #expect(loaded(input).isBitwiseEqual(to: model(input)))
    let pass = Pass.sampling(NoiseStream(seed: 3).at(step: 1))
    let noisy = model.forward(input, pass).output
    #expect(loaded.forward(input, pass).output.isBitwiseEqual(to: noisy))
    #expect(!noisy.isBitwiseEqual(to: model(input)))
    try checkpoint.restore(to: &model)
  }

  @Test("The catalog has every layer of the module that is public")
  func namesOfLayers() throws {
    let used = try catalog.description(of: Self.everything).json
    for name in catalog.names { #expect(used.contains("\"layer\":\"\(name)\""), "\(name)") }
    #expect(catalog.names.count == 22)
  }

  @Test("Settings that are left out are those of the initialisers")
  func defaults() throws {
    let made = try catalog.layer(
      LayerDescription(
        json: """
          {"layer": "Sequential", "layers": [
            {"layer": "Linear", "inputs": 3, "outputs": 2}, {"layer": "ELU"},
            {"layer": "Softplus"}, {"layer": "LeakyReLU"}]}
          """))
    let written = Sequential(seed: 4) {
      Linear(inputs: 3, outputs: 2)
      ELU()
      Softplus()
      LeakyReLU()
    }
    let input = Tensor(rows: [[1, -2, 3], [-1, 0.5, 2]])
    #expect(made.initialized(seed: 4)(input).isBitwiseEqual(to: written(input)))
  }

  @Test("Numbers keep every bit")
  func numbers() throws {
    for value in [
      Float(0.1), 1 / 3, 0x1p-149, .greatestFiniteMagnitude, -Float.leastNormalMagnitude,
    ] {
      let description = LayerDescription("ELU", ["alpha": .float(value)])
      let read = try LayerDescription(json: description.json)
      let layer = try #require(try catalog.layer(read) as? ELU)
      #expect(layer.alpha.bitPattern == value.bitPattern)
    }
    let rate = 0.1 + 0.2
    let dropout = try catalog.layer(LayerDescription("Dropout", ["rate": .double(rate)]))
    #expect((dropout as? Dropout)?.rate == rate)
  }

  @Test("A layer of one's own is added to the catalog, with what it holds")
  func ownLayer() throws {
    var catalog = LayerCatalog.standard
    catalog.add("Doubled") {
      Doubled(inner: try $0.layer("inner"), factor: try $0.float("factor", in: .finite))
    } settings: { layer, describer in
      [
        "inner": try describer.layer(layer.inner, named: "inner"), "factor": .float(layer.factor),
      ]
    }
    let model = Sequential(seed: 1) { Doubled(inner: Linear(inputs: 2, outputs: 2), factor: 3) }
    let description = try catalog.description(of: model)
    var checkpoint = Checkpoint(of: model, step: 0)
    checkpoint.model = description
    let input = Tensor(rows: [[1, 2]])
    let made = try checkpoint.makeModel(from: catalog)
    let output = made(input)
    #expect(output == model(input))
    let unknown = #expect(throws: CheckpointError.self) { try checkpoint.makeModel() }
    #expect("\(try #require(unknown))".contains("the layer at path \"0\": the layer \"Doubled\""))
    let lacking = #expect(throws: LayerDescriptionError.self) {
      try LayerCatalog.standard.description(of: model)
    }
    #expect(
      "\(try #require(lacking))".hasPrefix("the layer at path \"0\", Doubled: the catalog lacks it")
    )
  }

  @Test("A network whose layers share a parameter, and a rule without a text, are refused")
  func notDescribable() throws {
    let weight = Parameter(Tensor(zeros: [2, 2]))
    let tied = Sequential {
      Linear(weight: weight, bias: nil)
      Linear(weight: weight, bias: nil)
    }
    let shared = #expect(throws: LayerDescriptionError.self) { try catalog.description(of: tied) }
    #expect("\(try #require(shared))".contains("0.weight and 1.weight are one parameter"))
    let scheduled = Sequential {
      Perturb(.adding(Gaussian(standardDeviation: 1), scale: .scheduled(Schedule { _ in 0.5 })))
    }
    let rule = #expect(throws: LayerDescriptionError.self) {
      try catalog.description(of: scheduled)
    }
    #expect("\(try #require(rule))".hasPrefix("the layer at path \"0\", Perturb: "))
  }
}
