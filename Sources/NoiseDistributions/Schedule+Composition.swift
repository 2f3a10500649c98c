import DitherRuntime

// Schedules made of others, and the decay that theory asks of noise.
extension Schedule {
  /// A decay by a power of the step: from / (1 + step / over)^exponent. It never ends.
  ///
  /// ```swift
  /// let rate = Schedule.inversePower(from: 1, exponent: 0.5)
  /// assert(rate.value(at: 0) == 1 && abs(rate.value(at: 3) - 0.5) < 1e-15)
  /// ```
  ///
  /// With an exponent above ½ and up to 1 it is the learning rate a·(b + t)^−γ of Robbins & Monro 1951 and of Welling &
  /// Teh 2011 (from = a·b^−γ, over = b); with `over` 1 the gradient noise of Neelakantan et al. 2015.
  ///
  /// - Parameters:
  ///   - from: the value at step 0, finite; another stops the program.
  ///   - exponent: finite, 0 or more; another stops the program.
  ///   - steps: after which 1 + step / over is 2, at least 1; another stops the program.
  public static func inversePower(from: Double, exponent: Double, over steps: Int = 1) -> Schedule {
    requireFinite(from, ofSchedule: "inversePower", "from")
    require(
      exponent >= 0 && exponent.isFinite,
      "Schedule.inversePower: exponent is \(exponent); expected a finite number, 0 or more")
    require(steps >= 1, "Schedule.inversePower: steps is \(steps); expected at least 1")
    return Schedule(kind: .inversePower(from: from, exponent: exponent, over: steps))
  }

  /// Schedules one after the other, each with its steps counted from where it begins.
  ///
  /// ```swift
  /// let rate = Schedule.joined([.constant(0.1), .cosine(from: 0.1, to: 0, over: 900)], at: [100])
  /// assert(rate.value(at: 99) == 0.1 && rate.value(at: 1000) == 0)
  /// ```
  ///
  /// - Parameters:
  ///   - schedules: at least one; none stops the program.
  ///   - boundaries: the step at which each but the first begins, ascending and above 0, one fewer than schedules; others
  ///     stop the program.
  public static func joined(_ schedules: [Schedule], at boundaries: [Int]) -> Schedule {
    require(
      !schedules.isEmpty && boundaries.count == schedules.count - 1,
      "Schedule.joined: \(boundaries.count) boundaries for \(schedules.count) schedules; expected one boundary fewer than schedules, of which there is one at least"
    )
    require(
      zip([0] + boundaries, boundaries).allSatisfy(<),
      "Schedule.joined: the boundaries are \(boundaries); expected ascending steps above 0")
    return Schedule(kind: .joined(schedules, at: boundaries))
  }

  /// A straight line up to the first value of another schedule, which then begins.
  ///
  /// At step s of the warm-up: from + (first − from) · s / over, with first = then.value(at: 0); from step `over` on, the
  /// other's value at step s − over. So the whole takes the steps of both.
  ///
  /// ```swift
  /// let rate = Schedule.warmUp(over: 500, then: .cosine(from: 1e-3, to: 0, over: 9_500))
  /// assert(rate.value(at: 250) == 0.5e-3 && rate.value(at: 500) == 1e-3)
  /// ```
  ///
  /// Source: Goyal et al. 2017, *Accurate, large minibatch SGD*, section 2.2.
  ///
  /// - Parameters:
  ///   - from: the value at step 0, finite; another stops the program.
  ///   - steps: at least 1; another stops the program.
  ///   - schedule: what follows.
  public static func warmUp(
    from: Double = 0, over steps: Int, then schedule: Schedule
  ) -> Schedule {
    requireFinite(from, ofSchedule: "warmUp", "from")
    require(steps >= 1, "Schedule.warmUp: steps is \(steps); expected at least 1")
    return Schedule(kind: .warmUp(from: from, over: steps, then: schedule))
  }

  static func inversePower(
    _ from: Double, _ exponent: Double, _ step: Int, over steps: Int
  ) -> Double {
    let distance = 1 + Double(step) / Double(steps)
    return from * ReproducibleDoubleMath.exp(-exponent * ReproducibleDoubleMath.log(distance))
  }

  static func joined(_ schedules: [Schedule], _ boundaries: [Int], at step: Int) -> Double {
    let number = boundaries.firstIndex { step < $0 } ?? boundaries.count
    let start = number == 0 ? 0 : boundaries[number - 1]
    return schedules[number].value(at: step - start)
  }

  static func warmUp(
    _ from: Double, _ steps: Int, _ schedule: Schedule, at step: Int
  ) -> Double {
    if step >= steps { return schedule.value(at: step - steps) }
    return from + (schedule.value(at: 0) - from) * (Double(step) / Double(steps))
  }
}
