extension NoiseCatalog {
  mutating func addRules() {
    insert(
      rule: Entry<NoiseRule>(name: "adding", distributions: 1...1, labels: [.scale]) {
        let scale = try $0.scale()
        try $0.refuse(scale.problem(adding: $0.distributions[0]))
        return .adding($0.distributions[0], scale: scale)
      } parts: {
        guard case .add(let distribution, let scale) = $0.action else { return nil }
        return try NoiseParts(distribution, scale)
      })
    insert(
      rule: Entry<NoiseRule>(name: "multiplying", distributions: 1...1, labels: [.scale]) {
        .multiplying($0.distributions[0], scale: try $0.factor())
      } parts: {
        guard case .multiply(let distribution, let scale) = $0.action else { return nil }
        return try NoiseParts(distribution, scale)
      })
    insert(
      rule: Entry<NoiseRule>(name: "replacing", distributions: 1...1, labels: [.rate]) {
        let rate = try $0.number(.rate, in: .probability)
        let needsRate = rate == nil && !NoiseRule.hasRateOfItsOwn($0.distributions[0])
        try $0.refuse(needsRate ? "only saltAndPepper and impulse need no rate=" : nil)
        return .replacing($0.distributions[0], rate: rate ?? 1)
      } parts: {
        guard case .replace(let distribution, let rate) = $0.action else { return nil }
        let isImplied = NoiseRule.hasRateOfItsOwn(distribution) && rate == 1
        return NoiseParts(distributions: [(nil, distribution)])
          .labelled(.rate, isImplied ? nil : "\(NoiseNumber.double(rate))")
      })
    addDropouts()
    insert(
      rule: Entry<NoiseRule>(name: "addingShotNoise", distributions: 1...1, labels: [.scale]) {
        .addingShotNoise($0.distributions[0], scale: try $0.factor())
      } parts: {
        guard case .addShot(let distribution, let scale) = $0.action else { return nil }
        return try NoiseParts(distribution, scale)
      })
  }

  private mutating func addDropouts() {
    insert(
      rule: Entry<NoiseRule>(name: "dropout", parameters: ["rate"]) {
        .dropout(rate: try $0.double("rate", in: .probability))
      } parts: {
        guard case .dropout(let rate) = $0.action else { return nil }
        return NoiseParts(numbers: [.double(rate)])
      })
    insert(
      rule: Entry<NoiseRule>(name: "gaussianDropout", parameters: ["rate"]) {
        .gaussianDropout(rate: try $0.double("rate", in: NoiseRule.gaussianDropoutRange))
      } parts: {
        guard case .gaussianDropout(let rate) = $0.action else { return nil }
        return NoiseParts(numbers: [.double(rate)])
      })
    insert(
      rule: Entry<NoiseRule>(name: "alphaDropout", parameters: ["rate"]) {
        .alphaDropout(rate: try $0.double("rate", in: .probability))
      } parts: {
        guard case .alphaDropout(let rate) = $0.action else { return nil }
        return NoiseParts(numbers: [.double(rate)])
      })
  }
}

extension NoiseArguments {
  /// The scale after `scale=`, 1 without it; one that is no number throws.
  fileprivate func factor() throws -> NoiseScale {
    let scale = try self.scale()
    try refuse(scale.problemAsFactor(of: name))
    return scale
  }
}

extension NoiseParts {
  /// A distribution and the scale on its draws.
  fileprivate init(_ distribution: any NoiseDistribution, _ scale: NoiseScale) throws {
    let text = try scale.text()
    self = NoiseParts(distributions: [(nil, distribution)])
      .labelled(.scale, scale.isOne ? nil : text)
  }
}
