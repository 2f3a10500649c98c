import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// The rule for a parameter's first value. Random ones are draws with an address, as noise is: see
/// ``Layer/initialized(seed:)``.
///
/// For a weight of shape [outputs, inputs], `fanIn` is inputs and `fanOut` outputs; axes after the second multiply both.
public struct Initializer: Sendable {
  private enum Rule: Sendable {
    case constant(Float)
    case drawn(any NoiseDistribution)
    case uniform(@Sendable (Fans) -> Double)
    case normal(@Sendable (Fans) -> Double)
  }

  private struct Fans {
    var fanIn: Double
    var fanOut: Double
  }

  private let rule: Rule

  /// Uniform in ±√(6 / (fanIn + fanOut)), the variance that keeps a linear or tanh network's signal and gradient alike.
  /// Source: Glorot & Bengio 2010, equation 16.
  public static let xavierUniform = Initializer(
    rule: .uniform { (6 / ($0.fanIn + $0.fanOut)).squareRoot() })

  /// Gaussian of mean 0 and variance 2 / (fanIn + fanOut). Source: Glorot & Bengio 2010, equation 12.
  public static let xavierNormal = Initializer(
    rule: .normal { (2 / ($0.fanIn + $0.fanOut)).squareRoot() })

  /// Uniform in ±√(6 / fanIn), the variance that keeps the signal through a ReLU. Source: He et al. 2015, equation 10.
  public static let heUniform = Initializer(rule: .uniform { (6 / $0.fanIn).squareRoot() })

  /// Gaussian of mean 0 and variance 2 / fanIn. Source: He et al. 2015, equation 10.
  public static let heNormal = Initializer(rule: .normal { (2 / $0.fanIn).squareRoot() })

  /// Zeros.
  public static let zeros = Initializer(rule: .constant(0))

  /// The same value everywhere.
  public static func constant(_ value: Float) -> Initializer { Initializer(rule: .constant(value)) }

  /// Draws from a distribution, whatever the shape.
  public static func drawn(from distribution: any NoiseDistribution) -> Initializer {
    Initializer(rule: .drawn(distribution))
  }

  /// The first value of a parameter: row and column of a draw are the element's (the axes after the first count as one).
  func value(shape: [Int], site: String, stream: NoiseStream) -> Tensor {
    let fans = { Initializer.fans(of: shape, site: site) }
    switch rule {
    case .constant(let value):
      return Tensor(repeating: value, shape: shape)
    case .drawn(let distribution):
      return Initializer.draws(from: distribution, shape: shape, site: site, stream: stream)
    case .uniform(let halfWidth):
      return Initializer.draws(
        from: Uniform(halfWidth: Float(halfWidth(fans()))), shape: shape, site: site, stream: stream
      )
    case .normal(let deviation):
      return Initializer.draws(
        from: Gaussian(standardDeviation: Float(deviation(fans()))), shape: shape, site: site,
        stream: stream)
    }
  }

  private static func fans(of shape: [Int], site: String) -> Fans {
    require(
      shape.count >= 2,
      "the parameter \"\(site)\" has shape \(shape); an initializer by fan expected [outputs, inputs] or more axes"
    )
    let field = shape[2...].reduce(1, *)
    return Fans(fanIn: Double(shape[1] * field), fanOut: Double(shape[0] * field))
  }

  private static func draws(
    from distribution: some NoiseDistribution, shape: [Int], site: String, stream: NoiseStream
  ) -> Tensor {
    let (rows, columns) = Parameter.matrixShape(of: shape)
    let values = stream.in(.initialization).draws(
      from: distribution, site: site, rows: rows, columns: columns)
    return Tensor(values, shape: shape)
  }
}

extension Parameter {
  /// A parameter whose first value comes with its network's seed, by a rule.
  public convenience init(shape: [Int], initializer: Layers.Initializer) {
    self.init(shape: shape) { seed, path in
      initializer.value(shape: shape, site: path, stream: NoiseStream(seed: seed))
    }
  }
}
