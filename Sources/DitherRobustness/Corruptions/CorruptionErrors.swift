public import DitherData
import DitherRuntime
public import NoiseDistributions

/// How often a classifier is wrong about inputs that are spoiled in several ways, each at five severities.
///
/// One number is made of it by comparison with a reference, since some corruptions are harder than others (Hendrycks & Dietterich
/// 2019, *Benchmarking neural network robustness to common corruptions and perturbations*, section 4.2): with E the errors at severity
/// s of corruption c, the mean over the corruptions of Σ_s E_{s,c} / Σ_s E_{s,c} of the reference.
public struct CorruptionErrors: Sendable, CustomStringConvertible {
  /// The corruptions' names, in the order of the suite.
  public let names: [String]
  /// The share of wrong answers to inputs that are not spoiled.
  public let cleanError: Double
  /// For each corruption the share of wrong answers at severities 1 to 5.
  public let errors: [[Double]]

  private let noise: NoiseStream
  private let labels: [Int]
  /// Of each row whether the answer was wrong, for each corruption and severity.
  private let cleanWrong: [Bool]
  private let wrong: [[[Bool]]]

  init(
    names: [String], noise: NoiseStream, labels: [Int], cleanWrong: [Bool], wrong: [[[Bool]]]
  ) {
    self.names = names
    self.noise = noise
    self.labels = labels
    self.cleanWrong = cleanWrong
    self.wrong = wrong
    func share(_ wrong: [Bool]) -> Double {
      Double(wrong.count { $0 }) / Double(labels.count)
    }
    cleanError = share(cleanWrong)
    errors = wrong.map { $0.map(share) }
  }

  /// The mean over the severities of a corruption's errors; a name that there is not stops the program.
  public func error(of name: String) -> Double {
    guard let index = names.firstIndex(of: name) else {
      misuse("CorruptionErrors: there is no corruption \"\(name)\"; expected one of \(names)")
    }
    return errors[index].reduce(0, +) / Double(errors[index].count)
  }

  /// The mean over corruptions and severities.
  public var meanError: Double {
    names.reduce(0) { $0 + error(of: $1) } / Double(names.count)
  }

  /// The mean corruption error: the mean over the corruptions of Σ_s E / Σ_s E_reference. 1 is as good as the reference, less is
  /// better. (The paper writes 100 times that.)
  ///
  /// - Parameter reference: of the same suite, data and noise; with an error above 0 for each corruption. Another stops the program.
  public func meanCorruptionError(relativeTo reference: CorruptionErrors) -> Double {
    requirePaired(with: reference)
    return requiredRatio(to: reference, lessClean: false)
  }

  /// The same of what the errors exceed those on clean inputs by: the mean over the corruptions of Σ_s (E − E_clean) over Σ_s
  /// (E − E_clean) of the reference.
  ///
  /// - Parameter reference: of the same suite, data and noise; each corruption makes it wrong more often than clean inputs do, in the mean
  ///   over the severities. Another stops the program.
  public func relativeMeanCorruptionError(relativeTo reference: CorruptionErrors) -> Double {
    requirePaired(with: reference)
    return requiredRatio(to: reference, lessClean: true)
  }

  /// ``meanCorruptionError(relativeTo:)`` with its interval: a resample is of the same rows for both and for all corruptions.
  ///
  /// - Parameters:
  ///   - reference: of the same suite, data and noise; another stops the program.
  ///   - bootstrap: resamples and confidence.
  /// - Returns: nil where the reference is so seldom wrong that a resample has none of its errors under a corruption: there is no
  ///   ratio then, but ``meanErrorDifference(from:by:)``.
  public func meanCorruptionErrorEstimate(
    relativeTo reference: CorruptionErrors, by bootstrap: Bootstrap
  ) -> BootstrapEstimate? {
    requirePaired(with: reference)
    var isDefined = true
    let estimate = bootstrap.estimate(rows: labels.count) { weights in
      if let ratio = errorRatio(to: reference, weights, lessClean: false) { return ratio }
      isDefined = false
      return 0
    }
    return isDefined ? estimate : nil
  }

  /// By how much ``meanError`` exceeds that of another classifier, with its interval: the paired bootstrap.
  ///
  /// - Parameters:
  ///   - other: of the same suite, data and noise; another stops the program.
  ///   - bootstrap: resamples and confidence.
  public func meanErrorDifference(
    from other: CorruptionErrors, by bootstrap: Bootstrap
  ) -> BootstrapEstimate {
    requirePaired(with: other)
    return bootstrap.estimate(rows: labels.count) { weights in
      meanError(weights) - other.meanError(weights)
    }
  }

  private func meanError(_ weights: [Int]) -> Double {
    let wrong = names.indices.reduce(0) { $0 + total($1, weights, lessClean: false) }
    return Double(wrong) / Double(names.count * severities.count * labels.count)
  }

  private func requiredRatio(to reference: CorruptionErrors, lessClean: Bool) -> Double {
    let once = [Int](repeating: 1, count: labels.count)
    for (index, name) in names.enumerated() {
      let wrong = reference.total(index, once, lessClean: lessClean)
      require(
        wrong > 0,
        "CorruptionErrors: the reference's errors under \"\(name)\" at all severities\(lessClean ? ", less those on clean inputs," : "") are \(wrong) of \(labels.count) rows; expected more than 0: a reference that each corruption harms"
      )
    }
    return errorRatio(to: reference, once, lessClean: lessClean) ?? .nan
  }

  /// Nil where the reference's errors do not add up to more than 0.
  private func errorRatio(
    to reference: CorruptionErrors, _ weights: [Int], lessClean: Bool
  ) -> Double? {
    var sum = 0.0
    for index in names.indices {
      let other = reference.total(index, weights, lessClean: lessClean)
      guard other > 0 else { return nil }
      sum += Double(total(index, weights, lessClean: lessClean)) / Double(other)
    }
    return sum / Double(names.count)
  }

  /// Wrong answers at all severities, each row counted as often as it weighs.
  private func total(_ corruption: Int, _ weights: [Int], lessClean: Bool) -> Int {
    let clean = lessClean ? count(of: cleanWrong, weights) : 0
    return wrong[corruption].reduce(0) { $0 + (count(of: $1, weights) - clean) }
  }

  private func requirePaired(with reference: CorruptionErrors) {
    require(
      names == reference.names && labels == reference.labels && noise == reference.noise,
      "CorruptionErrors: the reference is of the corruptions \(reference.names) on \(reference.labels.count) rows, this of \(names) on \(labels.count); expected the same suite, data and noise"
    )
  }

  /// A table: a line for each corruption.
  public var description: String {
    let lines = zip(names, errors).map { name, errors in "\(name): \(errors)" }
    return (["not spoiled: \(cleanError)"] + lines).joined(separator: "\n")
  }
}

/// Rows, each counted as often as it weighs.
private func count(of isTrue: [Bool], _ weights: [Int]) -> Int {
  zip(weights, isTrue).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
}

/// Measures a classifier under a suite of corruptions.
///
/// ```swift
/// let suite = ImageCorruption.all(ImageShape(height: 8, width: 8))
/// let plain = NetworkClassifier(model, inputShape: [64])
/// let errors = corruptionErrors(of: plain, on: data, under: suite, noise: noise)
/// print(errors, errors.meanError, errors.meanCorruptionError(relativeTo: errors))
/// ```
///
/// Two classifiers that are measured with one suite, data and stream meet the same inputs, to the bit.
///
/// - Parameters:
///   - classifier: that is measured.
///   - data: with at least one row. Data that do not fit the classifier stop the program.
///   - corruptions: at least one, no two with one name; others stop the program.
///   - mode: how the classifier is used.
///   - noise: of the corruptions in the domain of evaluation, of the classifier in that of sampling: row r of the data at the stream's
///     first row plus r. Every severity has the same draws.
///   - batchSize: samples at once, at least 1. It changes no result.
public func corruptionErrors(
  of classifier: some Classifier, on data: LabelledData, under corruptions: [any Corruption],
  mode: InferenceMode = .clean, noise: NoiseStream, batchSize: Int = 256
) -> CorruptionErrors {
  classifier.requireFits(data, "corruptionErrors")
  require(batchSize >= 1, "corruptionErrors: batchSize is \(batchSize); expected at least 1")
  let names = corruptions.map(\.name)
  require(
    !names.isEmpty && Set(names).count == names.count,
    "corruptionErrors: the corruptions are \(names); expected at least one, each with a name of its own"
  )
  func wrong(_ corruption: (any Corruption)?, _ severity: Int) -> [Bool] {
    var wrong: [Bool] = []
    for first in stride(from: 0, to: data.count, by: batchSize) {
      let rows = first..<min(first + batchSize, data.count)
      let stream = noise.advanced(byRows: first)
      var inputs = data.inputs.rows(rows)
      if let corruption {
        let clean = inputs
        inputs = corruption.corrupted(clean, severity: severity, noise: stream)
        require(
          inputs.shape == clean.shape,
          "corruptionErrors: \(corruption.name) makes inputs of shape \(clean.shape) ones of shape \(inputs.shape); expected the same"
        )
      }
      let answers = classifier.answers(inputs, mode, stream)
      wrong += zip(answers, data.labels[rows]).map { $0 != $1 }
    }
    return wrong
  }
  return CorruptionErrors(
    names: names, noise: noise, labels: data.labels, cleanWrong: wrong(nil, 0),
    wrong: corruptions.map { corruption in severities.map { wrong(corruption, $0) } })
}
