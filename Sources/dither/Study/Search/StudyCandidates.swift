import DitherRobustness
import NoiseDistributions

/// The noises of a study, in the units of its data and network.
struct StudyCandidates: Sendable {
  let families: [NoiseFamily]
  /// Of each site the unit of a scale, and what salt and pepper put in.
  private let sites: [StudySite: Site]

  private struct Site: Sendable {
    var unit: Float
    var values: ClosedRange<Float>
  }

  private static let factors: [Float] = [0.125, 0.25, 0.5, 1]
  private static let rates: [Float] = [0.05, 0.1, 0.2, 0.4]
  /// Where a learned scale begins.
  private static let learnedFactor: Float = 0.5

  /// - Parameters:
  ///   - data: whose inputs have a standard deviation and a range.
  ///   - fanInAndOut: of the first linear layer, whose first weights have the standard deviation √(2 / (inputs + outputs)).
  init(_ settings: StudySettings, _ data: StudyData, fanInAndOut: Int) {
    let weight = twoDigits((2 / Float(max(fanInAndOut, 2))).squareRoot())
    sites = [
      .input: Site(unit: data.unit, values: data.range),
      // A linear layer gives about such values for inputs of the standard deviation 1.
      .hidden: Site(unit: 1, values: -1...1),
      .weight: Site(unit: weight, values: -weight...weight),
      .bias: Site(unit: weight, values: -weight...weight),
    ]
    var families: [NoiseFamily] = []
    for site in settings.sites {
      for family in settings.families { families.append(Self.family(family, site, sites[site]!)) }
    }
    self.families = families
  }

  private static func family(
    _ family: StudyFamily, _ site: StudySite, _ place: Site
  ) -> NoiseFamily {
    switch family.kind {
    case .deviation:
      // Elements of a weight share no draw, so that its scales would be as many as they.
      let learns = site == .input || site == .hidden
      return NoiseFamily(
        adding: family.distribution, family.rawValue, at: site.rawValue,
        scales: factors.map { $0 * place.unit },
        learnedFrom: learns ? learnedFactor * place.unit : nil)
    case .logDeviation, .rate:
      return NoiseFamily(
        family.rawValue, at: site.rawValue, scales: family.kind == .rate ? rates : factors,
        largestScale: family.largest
      ) { family.rule($0, between: place.values) }
    }
  }

  /// The rule of a family on the inputs.
  func testRule(_ family: StudyFamily, _ scale: Float) -> NoiseRule {
    family.rule(scale, between: sites[.input]!.values)
  }

  /// A candidate as reports have it.
  func noise(_ candidate: NoiseCandidate, in search: NoiseSearch) -> StudyReport.Noise {
    let site = StudySite(rawValue: candidate.site)!
    return StudyReport.Noise(
      family: candidate.family, site: candidate.site, scale: Double(shortest: candidate.scale),
      learnsScale: candidate.learnsScale,
      rule: LayerModel.text(search.rule(of: candidate), at: site))
  }
}

extension Double {
  /// The number that the shortest text for a `Float` says: 0.1, and not 0.10000000149.
  init(shortest number: Float) { self = Double("\(number)") ?? Double(number) }
}
