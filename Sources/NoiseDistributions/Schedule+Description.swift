extension Schedule: CustomStringConvertible {
  /// As it is written; a closure is `Schedule { … }`.
  public var description: String {
    switch kind {
    case .constant(let value): "constant(\(value))"
    case .linear(let from, let to, let steps): "linear(from: \(from), to: \(to), over: \(steps))"
    case .cosine(let from, let to, let steps): "cosine(from: \(from), to: \(to), over: \(steps))"
    case .exponential(let from, let to, let steps):
      "exponential(from: \(from), to: \(to), over: \(steps))"
    case .step(let from, let factor, let every):
      "step(from: \(from), factor: \(factor), every: \(every))"
    case .oneCycle(let from, let maximum, let to, let rising, let steps):
      "oneCycle(maximum: \(maximum), over: \(steps), rising: \(rising), from: \(from), to: \(to))"
    case .inversePower(let from, let exponent, let steps):
      "inversePower(from: \(from), exponent: \(exponent), over: \(steps))"
    case .joined(let schedules, let boundaries): "joined(\(schedules), at: \(boundaries))"
    case .warmUp(let from, let steps, let schedule):
      "warmUp(from: \(from), over: \(steps), then: \(schedule))"
    case .function: "Schedule { … }"
    }
  }
}
