import NoiseDistributions

/// How gradients change the parameters.
struct OptimizerSettings: Encodable {
  var optimizer: String?
  var learningRate: Double?
  var weightDecay: Double?
  var momentum: Double?
  var nesterov: Bool?
  var beta1: Double?
  var beta2: Double?
  var temperature: Double?
  var schedule: String?
  var warmUp: Int?
  var maxNorm: Double?
  var clip: Double?
  var gradientNoise: String?
  var labelSmoothing: Double?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case optimizer, learningRate, weightDecay, momentum, nesterov, beta1, beta2, temperature
    case schedule, warmUp, maxNorm, clip, gradientNoise, labelSmoothing
  }

  enum Kind: String, CaseIterable {
    case sgd, adam, adamw, rmsprop, adagrad, lion, sgld
    case preconditionedSGLD = "preconditioned-sgld"

    /// What it takes beside a learning rate and a weight decay.
    fileprivate var takes: Set<CodingKeys> {
      switch self {
      case .sgd: [.momentum, .nesterov]
      case .adam, .adamw, .lion: [.beta1, .beta2]
      case .rmsprop: [.momentum]
      case .adagrad: []
      case .sgld, .preconditionedSGLD: [.temperature]
      }
    }

    fileprivate var learningRate: Double {
      switch self {
      case .sgd, .rmsprop, .adagrad: 1e-2
      case .adam, .adamw, .sgld, .preconditionedSGLD: 1e-3
      case .lion: 1e-4
      }
    }
  }

  var kind: Kind {
    get throws(UsageError) { try choice(optimizer ?? "adamw", CodingKeys.optimizer) }
  }

  mutating func override(by other: OptimizerSettings) {
    // What was said of another optimizer is not said of this one.
    if let name = other.optimizer, name != optimizer {
      (learningRate, weightDecay, momentum, nesterov) = (nil, nil, nil, nil)
      (beta1, beta2, temperature) = (nil, nil, nil)
    }
    if other.schedule != nil { learningRate = nil }
    if other.learningRate != nil { schedule = nil }
    optimizer.override(by: other.optimizer)
    learningRate.override(by: other.learningRate)
    weightDecay.override(by: other.weightDecay)
    momentum.override(by: other.momentum)
    nesterov.override(by: other.nesterov)
    beta1.override(by: other.beta1)
    beta2.override(by: other.beta2)
    temperature.override(by: other.temperature)
    schedule.override(by: other.schedule)
    warmUp.override(by: other.warmUp)
    maxNorm.override(by: other.maxNorm)
    clip.override(by: other.clip)
    gradientNoise.override(by: other.gradientNoise)
    labelSmoothing.override(by: other.labelSmoothing)
  }

  mutating func resolve() throws(UsageError) {
    let kind = try self.kind
    optimizer = kind.rawValue
    try requireTaken(by: kind)
    if schedule == nil {
      learningRate = learningRate ?? kind.learningRate
    } else if learningRate != nil {
      throw UsageError(
        "--learning-rate beside --schedule, whose values are the rates; expected one of the two")
    }
    weightDecay = weightDecay ?? (kind == .adamw ? 0.01 : 0)
    if kind.takes.contains(.momentum) { momentum = momentum ?? 0 }
    if kind.takes.contains(.nesterov) { nesterov = nesterov ?? false }
    if kind.takes.contains(.beta1) {
      beta1 = beta1 ?? 0.9
      beta2 = beta2 ?? (kind == .lion ? 0.99 : 0.999)
    }
    labelSmoothing = labelSmoothing ?? 0
    try requireRanges()
    _ = try rate
    _ = try gradientRule
  }

  /// Throws at a setting that the optimizer has not.
  private func requireTaken(by kind: Kind) throws(UsageError) {
    let given: [(key: CodingKeys, isGiven: Bool)] = [
      (.momentum, momentum != nil), (.nesterov, nesterov != nil), (.beta1, beta1 != nil),
      (.beta2, beta2 != nil), (.temperature, temperature != nil),
    ]
    for (key, isGiven) in given where isGiven && !kind.takes.contains(key) {
      let kinds = Kind.allCases.filter { $0.takes.contains(key) }.map(\.rawValue)
      throw UsageError(
        "\(flag(key)) with --optimizer \(kind.rawValue), which has none; expected one of \(kinds.joined(separator: ", "))"
      )
    }
  }

  private func requireRanges() throws(UsageError) {
    try require(learningRate, in: .nonNegativeFloat, CodingKeys.learningRate)
    try require(weightDecay, in: .nonNegative, CodingKeys.weightDecay)
    try require(momentum, in: .probability, CodingKeys.momentum)
    try require(beta1, in: .share, CodingKeys.beta1)
    try require(beta2, in: .share, CodingKeys.beta2)
    try require(temperature, in: .nonNegative, CodingKeys.temperature)
    try require(warmUp, in: 1...Int(Int32.max), CodingKeys.warmUp)
    try require(maxNorm, in: .positive, CodingKeys.maxNorm)
    try require(clip, in: .positive, CodingKeys.clip)
    try require(labelSmoothing, in: .probability, CodingKeys.labelSmoothing)
    if nesterov == true, momentum == 0 {
      throw UsageError("--nesterov with --momentum 0; expected a momentum above 0")
    }
  }
}
