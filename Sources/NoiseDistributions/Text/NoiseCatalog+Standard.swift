extension NoiseCatalog {
  /// The distributions and the rules of this module.
  ///
  /// | distribution | |
  /// |---|---|
  /// | `gaussian:standardDeviation[,mean]` | ``Gaussian`` |
  /// | `uniform:low,high` | ``Uniform`` |
  /// | `laplace:scale` | ``Laplace`` |
  /// | `logistic:scale` | ``Logistic`` |
  /// | `triangular:low,mode,high` | ``Triangular`` |
  /// | `exponential:scale` | ``Exponential`` |
  /// | `poisson:rate` | ``Poisson`` |
  /// | `lognormal:logStandardDeviation[,logMean]` | ``LogNormal`` |
  /// | `bernoulli:probability` | ``Bernoulli`` |
  /// | `rademacher` | ``Rademacher`` |
  /// | `saltAndPepper:rate[,low][,high]` | ``SaltAndPepper``, between −1 and 1 |
  /// | `impulse:probability[,value]` | ``Impulse``, of 1 |
  /// | `constant:value` | ``Constant`` |
  /// | `mixture(weight*distribution,weight*distribution)` | ``Mixture``, of weights whose sum is 1 |
  /// | `truncated(distribution,low,high)` | ``Truncated`` |
  ///
  /// | rule | |
  /// |---|---|
  /// | `adding(distribution[,scale=number])` | ``NoiseRule/adding(_:scale:)`` |
  /// | `multiplying(distribution[,scale=number])` | ``NoiseRule/multiplying(_:scale:)`` |
  /// | `replacing(distribution[,rate=number])` | ``NoiseRule/replacing(_:rate:)``; of `saltAndPepper` without a rate too, ``NoiseRule/replacing(_:)-(SaltAndPepper)`` |
  /// | `addingShotNoise(distribution[,scale=number])` | ``NoiseRule/addingShotNoise(_:scale:)`` |
  /// | `dropout:rate` | ``NoiseRule/dropout(rate:)`` |
  /// | `gaussianDropout:rate` | ``NoiseRule/gaussianDropout(rate:)`` |
  /// | `alphaDropout:rate` | ``NoiseRule/alphaDropout(rate:)`` |
  ///
  /// A rule whose scale is no fixed number, or whose draws are shared, has no text.
  public static let standard: NoiseCatalog = {
    var catalog = NoiseCatalog()
    catalog.addDistributions()
    catalog.addFurtherDistributions()
    catalog.addCombinations()
    catalog.addRules()
    return catalog
  }()

  private mutating func addDistributions() {
    add("gaussian", "standardDeviation", "mean", defaults: [.float(0)]) {
      Gaussian(
        mean: try $0.float("mean", in: .finite),
        standardDeviation: try $0.float("standardDeviation", in: .nonNegative))
    } numbers: {
      [.float($0.standardDeviation), .float($0.location)]
    }
    add("uniform", "low", "high") {
      let (low, high) = (try $0.float("low", in: .finite), try $0.float("high", in: .finite))
      try $0.refuse(Uniform.problem(low: low, high: high))
      return Uniform(low: low, high: high)
    } numbers: {
      [.float($0.low), .float($0.high)]
    }
    add("lognormal", "logStandardDeviation", "logMean", defaults: [.float(0)]) {
      LogNormal(
        logMean: try $0.float("logMean", in: .finite),
        logStandardDeviation: try $0.float("logStandardDeviation", in: .nonNegative))
    } numbers: {
      [.float($0.logStandardDeviation), .float($0.logMean)]
    }
    add("bernoulli", "probability") {
      Bernoulli(probability: try $0.double("probability", in: .probability))
    } numbers: {
      [.double($0.probability)]
    }
    add("saltAndPepper", "rate", "low", "high", defaults: [.float(-1), .float(1)]) {
      SaltAndPepper(
        rate: try $0.double("rate", in: .probability), low: try $0.float("low", in: .finite),
        high: try $0.float("high", in: .finite))
    } numbers: {
      [.double($0.rate), .float($0.low), .float($0.high)]
    }
  }

  private mutating func addRules() {
    add(
      rule: Entry(name: "adding", distributions: 1...1, labels: ["scale"]) {
        .adding($0.distributions[0], scale: .fixed(try $0.scale()))
      } parts: {
        guard case .add(let distribution, let scale) = $0.action else { return nil }
        return try NoiseParts(distribution, scale)
      })
    add(
      rule: Entry(name: "multiplying", distributions: 1...1, labels: ["scale"]) {
        .multiplying($0.distributions[0], scale: .fixed(try $0.scale()))
      } parts: {
        guard case .multiply(let distribution, let scale) = $0.action else { return nil }
        return try NoiseParts(distribution, scale)
      })
    add(
      rule: Entry(name: "replacing", distributions: 1...1, labels: ["rate"]) {
        let rate: Double? = try $0.labelled("rate", in: .probability)
        if rate == nil, let saltAndPepper = $0.distributions[0] as? SaltAndPepper {
          return .replacing(saltAndPepper)
        }
        try $0.refuse(rate == nil ? "only saltAndPepper needs no rate=" : nil)
        return .replacing($0.distributions[0], rate: rate!)
      } parts: {
        guard case .replace(let distribution, let rate) = $0.action else { return nil }
        let isImplied = distribution is SaltAndPepper && rate == 1
        return NoiseParts(
          distributions: [(nil, distribution)],
          labelled: isImplied ? [] : [("rate", .double(rate))])
      })
    add(
      rule: Entry(name: "dropout", parameters: ["rate"]) {
        .dropout(rate: try $0.double("rate", in: .probability))
      } parts: {
        guard case .dropout(let rate) = $0.action else { return nil }
        return NoiseParts(numbers: [.double(rate)])
      })
    add(
      rule: Entry(name: "gaussianDropout", parameters: ["rate"]) {
        .gaussianDropout(rate: try $0.double("rate", in: NoiseRule.gaussianDropoutRange))
      } parts: {
        guard case .gaussianDropout(let rate) = $0.action else { return nil }
        return NoiseParts(numbers: [.double(rate)])
      })
    add(
      rule: Entry(name: "alphaDropout", parameters: ["rate"]) {
        .alphaDropout(rate: try $0.double("rate", in: .probability))
      } parts: {
        guard case .alphaDropout(let rate) = $0.action else { return nil }
        return NoiseParts(numbers: [.double(rate)])
      })
    add(
      rule: Entry(name: "addingShotNoise", distributions: 1...1, labels: ["scale"]) {
        .addingShotNoise($0.distributions[0], scale: .fixed(try $0.scale()))
      } parts: {
        guard case .addShot(let distribution, let scale) = $0.action else { return nil }
        return try NoiseParts(distribution, scale)
      })
  }
}

extension NoiseArguments {
  /// The number of `scale=`, 1 without it.
  fileprivate func scale() throws -> Float { try labelled("scale", in: NoiseScale.range) ?? 1 }
}

extension NoiseParts {
  /// A distribution and the scale on its draws.
  fileprivate init(_ distribution: any NoiseDistribution, _ scale: NoiseScale) throws {
    let value = try scale.written()
    self.init(
      distributions: [(nil, distribution)], labelled: value == 1 ? [] : [("scale", .float(value))])
  }
}

extension NoiseScale {
  /// The factor, if it is a fixed number.
  fileprivate func written() throws -> Float {
    if case .factor(let schedule) = kind, let value = schedule.fixedValue { return Float(value) }
    throw NoiseNotWritableError(
      value: "\(self)", reason: "text has scales that are fixed numbers alone")
  }
}
