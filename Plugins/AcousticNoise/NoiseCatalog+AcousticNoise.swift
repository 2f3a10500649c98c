public import NoiseDistributions

/// Where text says nothing else.
private let lowestFrequency = ColoredNoise.white().lowestFrequency

extension NoiseCatalog {
  /// Adds the module's distribution: `whiteNoise[:standardDeviation]`, `pinkNoise[:standardDeviation]`,
  /// `brownNoise[:standardDeviation]`, and with another slope or another lowest frequency
  /// `coloredNoise:spectralSlope[,standardDeviation][,lowestFrequency]`; of standard deviation 1 and lowest frequency 1/4096
  /// where text says nothing else.
  public mutating func addAcousticNoise() {
    addColor("whiteNoise", slope: 0)
    addColor("pinkNoise", slope: 1)
    addColor("brownNoise", slope: 2)
    add(
      "coloredNoise", "spectralSlope", "standardDeviation", "lowestFrequency",
      defaults: [.float(1), .float(lowestFrequency)]
    ) {
      ColoredNoise(
        spectralSlope: try $0.float("spectralSlope", in: ColoredNoise.slopeRange),
        standardDeviation: try $0.float("standardDeviation", in: .nonNegative),
        lowestFrequency: try $0.float("lowestFrequency", in: ColoredNoise.lowestFrequencyRange))
    } numbers: {
      [.float($0.spectralSlope), .float($0.standardDeviation), .float($0.lowestFrequency)]
    }
  }

  private mutating func addColor(_ name: String, slope: Float) {
    add(name, "standardDeviation", defaults: [.float(1)]) {
      ColoredNoise(
        spectralSlope: slope,
        standardDeviation: try $0.float("standardDeviation", in: .nonNegative))
    } numbers: {
      // Not −0, which is equal.
      $0.spectralSlope.bitPattern == slope.bitPattern
        && $0.lowestFrequency == lowestFrequency
        ? [.float($0.standardDeviation)] : nil
    }
  }
}
