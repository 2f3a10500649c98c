import DitherRuntime

/// How strongly a rule's draw acts: the factor on it.
///
/// The factor is a number, the same at every step or by a ``Schedule``; or relative to the signal, row by row; or
/// trained with the weights. The last two are for ``NoiseRule/adding(_:scale:)`` alone: a factor that multiplies is
/// relative to the signal as it is.
public struct NoiseScale: Sendable {
  enum Kind: Sendable {
    case factor(Schedule)
    case relativeToSignal(Schedule)
    case signalToNoiseRatio(Schedule)
    case learned(initial: Float, Sharing)
  }

  /// Which elements a learned scale is shared by.
  public enum Sharing: Sendable, Hashable {
    /// One number for the whole site.
    case all
    /// One number a column.
    case perFeature
    /// One number an element of a parameter: for rules on the weight and the bias of a linear layer alone.
    case perElement
  }

  let kind: Kind
  /// Whether rows are padded: see ``overTrueSamples()``.
  private(set) var countsTrueSamplesAlone = false

  init(kind: Kind) { self.kind = kind }

  /// The same factor at every step.
  ///
  /// - Parameter value: finite, 0 or more; another stops the program.
  public static func fixed(_ value: Float) -> NoiseScale {
    requireScale(value, "fixed", "the scale")
    return NoiseScale(kind: .factor(.constant(Double(value))))
  }

  /// A factor that changes with the step: that of the pass's stream, ``NoiseStream/step``. (In a pass that samples,
  /// that is the number of the sample.)
  ///
  /// - Parameter schedule: finite values of 0 or more; another stops the program at its step.
  public static func scheduled(_ schedule: Schedule) -> NoiseScale {
    NoiseScale(kind: .factor(schedule))
  }
}

// MARK: Relative to the signal

extension NoiseScale {
  /// A factor for each row: ratio · RMS, with the root mean square RMS = √(Σ x² / columns) of the row.
  ///
  /// The draws keep their own spread: `.adding(Gaussian(standardDeviation: 0.2), scale: .relativeToSignal(0.5))` adds
  /// noise of a tenth of the signal.
  ///
  /// The signal is what enters the site, before any of its rules, and the whole row counts; where rows are padded, see
  /// ``overTrueSamples()``. A row of zeros gets no noise; one that holds an infinity or a NaN gets noise that is not finite. The gradient holds the RMS constant: it
  /// passes unchanged. The RMS is a sum in one fixed order, in double precision, of one row alone, so that its bits do
  /// not depend on how a batch is divided.
  ///
  /// - Parameter ratio: finite, 0 or more; another stops the program.
  public static func relativeToSignal(_ ratio: Float) -> NoiseScale {
    requireScale(ratio, "relativeToSignal", "the ratio")
    return NoiseScale(kind: .relativeToSignal(.constant(Double(ratio))))
  }

  /// The same with a ratio that changes with the step.
  ///
  /// - Parameter schedule: of the ratio, finite values of 0 or more; another stops the program at its step.
  public static func relativeToSignal(_ schedule: Schedule) -> NoiseScale {
    NoiseScale(kind: .relativeToSignal(schedule))
  }

  /// A factor for each row that gives the noise a signal-to-noise ratio: RMS(x) / 10^(decibels / 20) / RMS(d).
  ///
  /// RMS(x) is the row's, as in ``relativeToSignal(_:)-(Float)``, and held constant in the gradient likewise. RMS(d) =
  /// √(variance + mean²) of the distribution takes out its own spread: `Gaussian(standardDeviation: 1)` and
  /// `Gaussian(standardDeviation: 5)` add the same noise. A mean counts as noise. Ratios are of amplitudes, so that 20
  /// decibels are noise of a tenth of the signal: the noise's RMS over a row has that value in the mean of its square,
  /// and each row's own differs from it by chance.
  ///
  /// - Parameter decibels: finite; another stops the program. So does a distribution whose variance + mean² is
  ///   0, infinite or undefined.
  public static func signalToNoiseRatio(decibels: Float) -> NoiseScale {
    require(
      decibels.isFinite,
      "NoiseScale.signalToNoiseRatio: decibels is \(decibels); expected a finite number")
    return NoiseScale(kind: .signalToNoiseRatio(.constant(Double(decibels))))
  }

  /// The same with a ratio that changes with the step.
  ///
  /// - Parameter schedule: of the decibels, finite values; another stops the program at its step.
  public static func signalToNoiseRatio(decibels schedule: Schedule) -> NoiseScale {
    NoiseScale(kind: .signalToNoiseRatio(schedule))
  }

  /// The scale for rows that are padded at their end: RMS(x) is that of a row's true samples alone, and what follows them
  /// stays as it is.
  ///
  /// How many samples of a row are true, its length n, is another number for each batch, so the pass says it:
  /// `Pass.rows(ofLengths:)`. RMS = √(Σ x² / n) over the first n columns; a row without true samples gets no noise.
  ///
  /// ```swift
  /// let rule = NoiseRule.adding(
  ///   Gaussian(standardDeviation: 1), scale: .signalToNoiseRatio(decibels: 10).overTrueSamples())
  /// ```
  ///
  /// A scale that is not relative to the signal stops the program.
  public func overTrueSamples() -> NoiseScale {
    switch kind {
    case .relativeToSignal, .signalToNoiseRatio: break
    case .factor, .learned:
      misuse(
        "NoiseScale.overTrueSamples: the scale is \(self); expected .relativeToSignal or .signalToNoiseRatio"
      )
    }
    var scale = self
    scale.countsTrueSamplesAlone = true
    return scale
  }
}

extension NoiseScale {
  /// The factor is 1 at every step: what `description` leaves out.
  var isOne: Bool {
    if case .factor(let schedule) = kind { schedule.fixedValue == 1 } else { false }
  }

  /// The factor at a step; nil where it is no number that the step alone gives.
  func factor(at step: Int) -> Float? {
    guard case .factor(let schedule) = kind else { return nil }
    return Self.checked(schedule, at: step)
  }

  private static func checked(_ schedule: Schedule, at step: Int) -> Float {
    let value = Float(schedule.value(at: step))
    require(
      value >= 0 && value.isFinite,
      "NoiseScale: the scale \(schedule) is \(value) at step \(step); expected a finite number, 0 or more"
    )
    return value
  }

  /// The factor on a row's RMS at a step; nil where the scale is not relative to it.
  func ratio(at step: Int, of distribution: any NoiseDistribution) -> Float? {
    switch kind {
    case .relativeToSignal(let schedule): return Self.checked(schedule, at: step)
    case .signalToNoiseRatio(let schedule):
      let decibels = schedule.value(at: step)
      require(
        decibels.isFinite,
        "NoiseScale.signalToNoiseRatio: decibels is \(decibels) at step \(step); expected a finite number"
      )
      // ln 10 / 20.
      let amplitude = exponential(-0.115129254649702284 * decibels)
      return Float(amplitude / Self.rootMeanSquare(of: distribution))
    case .factor, .learned: return nil
    }
  }

  private static func rootMeanSquare(of distribution: any NoiseDistribution) -> Double {
    (distribution.variance + distribution.mean * distribution.mean).squareRoot()
  }

  /// Stops unless the scale can be that of draws that a rule adds.
  func requireScales(_ distribution: any NoiseDistribution) {
    guard case .signalToNoiseRatio = kind else { return }
    let root = Self.rootMeanSquare(of: distribution)
    require(
      root > 0 && root.isFinite,
      "NoiseScale.signalToNoiseRatio: \(distribution) has mean \(distribution.mean) and variance \(distribution.variance); expected a mean square that is finite and above 0"
    )
  }

  /// Stops unless the scale is a number.
  func requireFactor(_ rule: String) {
    if case .factor = kind { return }
    misuse(
      "NoiseRule.\(rule): the scale is \(self); expected .fixed or .scheduled (relative and learned scales are for .adding)"
    )
  }
}

private func requireScale(_ value: Float, _ kind: String, _ what: String) {
  require(
    NoiseScale.range.contains(value),
    "NoiseScale.\(kind): \(what) is \(value); expected \(NoiseScale.range)")
}

extension NoiseScale {
  /// What a factor may be.
  static let range = ParameterRange.nonNegative
}

extension NoiseScale: CustomStringConvertible {
  /// As it is written in a rule: a number, or `scheduled(…)`, `relativeToSignal(…)`, `signalToNoiseRatio(decibels: …)`,
  /// `learned(…)`.
  public var description: String {
    countsTrueSamplesAlone ? "\(written).overTrueSamples()" : written
  }

  private var written: String {
    switch kind {
    case .factor(let schedule):
      schedule.fixedValue.map { "\(Float($0))" } ?? "scheduled(\(schedule))"
    case .relativeToSignal(let schedule): "relativeToSignal(\(Self.written(schedule)))"
    case .signalToNoiseRatio(let schedule):
      "signalToNoiseRatio(decibels: \(Self.written(schedule)))"
    case .learned(let initial, .all): "learned(\(initial))"
    case .learned(let initial, .perFeature): "learned(\(initial), .perFeature)"
    case .learned(let initial, .perElement): "learned(\(initial), .perElement)"
    }
  }

  private static func written(_ schedule: Schedule) -> String {
    schedule.fixedValue.map { "\(Float($0))" } ?? "\(schedule)"
  }
}
