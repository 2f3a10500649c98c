import DitherRuntime
public import DitherTensors
import NoiseDistributions

/// Dropout whose rate p is learned: y = x · (1 − z) / (1 − p) with z near 0 or 1, a smooth function of p:
///
///     z = σ((logit p + logit u) / temperature),   logit v = ln v − ln(1 − v),   u uniform
///
/// The parameter is logit p. Its gradient is that of the path, dk/d(logit p) = k · (p − z / temperature) of the factor
/// k = (1 − z) / (1 − p). By itself that drives p to 0, where noise hurts least: add
/// ``addRegularization(of:weightDecay:dropoutDecay:)`` to the loss. In passes without noise the layer is the identity.
/// The input has shape [batch, columns], or more axes before the last.
///
/// Source: Gal, Hron & Kendall 2017, *Concrete Dropout*, section 3.
public struct ConcreteDropout: Layer {
  /// logit p: a single number.
  public private(set) var logit: Parameter
  /// How smooth the choice is; 0.1 in the paper.
  public let temperature: Float

  /// - Parameters:
  ///   - rate: p before training, above 0 and below 1; another stops the program.
  ///   - temperature: finite and above 0; another stops the program.
  public init(rate: Double = 0.1, temperature: Float = 0.1) {
    require(
      rate > 0 && rate < 1, "ConcreteDropout: rate is \(rate); expected above 0 and below 1")
    require(
      temperature > 0 && temperature.isFinite,
      "ConcreteDropout: temperature is \(temperature); expected a finite number above 0")
    let rate = Float(rate)
    let start = ReproducibleMath.log(rate) - ReproducibleMath.log(1 - rate)
    logit = Parameter(Tensor([start], shape: []))
    self.temperature = temperature
  }

  /// p as it is now.
  public var rate: Float { NoiseScale.slope(ofParameter: logit.value.item) }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    func draws(_ kind: Draws.Kind) -> Draws {
      let logit = logit.value.item
      return Draws(
        logit: logit, rate: rate, kept: NoiseScale.slope(ofParameter: -logit),
        temperature: temperature, kind: kind)
    }
    return multiplyByLearnedFactor(
      input, pass, parameter: logit, name: "logit", factor: draws(.factor), slope: draws(.slope),
      layer: "ConcreteDropout")
  }

  public mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.parameter("logit", &logit)
    visitor.noise(
      "input", description: "concrete dropout, rate: \(rate), temperature: \(temperature)")
  }

  /// Adds the gradients of the regulariser to the logit's and to the weight's, and returns its value:
  ///
  ///     weightDecay · Σ W² / (1 − p) − dropoutDecay · inputs · H(p),   H(p) = −p ln p − (1 − p) ln(1 − p)
  ///
  /// In the authors' code, weightDecay is l² / N and dropoutDecay 2 / N, of N samples and a prior length scale l.
  ///
  /// - Parameters:
  ///   - weight: of the layer that follows, [outputs, inputs]; another rank stops the program.
  ///   - weightDecay: finite, 0 or more; another stops the program.
  ///   - dropoutDecay: finite, 0 or more; another stops the program.
  ///
  /// Source: Gal, Hron & Kendall 2017, section 3, and the authors' code for the factor 1 / (1 − p).
  @discardableResult
  public func addRegularization(
    of weight: Parameter, weightDecay: Float, dropoutDecay: Float
  ) -> Float {
    require(
      weight.shape.count == 2,
      "ConcreteDropout.addRegularization: the weight has shape \(weight.shape); expected [outputs, inputs]"
    )
    for (name, decay) in [("weightDecay", weightDecay), ("dropoutDecay", dropoutDecay)] {
      require(
        decay >= 0 && decay.isFinite,
        "ConcreteDropout.addRegularization: \(name) is \(decay); expected a finite number, 0 or more"
      )
    }
    let (logit, p) = (logit.value.item, rate)
    let kept = NoiseScale.slope(ofParameter: -logit)
    let squares = Float(weight.value.sumOfSquares())
    let inputs = Float(weight.shape[1])
    // −ln p = ln(1 + e^−logit), −ln(1 − p) = ln(1 + e^logit)
    let entropy =
      p * NoiseScale.learnedScale(ofParameter: -logit)
      + kept * NoiseScale.learnedScale(ofParameter: logit)
    weight.addToGradient(weight.value * (2 * weightDecay / kept))
    let slope = weightDecay * squares * p / kept + dropoutDecay * inputs * logit * p * kept
    self.logit.addToGradient(Tensor([slope], shape: []))
    return weightDecay * squares / kept - dropoutDecay * inputs * entropy
  }

  /// The factor and its derivative, of the same uniform words.
  private struct Draws: NoiseDistribution {
    enum Kind { case factor, slope }

    var logit: Float
    var rate: Float
    var kept: Float
    var temperature: Float
    var kind: Kind
    // The factor's have no closed form; nobody asks.
    var mean: Double { .nan }
    var variance: Double { .nan }

    func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
      address.fillUniforms(&tile)
      for index in tile.indices {
        let u = tile[index]
        let logitOfDraw = ReproducibleMath.log(u) - ReproducibleMath.log(1 - u)
        let exponential = ReproducibleMath.exp((logit + logitOfDraw) / temperature)
        let choice = 1 / (1 + exponential)  // 1 − z
        let factor = choice / kept
        tile[index] = kind == .factor ? factor : factor * (rate - (1 - choice) / temperature)
      }
    }
  }
}
