public import NoiseDistributions

extension NoiseCatalog {
  /// Adds the module's distributions: `cauchy:scale`, `studentT:degreesOfFreedom[,scale]` and
  /// `alphaStable:stability[,scale][,skewness]`, of scale 1 and without skew where text says nothing else.
  public mutating func addHeavyTailedNoise() {
    add("cauchy", "scale") {
      Cauchy(scale: try $0.float("scale", in: .nonNegative))
    } numbers: {
      [.float($0.scale)]
    }
    add("studentT", "degreesOfFreedom", "scale", defaults: [.float(1)]) {
      StudentT(
        degreesOfFreedom: try $0.float("degreesOfFreedom", in: .positive),
        scale: try $0.float("scale", in: .nonNegative))
    } numbers: {
      [.float($0.degreesOfFreedom), .float($0.scale)]
    }
    add("alphaStable", "stability", "scale", "skewness", defaults: [.float(1), .float(0)]) {
      AlphaStable(
        stability: try $0.float("stability", in: AlphaStable.stabilityRange),
        skewness: try $0.float("skewness", in: AlphaStable.skewnessRange),
        scale: try $0.float("scale", in: .nonNegative))
    } numbers: {
      [.float($0.stability), .float($0.scale), .float($0.skewness)]
    }
  }
}
