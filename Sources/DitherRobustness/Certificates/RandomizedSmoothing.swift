public import DitherData
import DitherRuntime
public import DitherTensors
import Layers
public import NoiseDistributions

/// A classifier smoothed by Gaussian noise on its input, which answers with a certificate: g(x) = the most probable class of
/// f(x + N(0, σ²)).
///
/// If a class has the probability p > ½, g answers it everywhere within σ·Φ⁻¹(p) of x in L2. The probability is estimated by draws, so
/// that a certificate is wrong with at most the probability α that it was asked for with.
///
/// ```swift
/// let smoothed = RandomizedSmoothing(
///   of: NetworkClassifier(model, inputShape: [64]), standardDeviation: 0.25, noise: NoiseStream(seed: 42))
/// let certificate = smoothed.certify(data.inputs.rows(0..<1), draws: 10_000)
/// if let label = certificate.label { print("class \(label) within \(certificate.radius)") }
/// ```
///
/// A draw has an address: draw i for sample s is row i at the step of the stream plus s, in the domain of evaluation. The
/// classifier's own noise, if it is used, has the same row and step in the domain of sampling; g is then the most probable class over
/// both, to which the certificate applies as well. Nothing depends on ``batchSize`` or on the number of threads.
///
/// Cohen, Rosenfeld & Kolter 2019, *Certified adversarial robustness via randomized smoothing*: theorem 1, and the algorithms
/// PREDICT and CERTIFY.
public struct RandomizedSmoothing<Base: Classifier>: Sendable {
  /// The classifier that is smoothed, f.
  public let base: Base
  /// Of the noise on each element of the input, σ.
  public let standardDeviation: Float
  /// Whether f is used with its own noise, one draw for each draw of the input's.
  public let usesBaseNoise: Bool
  /// Where the draws come from; one whose step is held serves a single sample, number 0.
  public let noise: NoiseStream
  /// Draws at once.
  public let batchSize: Int

  /// - Parameters:
  ///   - base: the classifier to smooth; best one that was trained with noise of that deviation on its input.
  ///   - standardDeviation: σ, finite and above 0.
  ///   - usesBaseNoise: whether `base` is used with its own noise.
  ///   - noise: where the draws come from.
  ///   - batchSize: draws at once, at least 1. It changes no result. Others stop the program.
  public init(
    of base: Base, standardDeviation: Float, usesBaseNoise: Bool = false, noise: NoiseStream,
    batchSize: Int = 1024
  ) {
    require(
      standardDeviation > 0 && standardDeviation.isFinite,
      "RandomizedSmoothing: standardDeviation is \(standardDeviation); expected a finite number above 0"
    )
    require(batchSize >= 1, "RandomizedSmoothing: batchSize is \(batchSize); expected at least 1")
    self.base = base
    self.standardDeviation = standardDeviation
    self.usesBaseNoise = usesBaseNoise
    self.noise = noise
    self.batchSize = batchSize
  }

  /// How often each class is answered over some draws.
  ///
  /// - Parameters:
  ///   - input: one sample, [1] + the classifier's input shape, or [1, features]; others stop the program.
  ///   - sample: its number, 0 or more: another has draws of its own.
  ///   - draws: numbers of draws, within 0 ..< 2³²; others stop the program.
  /// - Returns: a count for each class; a draw that is taken for no class counts for none.
  public func votes(for input: Tensor, sample: Int = 0, draws: Range<Int>) -> [Int] {
    let centre = base.matrix(input, "RandomizedSmoothing")
    require(
      centre.shape[0] == 1,
      "RandomizedSmoothing: the input has shape \(input.shape); expected one sample")
    require(
      draws.lowerBound >= 0 && draws.upperBound <= NoiseStream.maximumRows,
      "RandomizedSmoothing: draws is \(draws); expected numbers within 0 ..< \(NoiseStream.maximumRows)"
    )
    require(sample >= 0, "RandomizedSmoothing: sample is \(sample); expected 0 or more")
    noise.requireSteps(sample + 1, "RandomizedSmoothing")
    let stream = noise.at(step: noise.step + sample)
    let gaussian = Gaussian(standardDeviation: standardDeviation)
    var counts = [Int](repeating: 0, count: base.classes)
    for first in stride(from: draws.lowerBound, to: draws.upperBound, by: batchSize) {
      let part = stream.rows(from: first)
      var batch = part.evaluationDraws(
        from: gaussian, site: "smoothing", rows: min(batchSize, draws.upperBound - first),
        columns: centre.shape[1])
      batch += centre
      let logits = base.logits(ofRows: batch, usesBaseNoise ? .sampling(part) : .inference)
      for case let answer? in logits.answersOfRows() { counts[answer] += 1 }
    }
    return counts
  }

  /// The most probable class, g(x); nil, abstaining, where the draws do not tell it from the second (PREDICT).
  ///
  /// It abstains unless the two-sided binomial test of the two most frequent classes' counts has a probability of at most α. The
  /// answer is another class than g's with at most the probability α.
  ///
  /// - Parameters:
  ///   - input: one sample, [1] + the classifier's input shape, or [1, features].
  ///   - sample: its number, 0 or more.
  ///   - draws: n, 1…2³².
  ///   - failureProbability: α, above 0 and below 1. Others stop the program.
  public func predict(
    _ input: Tensor, sample: Int = 0, draws: Int = 1000, failureProbability: Double = 0.001
  ) -> Int? {
    requireDraws(draws, after: 0, "RandomizedSmoothing.predict")
    requireProbability(
      failureProbability, "RandomizedSmoothing.predict", "failureProbability")
    let counts = votes(for: input, sample: sample, draws: 0..<draws)
    let first = counts.indexOfMaximum
    // No class is a class of its own here, which is never the answer.
    let none = draws - counts.reduce(0, +)
    if none > counts[first] { return nil }
    let second = counts.enumerated().reduce(none) { $1.offset == first ? $0 : max($0, $1.element) }
    let probability = fairCoinProbability(
      successes: counts[first], trials: counts[first] + second)
    return probability <= failureProbability ? first : nil
  }

  /// The most probable class with the radius within which it stays so, or an abstention (CERTIFY).
  ///
  /// The class is the most frequent of the first n₀ draws; p is bounded from below by n further draws (``ClopperPearson``, one-sided
  /// at α). Where the bound is above ½ the radius is σ·Φ⁻¹(bound), else it abstains. The radius cannot exceed σ·Φ⁻¹(α^(1/n)): with
  /// α = 0.001 3.81σ for 100,000 draws.
  ///
  /// - Parameters:
  ///   - input: one sample, [1] + the classifier's input shape, or [1, features].
  ///   - sample: its number, 0 or more.
  ///   - selectionDraws: n₀, at least 1.
  ///   - draws: n, at least 1; with n₀ 2³² at most.
  ///   - failureProbability: α, above 0 and below 1. Others stop the program.
  public func certify(
    _ input: Tensor, sample: Int = 0, selectionDraws: Int = 100, draws: Int = 100_000,
    failureProbability: Double = 0.001
  ) -> Certificate {
    require(
      selectionDraws >= 1 && selectionDraws < NoiseStream.maximumRows,
      "RandomizedSmoothing.certify: selectionDraws is \(selectionDraws); expected 1 ..< \(NoiseStream.maximumRows)"
    )
    requireDraws(draws, after: selectionDraws, "RandomizedSmoothing.certify")
    requireProbability(
      failureProbability, "RandomizedSmoothing.certify", "failureProbability")
    let candidate = votes(for: input, sample: sample, draws: 0..<selectionDraws).indexOfMaximum
    let counts = votes(
      for: input, sample: sample, draws: selectionDraws..<selectionDraws + draws)
    let bound = ClopperPearson.lowerBound(
      successes: counts[candidate], trials: draws, failureProbability: failureProbability)
    let isCertain = bound > 0.5
    return Certificate(
      label: isCertain ? candidate : nil,
      radius: isCertain ? Double(standardDeviation) * normalQuantile(bound) : 0,
      candidate: candidate, votes: counts[candidate], draws: draws, lowerBound: bound)
  }

  /// The certificate of every sample; the number of a sample is its row, so that each has the bits that it has alone.
  ///
  /// - Parameters:
  ///   - data: with at least one row. Data that do not fit the classifier stop the program.
  ///   - selectionDraws: n₀, at least 1.
  ///   - draws: n, at least 1; with n₀ 2³² at most.
  ///   - failureProbability: α, of each certificate, above 0 and below 1.
  public func certify(
    _ data: LabelledData, selectionDraws: Int = 100, draws: Int = 100_000,
    failureProbability: Double = 0.001
  ) -> CertifiedAccuracy {
    certify(
      data, selectionDraws: selectionDraws, draws: draws, failureProbability: failureProbability
    ) { _ in }
  }

  /// The same, said after each sample how far it is.
  ///
  /// - Parameters:
  ///   - data: with at least one row. Data that do not fit the classifier stop the program.
  ///   - selectionDraws: n₀, at least 1.
  ///   - draws: n, at least 1; with n₀ 2³² at most.
  ///   - failureProbability: α, of each certificate, above 0 and below 1.
  ///   - progress: called after each sample, in their order. What it throws ends the certification.
  public func certify(
    _ data: LabelledData, selectionDraws: Int = 100, draws: Int = 100_000,
    failureProbability: Double = 0.001, progress: (CertificationProgress) throws -> Void
  ) rethrows -> CertifiedAccuracy {
    base.requireFits(data, "RandomizedSmoothing")
    noise.requireSteps(data.count, "RandomizedSmoothing")
    var certificates: [Certificate] = []
    for row in 0..<data.count {
      let certificate = certify(
        data.inputs.rows(row..<row + 1), sample: row, selectionDraws: selectionDraws, draws: draws,
        failureProbability: failureProbability)
      certificates.append(certificate)
      try progress(CertificationProgress(row: row, rows: data.count, certificate: certificate))
    }
    return CertifiedAccuracy(certificates, labels: data.labels)
  }
}

/// Draws have row numbers, of which there are 2³².
private func requireDraws(_ draws: Int, after first: Int, _ operation: String) {
  let most = NoiseStream.maximumRows - first
  require(
    draws >= 1 && draws <= most, "\(operation): draws is \(draws); expected 1…\(most)")
}

extension [Int] {
  /// The index of the greatest; the first of equals.
  fileprivate var indexOfMaximum: Int {
    indices.reduce(0) { self[$1] > self[$0] ? $1 : $0 }
  }
}
