/// One noise that a search tries: that of a family, at one scale.
public struct NoiseCandidate: Hashable, Codable, Sendable {
  /// The name of the ``NoiseFamily``, such as `gaussian`.
  public let family: String
  /// Where in the network it goes, as the family says it, such as `input`.
  public let site: String
  /// Its scale; where it is learned, that with which training begins.
  public let scale: Float
  /// Whether the scale is trained with the weights.
  public let learnsScale: Bool

  package init(family: String, site: String, scale: Float, learnsScale: Bool) {
    (self.family, self.site, self.scale, self.learnsScale) = (family, site, scale, learnsScale)
  }
}

extension NoiseCandidate: CustomStringConvertible {
  /// As in `gaussian at input, scale 0.2`, or `gaussian at input, scale learned from 0.2`; the scale has three digits that count
  /// where it has more than four.
  public var description: String {
    "\(family) at \(site), scale \(learnsScale ? "learned from " : "")\(scale.words)"
  }
}

extension NoiseCandidate? {
  /// What a message calls it: none is no noise.
  var name: String { map { "\($0)" } ?? "no noise" }
}
