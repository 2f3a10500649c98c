import NoiseDistributions

extension NoiseCatalog {
  /// Adds `gumbel:scale`, for text that names noise.
  public mutating func addGumbel() {
    add("gumbel", "scale") {
      Gumbel(scale: try $0.float("scale", in: .nonNegative))
    } numbers: {
      [.float($0.scale)]
    }
  }
}
