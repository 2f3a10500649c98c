import NoiseDistributions

/// A distribution between two numbers, by its quantile there: what a module could add that makes distributions of others.
struct Between: QuantileDistribution {
  var base: any QuantileDistribution
  var low: Float
  var high: Float
  var mean: Double { .nan }
  var variance: Double { .nan }
  func quantile(_ p: Float) -> Float { min(max(base.quantile(p), low), high) }

  static func add(to catalog: inout NoiseCatalog) {
    catalog.add("between", of: 1...1, "low", "high") {
      let ends = ParameterRange("a number") { !$0.isNaN }
      let (low, high) = (try $0.float("low", in: ends), try $0.float("high", in: ends))
      try $0.refuse(low <= high ? nil : "low is \(low) and high is \(high); expected low ≤ high")
      return Between(base: try $0.quantileDistribution(0), low: low, high: high)
    } parts: {
      guard let between = $0 as? Between else { return nil }
      return NoiseParts(
        distributions: [(nil, between.base)], numbers: [.float(between.low), .float(between.high)])
    }
  }
}

/// One of several distributions, chosen by weight.
struct Blend: NoiseDistribution {
  var parts: [(weight: Double, distribution: any NoiseDistribution)]
  var mean: Double { .nan }
  var variance: Double { .nan }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    var choices = [Float](repeating: 0, count: tile.count)
    var draws = choices
    var span = choices.mutableSpan
    address.plane(1).fillUniforms(&span)
    var begun = 0.0
    for (number, part) in parts.enumerated() {
      span = draws.mutableSpan
      part.distribution.fill(&span, at: address.plane(2 + number))
      let range = Float(begun)..<Float(begun + part.weight)
      for index in tile.indices where range.contains(choices[index]) { tile[index] = draws[index] }
      begun += part.weight
    }
  }

  static func add(to catalog: inout NoiseCatalog) {
    catalog.add("blend", of: 2...8, isWeighted: true) {
      let sum = $0.weights.reduce(0, +)
      try $0.refuse(abs(sum - 1) < 1e-6 ? nil : "the weights' sum is \(sum); expected 1")
      return Blend(parts: zip($0.weights, $0.distributions).map { ($0, $1) })
    } parts: {
      ($0 as? Blend).map {
        NoiseParts(distributions: $0.parts.map { ($0.weight, $0.distribution) })
      }
    }
  }
}

/// A density that rises in a straight line from 0.
struct Wedge: QuantileDistribution {
  var width: Float
  var mean: Double { Double(width) * 2 / 3 }
  var variance: Double { Double(width) * Double(width) / 18 }
  func quantile(_ p: Float) -> Float { width * p.squareRoot() }

  static func add(to catalog: inout NoiseCatalog) {
    catalog.add("wedge", "width") {
      Wedge(width: try $0.float("width", in: .positive))
    } numbers: {
      [.float($0.width)]
    }
  }
}

extension NoiseCatalog {
  /// The standard one, with what the tests define.
  static let extended: NoiseCatalog = {
    var catalog = NoiseCatalog.standard
    Wedge.add(to: &catalog)
    Between.add(to: &catalog)
    Blend.add(to: &catalog)
    return catalog
  }()
}
