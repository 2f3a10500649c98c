import DitherData
import DitherRobustness
import DitherRuntime
import DitherTensors
import NoiseDistributions

/// What all networks of a study are tested by: the same rows, noises and draws for each.
struct StudyTestPlan: Sendable {
  let test: LabelledData
  /// A share of the test rows, evenly spaced, where all would take long.
  let attacked: LabelledData
  let certified: LabelledData
  let image: ImageShape?
  /// Where an attack may move an input; nil for anywhere.
  let range: ClosedRange<Float>?
  let unit: Float
  /// The first is of the noise that was searched under.
  let sweeps: [NoiseSweep]
  /// The place of the strength that was searched under.
  let searched: Int
  /// The noise whose way through the network is followed.
  let testRule: NoiseRule
  let seed: UInt64

  static let trials = 5
  static let resamples = 1000
  /// Of the strength that was searched under.
  private static let multiples: [Float] = [0, 0.25, 0.5, 1, 1.5, 2]
  static let searchedPlace = 3
  private static let mostAttacked = 400
  private static let mostCertified = 200

  /// What draws are for: no two share any.
  enum Purpose: UInt64 {
    case sweeps, bootstrap, certificates, attacks, masking, corruptions, uncertainty, propagation
  }

  init(_ search: StudySearch) {
    let (data, settings) = (search.data, search.settings)
    test = data.test
    attacked = data.test.spaced(Self.mostAttacked)
    certified = data.test.spaced(Self.mostCertified)
    (image, unit, seed) = (data.image, data.unit, settings.seed)
    range = data.image?.range
    let first = settings.testNoise.family
    let others = [StudyFamily.uniform, .saltAndPepper, .gaussian].filter { $0 != first }
    let scales =
      [(first, search.testScale)]
      + others.prefix(2).map { family in
        (family, StudyTestNoise.usualScale(family, unit: data.unit))
      }
    let stream = Self.stream(settings.seed, .sweeps)
    sweeps = scales.map { family, scale in
      NoiseSweep(
        search.candidates.testNoise(family),
        strengths: Self.multiples.map { $0 * scale }.filter { $0 <= family.largest },
        trials: Self.trials, noise: stream)
    }
    searched = Self.searchedPlace
    testRule = search.candidates.testRule(first, search.testScale)
  }

  func stream(_ purpose: Purpose) -> NoiseStream { Self.stream(seed, purpose) }

  private static func stream(_ seed: UInt64, _ purpose: Purpose) -> NoiseStream {
    // An odd number far from others: the seeds of replicates are the next ones.
    NoiseStream(seed: seed &+ (purpose.rawValue + 1) &* 0x9E37_79B9_7F4A_7C15)
  }

  var bootstrap: Bootstrap { Bootstrap(resamples: Self.resamples, noise: stream(.bootstrap)) }

  /// The test inputs under the noise that was searched under, at a strength.
  func noisyInputs(_ strength: Float) -> Tensor {
    sweeps[0].noisyInputs(test.inputs, strength: strength)
  }

  /// The axes of the report.
  var axes: [StudyReport.TestNoiseAxis] {
    sweeps.enumerated().map { index, sweep in
      StudyReport.TestNoiseAxis(
        name: sweep.testNoise.name, axis: sweep.testNoise.axis,
        strengths: sweep.strengths.map { Double(shortest: $0) },
        searched: index == 0 ? searched : nil, trials: sweep.trials)
    }
  }
}

extension LabelledData {
  /// At most so many rows, evenly spaced among all.
  func spaced(_ most: Int) -> LabelledData {
    if count <= most { return self }
    let places = (0..<most).map { $0 * count / most }
    return LabelledData(
      inputs: Tensor(concatenating: places.map { inputs.rows($0..<$0 + 1) }),
      labels: places.map { labels[$0] }, classes: classes, name: name, classNames: classNames,
      featureNames: featureNames)
  }
}
