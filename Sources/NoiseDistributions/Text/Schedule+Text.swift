extension Schedule {
  /// How text writes a schedule; a function of the step has no text.
  static let forms: [NoiseCatalog.Entry<Schedule>] = [
    constantForm,
    form("linear", in: .finite) {
      .linear(from: $0, to: $1, over: $2)
    } parts: {
      guard case .linear(let from, let to, let steps) = $0 else { return nil }
      return (from, to, steps)
    },
    form("cosine", in: .finite) {
      .cosine(from: $0, to: $1, over: $2)
    } parts: {
      guard case .cosine(let from, let to, let steps) = $0 else { return nil }
      return (from, to, steps)
    },
    form("exponential", in: .positive) {
      .exponential(from: $0, to: $1, over: $2)
    } parts: {
      guard case .exponential(let from, let to, let steps) = $0 else { return nil }
      return (from, to, steps)
    },
    stepForm, oneCycleForm, inversePowerForm,
  ]

  private static let steps = 1...Int.max

  private static let constantForm = NoiseCatalog.Entry<Schedule>(
    name: "constant", parameters: ["value"]
  ) {
    .constant(try $0.double("value", in: .finite))
  } parts: {
    guard case .constant(let value) = $0.kind else { return nil }
    return NoiseParts(numbers: [.double(value)])
  }

  /// One from a value to another over a number of steps.
  private static func form(
    _ name: String, in range: ParameterRange,
    make: @escaping @Sendable (Double, Double, Int) -> Schedule,
    parts: @escaping @Sendable (Kind) -> (Double, Double, Int)?
  ) -> NoiseCatalog.Entry<Schedule> {
    NoiseCatalog.Entry(name: name, parameters: ["from", "to", "over"]) {
      let (from, to) = (try $0.double("from", in: range), try $0.double("to", in: range))
      return make(from, to, try $0.integer("over", in: Schedule.steps))
    } parts: {
      guard let (from, to, steps) = parts($0.kind) else { return nil }
      return NoiseParts(numbers: [.double(from), .double(to), .integer(steps)])
    }
  }

  private static let stepForm = NoiseCatalog.Entry<Schedule>(
    name: "step", parameters: ["from", "factor", "every"]
  ) {
    .step(
      from: try $0.double("from", in: .finite), factor: try $0.double("factor", in: .nonNegative),
      every: try $0.integer("every", in: Schedule.steps))
  } parts: {
    guard case .step(let from, let factor, let every) = $0.kind else { return nil }
    return NoiseParts(numbers: [.double(from), .double(factor), .integer(every)])
  }

  private static let oneCycleForm = NoiseCatalog.Entry<Schedule>(
    name: "oneCycle", parameters: ["maximum", "over", "rising", "from", "to"]
  ) {
    let over = try $0.integer("over", in: Schedule.steps)
    return .oneCycle(
      maximum: try $0.double("maximum", in: .finite), over: over,
      rising: try $0.integer("rising", in: 0...over - 1), from: try $0.double("from", in: .finite),
      to: try $0.double("to", in: .finite))
  } parts: {
    guard case .oneCycle(let from, let maximum, let to, let rising, let steps) = $0.kind else {
      return nil
    }
    return NoiseParts(numbers: [
      .double(maximum), .integer(steps), .integer(rising), .double(from), .double(to),
    ])
  }
}

extension Schedule {
  fileprivate static let inversePowerForm = NoiseCatalog.Entry<Schedule>(
    name: "inversePower", parameters: ["from", "exponent", "over"]
  ) {
    .inversePower(
      from: try $0.double("from", in: .finite),
      exponent: try $0.double("exponent", in: .nonNegative),
      over: try $0.integer("over", in: 1...Int.max))
  } parts: {
    guard case .inversePower(let from, let exponent, let steps) = $0.kind else { return nil }
    return NoiseParts(numbers: [.double(from), .double(exponent), .integer(steps)])
  }
}

extension Schedule {
  /// The number that it is at every step, where a `Float` is all of it.
  var number: NoiseNumber? { fixedValue.flatMap { Float(exactly: $0) }.map { .float($0) } }

  /// Values between which all others lie; nil of what has no text.
  private var extremes: [Double]? {
    switch kind {
    case .constant(let value): [value]
    case .linear(let from, let to, _), .cosine(let from, let to, _),
      .exponential(let from, let to, _):
      [from, to]
    case .step(let from, let factor, _):
      factor <= 1 || from == 0 ? [from, 0] : [from, from * .infinity]
    case .oneCycle(let from, let maximum, let to, _, _): [from, maximum, to]
    case .inversePower(let from, _, _): [from, 0]
    case .joined, .warmUp, .function: nil
    }
  }

  private var isFunction: Bool { if case .function = kind { true } else { false } }

  /// Why text cannot have it where the values of all steps are to be in a range; nil if it can.
  func problem(in range: ParameterRange) -> String? {
    guard let extremes else {
      return isFunction
        ? "a function of the step has no text" : "schedules one after the other have no text"
    }
    let outside = extremes.first { !range.contains($0) || !range.contains(Float($0)) }
    return outside.map { "the schedule \(self) goes to \($0); expected \(range) at every step" }
  }
}
