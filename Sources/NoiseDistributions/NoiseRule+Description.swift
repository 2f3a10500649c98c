extension NoiseRule: CustomStringConvertible {
  /// As it is written.
  public var description: String { "\(written)\(sharing.suffix)" }

  private var written: String {
    switch action {
    case .add(let distribution, let scale):
      "adding(\(distribution)\(Self.suffix(scale)))"
    case .addShot(let distribution, let scale):
      "addingShotNoise(\(distribution), scale: \(scale))"
    case .multiply(let distribution, let scale):
      "multiplying(\(distribution)\(Self.suffix(scale)))"
    case .replace(let distribution, rate: 1) where Self.hasRateOfItsOwn(distribution):
      "replacing(\(distribution))"
    case .replace(let distribution, let rate):
      "replacing(\(distribution), rate: \(rate))"
    case .dropout(let rate): "dropout(rate: \(rate))"
    case .gaussianDropout(let rate): "gaussianDropout(rate: \(rate))"
    case .alphaDropout(let rate): "alphaDropout(rate: \(rate))"
    }
  }

  /// Whether draws of 0 replace nothing, so that a replacing rule needs no rate.
  static func hasRateOfItsOwn(_ distribution: any NoiseDistribution) -> Bool {
    distribution is SaltAndPepper || distribution is Impulse
  }

  private static func suffix(_ scale: NoiseScale) -> String {
    scale.isOne ? "" : ", scale: \(scale)"
  }
}
