import NoiseDistributions

/// What the network is made of.
struct ModelSettings: Encodable {
  var model: String?
  var hidden: [Int]?
  var activation: String?
  var hiddenNorm: String?
  var dropout: Double?
  var initializer: String?
  var noise: [String]?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case model, hidden, activation, hiddenNorm, dropout, initializer, noise
  }

  enum Activation: String, CaseIterable {
    case relu
    case leakyReLU = "leaky-relu"
    case elu, selu, silu, gelu, softplus, tanh, sigmoid

    /// Its name in a catalog of layers.
    var layer: String {
      switch self {
      case .relu: "ReLU"
      case .leakyReLU: "LeakyReLU"
      case .elu: "ELU"
      case .selu: "SELU"
      case .silu: "SiLU"
      case .gelu: "GELU"
      case .softplus: "Softplus"
      case .tanh: "Tanh"
      case .sigmoid: "Sigmoid"
      }
    }
  }

  enum HiddenNorm: String, CaseIterable {
    case none, layer, batch
  }

  enum InitialValues: String, CaseIterable {
    case xavierUniform = "xavier-uniform"
    case xavierNormal = "xavier-normal"
    case heUniform = "he-uniform"
    case heNormal = "he-normal"
    case zeros

    /// Its name in a catalog of layers.
    var setting: String {
      switch self {
      case .xavierUniform: "xavierUniform"
      case .xavierNormal: "xavierNormal"
      case .heUniform: "heUniform"
      case .heNormal: "heNormal"
      case .zeros: "zeros"
      }
    }
  }

  mutating func override(by other: ModelSettings) {
    if other.model != nil {
      (hidden, activation, hiddenNorm, dropout, initializer) = (nil, nil, nil, nil, nil)
    }
    if other.hasLayers { model = nil }
    model.override(by: other.model)
    hidden.override(by: other.hidden)
    activation.override(by: other.activation)
    hiddenNorm.override(by: other.hiddenNorm)
    dropout.override(by: other.dropout)
    initializer.override(by: other.initializer)
    noise.override(by: other.noise)
  }

  /// Whether something is said of layers that a description of a model says itself.
  private var hasLayers: Bool {
    hidden != nil || activation != nil || hiddenNorm != nil || dropout != nil || initializer != nil
  }

  mutating func resolve() throws(UsageError) {
    for text in noise ?? [] { _ = try SiteNoise(text) }
    if model != nil {
      if hasLayers {
        throw UsageError(
          "--model beside --hidden, --activation, --hidden-norm, --dropout or --initializer; expected the one or the others"
        )
      }
      return
    }
    hidden = hidden ?? [128]
    activation = activation ?? Activation.relu.rawValue
    hiddenNorm = hiddenNorm ?? HiddenNorm.none.rawValue
    dropout = dropout ?? 0
    initializer = initializer ?? InitialValues.xavierUniform.rawValue
    for width in hidden ?? [] { try require(width, in: 1...(1 << 20), CodingKeys.hidden) }
    if hidden?.count ?? 0 > Self.mostLayers {
      throw UsageError(
        "--hidden has \(hidden?.count ?? 0) layers; expected at most \(Self.mostLayers)")
    }
    try require(dropout, in: .probability, CodingKeys.dropout)
    let (_, _, _) = (try chosenActivation, try chosenNorm, try chosenInitializer)
  }

  private static let mostLayers = 1000

  var chosenActivation: Activation {
    get throws(UsageError) { try choice(activation ?? "relu", CodingKeys.activation) }
  }

  var chosenNorm: HiddenNorm {
    get throws(UsageError) { try choice(hiddenNorm ?? "none", CodingKeys.hiddenNorm) }
  }

  var chosenInitializer: InitialValues {
    get throws(UsageError) {
      try choice(initializer ?? "xavier-uniform", CodingKeys.initializer)
    }
  }
}
