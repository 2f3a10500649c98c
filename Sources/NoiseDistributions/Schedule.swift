import DitherRuntime

/// A number that changes with the step: a pure function of the step alone, for scales of noise and for learning rates.
///
/// Between two values it takes t = step / steps; from that step on it stays at the last value, exactly. The values are
/// in double precision, computed by IEEE operations alone, so that they have the same bits on every machine.
///
/// ```swift
/// let scale = Schedule.linear(from: 0, to: 0.3, over: 1000)
/// assert(scale.value(at: 500) == 0.15)
/// ```
public struct Schedule: Sendable {
  enum Kind: Sendable {
    case constant(Double)
    case linear(from: Double, to: Double, over: Int)
    case cosine(from: Double, to: Double, over: Int)
    case exponential(from: Double, to: Double, over: Int)
    case step(from: Double, factor: Double, every: Int)
    case oneCycle(from: Double, maximum: Double, to: Double, rising: Int, over: Int)
    case inversePower(from: Double, exponent: Double, over: Int)
    case joined([Schedule], at: [Int])
    indirect case warmUp(from: Double, over: Int, then: Schedule)
    case function(@Sendable (Int) -> Double)
  }

  let kind: Kind
  /// The value of a constant schedule; nil of the others.
  let fixedValue: Double?

  init(kind: Kind, fixedValue: Double? = nil) {
    self.kind = kind
    self.fixedValue = fixedValue
  }

  /// A function of the step. It must give the same for the same step, or runs cannot be repeated.
  public init(_ function: @escaping @Sendable (_ step: Int) -> Double) {
    self.init(kind: .function(function))
  }

  /// The same value at every step.
  ///
  /// - Parameter value: finite; another stops the program.
  public static func constant(_ value: Double) -> Schedule {
    requireFinite(value, ofSchedule: "constant", "value")
    return Schedule(kind: .constant(value), fixedValue: value)
  }

  /// A straight line: from + (to − from) · t.
  ///
  /// - Parameters:
  ///   - from: the value at step 0, finite; another stops the program.
  ///   - to: the value from step `steps` on, finite; another stops the program.
  ///   - steps: at least 1; another stops the program.
  public static func linear(from: Double, to: Double, over steps: Int) -> Schedule {
    requireEnds(from, to, steps, "linear")
    return Schedule(kind: .linear(from: from, to: to, over: steps))
  }

  /// Half a cosine, flat at both ends: to + (from − to) · (1 + cos πt) / 2.
  ///
  /// Source: Loshchilov & Hutter 2017, *SGDR*, equation 5, without restarts.
  ///
  /// - Parameters:
  ///   - from: the value at step 0, finite; another stops the program.
  ///   - to: the value from step `steps` on, finite; another stops the program.
  ///   - steps: at least 1; another stops the program.
  public static func cosine(from: Double, to: Double, over steps: Int) -> Schedule {
    requireEnds(from, to, steps, "cosine")
    return Schedule(kind: .cosine(from: from, to: to, over: steps))
  }

  /// A constant ratio from step to step: from · (to / from)ᵗ.
  ///
  /// - Parameters:
  ///   - from: the value at step 0, finite and above 0; another stops the program.
  ///   - to: the value from step `steps` on, finite and above 0; another stops the program.
  ///   - steps: at least 1; another stops the program.
  public static func exponential(from: Double, to: Double, over steps: Int) -> Schedule {
    requireEnds(from, to, steps, "exponential")
    require(
      from > 0 && to > 0,
      "Schedule.exponential: from is \(from) and to is \(to); expected both above 0")
    return Schedule(kind: .exponential(from: from, to: to, over: steps))
  }

  /// A staircase: from · factorᵏ with k = step / every, rounded down.
  ///
  /// - Parameters:
  ///   - from: the value of the first stair, finite; another stops the program.
  ///   - factor: from stair to stair, finite, 0 or more; another stops the program.
  ///   - every: steps of a stair, at least 1; another stops the program. With 1 it is a decay at each step.
  public static func step(from: Double, factor: Double, every: Int) -> Schedule {
    requireFinite(from, ofSchedule: "step", "from")
    require(
      factor >= 0 && factor.isFinite,
      "Schedule.step: factor is \(factor); expected a finite number, 0 or more")
    require(every >= 1, "Schedule.step: every is \(every); expected at least 1")
    return Schedule(kind: .step(from: from, factor: factor, every: every))
  }

  /// Up to a maximum and down below the start, half a cosine each.
  ///
  /// Source: Smith & Topin 2018, *Super-Convergence*; with cosines in place of straight lines, and the defaults, as in
  /// PyTorch's `OneCycleLR`.
  ///
  /// - Parameters:
  ///   - maximum: finite; another stops the program.
  ///   - steps: of the whole cycle, at least 1; another stops the program.
  ///   - rising: the step of the maximum, 0 ..< steps; another stops the program. By default three tenths of the steps,
  ///     rounded down. At 0 the cycle starts with the maximum.
  ///   - from: the value at step 0, finite; another stops the program. By default a 25th of the maximum.
  ///   - to: the value from step `steps` on, finite; another stops the program. By default `from` / 10,000.
  public static func oneCycle(
    maximum: Double, over steps: Int, rising: Int? = nil, from: Double? = nil, to: Double? = nil
  ) -> Schedule {
    requireFinite(maximum, ofSchedule: "oneCycle", "maximum")
    let from = from ?? maximum / 25
    let to = to ?? from / 10_000
    requireEnds(from, to, steps, "oneCycle")
    let rising = rising ?? steps / 10 * 3 + steps % 10 * 3 / 10
    require(
      rising >= 0 && rising < steps,
      "Schedule.oneCycle: rising is \(rising); expected 0 ..< \(steps), the steps of the cycle")
    return Schedule(
      kind: .oneCycle(from: from, maximum: maximum, to: to, rising: rising, over: steps))
  }

  /// The value at a step.
  ///
  /// - Parameter step: 0 or more; a negative one stops the program.
  public func value(at step: Int) -> Double {
    require(step >= 0, "Schedule.value: step is \(step); expected 0 or more")
    switch kind {
    case .constant(let value): return value
    case .linear(let from, let to, let steps):
      if step >= steps { return to }
      return from + (to - from) * (Double(step) / Double(steps))
    case .cosine(let from, let to, let steps):
      return Self.cosine(from, to, step, of: steps)
    case .exponential(let from, let to, let steps):
      if step >= steps { return to }
      if step == 0 { return from }
      let (start, end) = (ReproducibleDoubleMath.log(from), ReproducibleDoubleMath.log(to))
      return ReproducibleDoubleMath.exp(
        start + (end - start) * (Double(step) / Double(steps)))
    case .step(let from, let factor, let every):
      return from * ReproducibleDoubleMath.pow(factor, step / every)
    case .oneCycle(let from, let maximum, let to, let rising, let steps):
      if step < rising { return Self.cosine(from, maximum, step, of: rising) }
      return Self.cosine(maximum, to, step - rising, of: steps - rising)
    case .inversePower(let from, let exponent, let steps):
      return Self.inversePower(from, exponent, step, over: steps)
    case .joined(let schedules, let boundaries):
      return Self.joined(schedules, boundaries, at: step)
    case .warmUp(let from, let steps, let schedule):
      return Self.warmUp(from, steps, schedule, at: step)
    case .function(let function): return function(step)
    }
  }

  /// (1 + cos πt) / 2 = sin²((1 − t) · π/2), which keeps its digits near the end.
  private static func cosine(_ from: Double, _ to: Double, _ step: Int, of steps: Int) -> Double {
    if step >= steps { return to }
    if step == 0 { return from }
    let root = ReproducibleDoubleMath.sin(Double(steps - step) / Double(steps) * (Double.pi / 2))
    return to + (from - to) * (root * root)
  }
}

func requireFinite(_ value: Double, ofSchedule kind: String, _ parameter: String) {
  require(value.isFinite, "Schedule.\(kind): \(parameter) is \(value); expected a finite number")
}

private func requireEnds(_ from: Double, _ to: Double, _ steps: Int, _ kind: String) {
  requireFinite(from, ofSchedule: kind, "from")
  requireFinite(to, ofSchedule: kind, "to")
  require(steps >= 1, "Schedule.\(kind): steps is \(steps); expected at least 1")
}
