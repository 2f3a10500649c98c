// A case is one flat JSON object: its kind, and the numbers and names of that kind.
extension Case: Codable {
  private enum Key: String, CodingKey {
    case kind, direction, noise, distribution, count, layers, batch, level, scale, work, optimizer
    case draws
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    func kind(_ name: String) throws { try container.encode(name, forKey: .kind) }
    switch self {
    case .product(let direction, let product):
      try kind("product")
      try container.encode(direction, forKey: .direction)
      try product.encode(to: encoder)
    case .noisyForward(let noise, let product):
      try kind("noisyForward")
      try container.encode(noise, forKey: .noise)
      try product.encode(to: encoder)
    case .fill(let distribution, let count):
      try kind("fill")
      try container.encode(distribution, forKey: .distribution)
      try container.encode(count, forKey: .count)
    case .step(let step):
      try kind("step")
      try step.encode(to: encoder)
    case .scaledStep(let scale, let step):
      try kind("scaledStep")
      try container.encode(scale, forKey: .scale)
      try step.encode(to: encoder)
    case .inference(let layers, let batch):
      try kind("inference")
      try container.encode(layers, forKey: .layers)
      try container.encode(batch, forKey: .batch)
    case .peak:
      try kind("peak")
    case .bandwidth(let level):
      try kind("bandwidth")
      try container.encode(level, forKey: .level)
    case .allocations(let step):
      try kind("allocations")
      try step.encode(to: encoder)
    case .memory(let step):
      try kind("memory")
      try step.encode(to: encoder)
    case .epoch(let step):
      try kind("epoch")
      try step.encode(to: encoder)
    case .files(let work):
      try kind("files")
      try container.encode(work, forKey: .work)
    case .update(let optimizer, let count):
      try kind("update")
      try container.encode(optimizer, forKey: .optimizer)
      try container.encode(count, forKey: .count)
    case .smoothing(let layers, let draws):
      try kind("smoothing")
      try container.encode(layers, forKey: .layers)
      try container.encode(draws, forKey: .draws)
    case .study:
      try kind("study")
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let kind = try container.decode(String.self, forKey: .kind)
    switch kind {
    case "product":
      self = .product(
        try container.decode(Direction.self, forKey: .direction), try Product(from: decoder))
    case "noisyForward":
      self = .noisyForward(
        try container.decode(Noise.self, forKey: .noise), try Product(from: decoder))
    case "fill":
      self = .fill(
        try container.decode(Distribution.self, forKey: .distribution),
        count: try container.decode(Int.self, forKey: .count))
    case "step":
      self = .step(try Step(from: decoder))
    case "scaledStep":
      self = .scaledStep(
        try container.decode(Scale.self, forKey: .scale), try Step(from: decoder))
    case "inference":
      self = .inference(
        layers: try container.decode([Int].self, forKey: .layers),
        batch: try container.decode(Int.self, forKey: .batch))
    case "peak":
      self = .peak
    case "bandwidth":
      self = .bandwidth(try container.decode(MemoryLevel.self, forKey: .level))
    case "allocations":
      self = .allocations(try Step(from: decoder))
    case "memory":
      self = .memory(try Step(from: decoder))
    case "epoch":
      self = .epoch(try Step(from: decoder))
    case "files":
      self = .files(try container.decode(Files.self, forKey: .work))
    case "update":
      self = .update(
        try container.decode(Update.self, forKey: .optimizer),
        count: try container.decode(Int.self, forKey: .count))
    case "smoothing":
      self = .smoothing(
        layers: try container.decode([Int].self, forKey: .layers),
        draws: try container.decode(Int.self, forKey: .draws))
    case "study":
      self = .study
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: container, debugDescription: "no kind of case is called \(kind)")
    }
  }
}
