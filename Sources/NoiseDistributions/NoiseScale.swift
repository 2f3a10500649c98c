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
  var countsTrueSamplesAlone = false

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

/// Stops the program unless a number can be a factor.
func requireScale(_ value: Float, _ kind: String, _ what: String) {
  require(
    NoiseScale.range.contains(value),
    "NoiseScale.\(kind): \(what) is \(value); expected \(NoiseScale.range)")
}

extension NoiseScale {
  /// What a factor may be.
  static let range = ParameterRange.nonNegative

  /// The factor is 1 at every step: what `description` leaves out.
  var isOne: Bool {
    if case .factor(let schedule) = kind { schedule.fixedValue == 1 } else { false }
  }

  /// Whether it follows a schedule that is no constant.
  var isScheduled: Bool {
    switch kind {
    case .factor(let schedule), .relativeToSignal(let schedule), .signalToNoiseRatio(let schedule):
      schedule.fixedValue == nil
    case .learned: false
    }
  }

  /// The factor at a step; nil where it is no number that the step alone gives.
  func factor(at step: Int) -> Float? {
    guard case .factor(let schedule) = kind else { return nil }
    return Self.checked(schedule, at: step)
  }

  static func checked(_ schedule: Schedule, at step: Int) -> Float {
    let value = Float(schedule.value(at: step))
    require(
      range.contains(value),
      "NoiseScale: the scale \(schedule) is \(value) at step \(step); expected \(range)")
    return value
  }

  /// Why a rule cannot take the scale, which is no number; nil if it is one.
  func problemAsFactor(of rule: String) -> String? {
    if case .factor = kind { return nil }
    return
      "NoiseRule.\(rule): the scale is \(self); expected .fixed or .scheduled (relative and learned scales are for .adding)"
  }

  /// Stops unless the scale is a number.
  func requireFactor(_ rule: String) {
    if let problem = problemAsFactor(of: rule) { misuse(problem) }
  }
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
