import DitherRuntime
public import NoiseDistributions

/// A kind of noise at one site, with the scales at which a search tries it.
///
/// ```swift
/// let families = [
///   NoiseFamily(
///     adding: Gaussian(standardDeviation: 1), "gaussian", at: "input", scales: [0.1, 0.2, 0.4],
///     learnedFrom: 0.2),
///   NoiseFamily("dropout", at: "output", scales: [0.1, 0.2, 0.4], largestScale: 0.9) {
///     .dropout(rate: Double($0))
///   },
/// ]
/// ```
public struct NoiseFamily: Sendable {
  /// What the noise is called.
  public let name: String
  /// Where in the network it goes: a word that the builder of the network understands.
  public let site: String
  /// What is tried, ascending.
  public let scales: [Float]
  /// Where a scale that is trained with the weights begins; nil where none is tried.
  public let learnedFrom: Float?
  /// No scale above it is tried, whatever the search finds: 1 for a rate.
  public let largestScale: Float
  private let makeRule: @Sendable (NoiseCandidate) -> NoiseRule

  /// A family y = x + scale · d.
  ///
  /// - Parameters:
  ///   - distribution: what d is drawn from; best of variance 1, so that the scale is a standard deviation.
  ///   - name: what the noise is called; not empty.
  ///   - site: where it goes; not empty.
  ///   - scales: finite, above 0, ascending; may be empty where a scale is learned. Neighbours a factor of two or less apart are what
  ///     the refinement around the winner reaches (``ScaleRange``).
  ///   - initial: where a scale that is learned by gradient begins, finite and above 0: one candidate more. Nil for none.
  ///   - sharing: which elements share the learned scale; `.perElement` on a weight or a bias. Others than these stop the program.
  public init(
    adding distribution: some NoiseDistribution, _ name: String, at site: String, scales: [Float],
    learnedFrom initial: Float? = nil, _ sharing: NoiseScale.Sharing = .all
  ) {
    self.init(name, at: site, scales: scales, learnedFrom: initial, largestScale: .infinity) {
      .adding(
        distribution, scale: $0.learnsScale ? .learned($0.scale, sharing) : .fixed($0.scale))
    }
  }

  /// A family of rules by their scale: a rate, a factor, a ratio.
  ///
  /// - Parameters:
  ///   - name: what the noise is called; not empty.
  ///   - site: where it goes; not empty.
  ///   - scales: finite, above 0, ascending, at least one.
  ///   - largestScale: what `rule` takes at most; at least the last of `scales`. Others stop the program.
  ///   - rule: the rule of a scale.
  public init(
    _ name: String, at site: String, scales: [Float], largestScale: Float = .infinity,
    rule: @escaping @Sendable (_ scale: Float) -> NoiseRule
  ) {
    self.init(name, at: site, scales: scales, learnedFrom: nil, largestScale: largestScale) {
      rule($0.scale)
    }
  }

  private init(
    _ name: String, at site: String, scales: [Float], learnedFrom: Float?, largestScale: Float,
    makeRule: @escaping @Sendable (NoiseCandidate) -> NoiseRule
  ) {
    require(
      !name.isEmpty && !site.isEmpty,
      "NoiseFamily: the name is \"\(name)\" and the site \"\(site)\"; expected neither to be empty")
    require(
      scales.allSatisfy { $0 > 0 && $0.isFinite }
        && zip(scales, scales.dropFirst()).allSatisfy { $0 < $1 },
      "NoiseFamily \"\(name)\": the scales are \(scales); expected finite ones above 0, ascending")
    require(
      !scales.isEmpty || learnedFrom != nil,
      "NoiseFamily \"\(name)\": no scales; expected at least one, or one that is learned")
    require(
      learnedFrom.map { $0 > 0 && $0.isFinite } ?? true,
      "NoiseFamily \"\(name)\": learnedFrom is \(learnedFrom ?? 0); expected a finite number above 0"
    )
    require(
      largestScale >= scales.last ?? 0,
      "NoiseFamily \"\(name)\": largestScale is \(largestScale); expected at least \(scales.last ?? 0), the last of the scales"
    )
    self.name = name
    self.site = site
    self.scales = scales
    self.learnedFrom = learnedFrom
    self.largestScale = largestScale
    self.makeRule = makeRule
  }

  /// The candidates: one a scale, and the one whose scale is learned.
  public var candidates: [NoiseCandidate] {
    var candidates = scales.map { candidate(at: $0) }
    if let learnedFrom {
      candidates.append(
        NoiseCandidate(family: name, site: site, scale: learnedFrom, learnsScale: true))
    }
    return candidates
  }

  /// Noises that a search could compare with none: the candidates, and the scales that it would try around each.
  var comparisons: Int {
    let around = scales.flatMap { ScaleRange.scales(around: $0, atMost: largestScale) }
    return Set(around).count + (learnedFrom == nil ? 0 : 1)
  }

  /// The rule of a candidate of this family; another's stops the program.
  public func rule(of candidate: NoiseCandidate) -> NoiseRule {
    require(
      holds(candidate),
      "NoiseFamily.rule: the candidate is \(candidate); expected one of \"\(name)\" at \(site)")
    return makeRule(candidate)
  }

  func holds(_ candidate: NoiseCandidate) -> Bool {
    candidate.family == name && candidate.site == site
  }

  func candidate(at scale: Float) -> NoiseCandidate {
    NoiseCandidate(family: name, site: site, scale: scale, learnsScale: false)
  }
}
