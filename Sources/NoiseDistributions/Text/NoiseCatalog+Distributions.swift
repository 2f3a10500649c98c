extension NoiseCatalog {
  mutating func addFurtherDistributions() {
    add("laplace", "scale") {
      Laplace(scale: try $0.float("scale", in: .nonNegative))
    } numbers: {
      [.float($0.scale)]
    }
    add("logistic", "scale") {
      Logistic(scale: try $0.float("scale", in: .nonNegative))
    } numbers: {
      [.float($0.scale)]
    }
    add("triangular", "low", "mode", "high") {
      let low = try $0.float("low", in: .finite), mode = try $0.float("mode", in: .finite)
      let high = try $0.float("high", in: .finite)
      try $0.refuse(Triangular.problem(low: low, mode: mode, high: high))
      return Triangular(low: low, mode: mode, high: high)
    } numbers: {
      [.float($0.low), .float($0.mode), .float($0.high)]
    }
    add("exponential", "scale") {
      Exponential(scale: try $0.float("scale", in: .nonNegative))
    } numbers: {
      [.float($0.scale)]
    }
    add("poisson", "rate") {
      Poisson(rate: try $0.float("rate", in: Poisson.range))
    } numbers: {
      [.float($0.rate)]
    }
    add("rademacher") { _ in
      Rademacher()
    } numbers: { _ in
      []
    }
    add("impulse", "probability", "value", defaults: [.float(1)]) {
      Impulse(
        value: try $0.float("value", in: .finite),
        probability: try $0.double("probability", in: .probability))
    } numbers: {
      [.double($0.probability), .float($0.value)]
    }
    add("constant", "value") {
      Constant(value: try $0.float("value", in: .finite))
    } numbers: {
      [.float($0.value)]
    }
  }

  mutating func addCombinations() {
    add("mixture", of: 2...2, isWeighted: true) {
      let (first, second) = ($0.weights[0], $0.weights[1])
      try $0.refuse(
        ParameterRange.probability.contains(first) && abs(first + second - 1) < 1e-9
          ? nil : "the weights are \(first) and \(second); expected 0…1 and the sum 1")
      return mixture($0.distributions[0], $0.distributions[1], first)
    } parts: {
      ($0 as? any AnyMixture)?.parts
    }
    add("truncated", of: 1...1, "low", "high") {
      let ends = ParameterRange("a number") { !$0.isNaN }
      let low = try $0.float("low", in: ends), high = try $0.float("high", in: ends)
      let base = $0.distributions[0]
      guard let base = base as? any QuantileDistribution else {
        try $0.refuse("\(base) has no quantile")
        return base
      }
      try $0.refuse(problem(base, low, high))
      return truncated(base, low, high)
    } parts: {
      ($0 as? any AnyTruncated)?.parts
    }
  }
}

// A mixture, or a truncated distribution, whatever the types of what it is made of.
private protocol AnyMixture: NoiseDistribution { var parts: NoiseParts { get } }
private protocol AnyTruncated: NoiseDistribution { var parts: NoiseParts { get } }

extension Mixture: AnyMixture {
  fileprivate var parts: NoiseParts {
    // The second weight follows from the first: as few digits as a reader would write, 0.1 after 0.9.
    let other = ((1 - weight) * 1e12).rounded() / 1e12
    return NoiseParts(distributions: [(weight, first), (other, second)])
  }
}

extension Truncated: AnyTruncated {
  fileprivate var parts: NoiseParts {
    NoiseParts(distributions: [(nil, base)], numbers: [.float(low), .float(high)])
  }
}

// Functions of their own, since a value of any type opens to its type as a function's argument alone.

private func mixture(
  _ first: some NoiseDistribution, _ second: some NoiseDistribution, _ weight: Double
) -> any NoiseDistribution {
  Mixture(first, second, weight: weight)
}

private func problem(
  _ base: some QuantileDistribution, _ low: Float, _ high: Float
) -> String? {
  Truncated.problem(base, low: low, high: high)
}

private func truncated(
  _ base: some QuantileDistribution, _ low: Float, _ high: Float
) -> any NoiseDistribution {
  Truncated(base, low: low, high: high)
}
