import DitherRuntime

/// What was written after a name, for the function of a ``NoiseCatalog`` that makes a distribution or a rule of it.
public struct NoiseArguments: Sendable {
  /// The distributions in parentheses.
  public let distributions: [any NoiseDistribution]
  /// The numbers before their `*`, where the catalog asks for weights.
  public let weights: [Double]

  let name: String
  let position: Int
  let reading: NoiseReading
  /// The distributions as they were written.
  let children: [NoiseExpression]
  /// By the names of their parameters, those left out too.
  let numbers: [String: NoiseExpression.Number]
  /// A schedule in the place of the numbers.
  let scheduled: Schedule?
  let labels: [String: NoiseExpression.Value]

  /// The number of a parameter.
  ///
  /// - Parameters:
  ///   - parameter: one of the names that the catalog was given. Another stops the program.
  ///   - range: what is accepted; text with another number throws.
  public func float(_ parameter: String, in range: ParameterRange) throws -> Float {
    try value(parameter, range, of: number(parameter)) { Float($0) }
  }

  /// The number of a parameter in double precision.
  ///
  /// - Parameters:
  ///   - parameter: one of the names that the catalog was given. Another stops the program.
  ///   - range: what is accepted; text with another number throws.
  public func double(_ parameter: String, in range: ParameterRange) throws -> Double {
    try value(parameter, range, of: number(parameter)) { Double($0) }
  }

  /// The number of a parameter that counts something: digits alone, with a sign or without.
  ///
  /// - Parameters:
  ///   - parameter: one of the names that the catalog was given. Another stops the program.
  ///   - range: what is accepted; text with another number throws.
  public func integer(_ parameter: String, in range: ClosedRange<Int>) throws -> Int {
    let number = self.number(parameter)
    guard let value = Int(number.text), range.contains(value) else {
      throw error(
        number.position, number.text,
        "a whole number in \(range.lowerBound)…\(range.upperBound) for \(parameter) of \(name)")
    }
    return value
  }

  /// The distribution of a number, 0 or more, which must have a quantile; one without throws.
  public func quantileDistribution(_ number: Int) throws -> any QuantileDistribution {
    if let distribution = distributions[number] as? any QuantileDistribution { return distribution }
    throw error(
      children[number].position, children[number].name,
      "a distribution with a quantile for \(name)")
  }

  /// Throws if there is a problem that concerns several arguments at once: the text that a stop would print, or nil.
  public func refuse(_ problem: String?) throws {
    if let problem { throw error(position, name, "other arguments: \(problem)") }
  }

  /// The schedule in parentheses, else the number of a parameter at every step.
  func schedule(_ parameter: String, in range: ParameterRange) throws -> Schedule {
    guard let scheduled else { return .constant(Double(try float(parameter, in: range))) }
    try refuse(scheduled.problem(in: range))
    return scheduled
  }
}

// MARK: What follows labels

extension NoiseArguments {
  /// The number after a label, nil without the label.
  func number(_ label: NoiseCatalog.Label, in range: ParameterRange) throws -> Double? {
    switch labels[label.name] {
    case nil: return nil
    case .number(let number)?: return try value(label.name, range, of: number) { Double($0) }
    case .expression(let expression)?:
      throw error(
        expression.position, expression.name, "\(range) for \(label.name) of \(name)")
    }
  }

  /// What a name after a label stands for, nil without the label.
  func labelled<Value>(
    _ label: NoiseCatalog.Label, _ entries: [NoiseCatalog.Entry<Value>], _ kind: String
  ) throws -> Value? {
    switch labels[label.name] {
    case nil: return nil
    case .number(let number)?:
      throw error(number.position, number.text, reading.expected(kind, entries.map(\.name)))
    case .expression(let expression)?: return try reading.value(expression, entries, kind)
    }
  }

  /// What a number or a name after a label stands for, nil without the label.
  func labelled<Value>(
    _ label: NoiseCatalog.Label, _ entries: [NoiseCatalog.Entry<Value>], _ kind: String,
    orNumberIn range: ParameterRange, make: (Float) -> Value
  ) throws -> Value? {
    guard case .number(let number)? = labels[label.name] else {
      return try labelled(label, entries, kind)
    }
    return make(try value(label.name, range, of: number) { Float($0) })
  }
}

extension NoiseArguments {
  private func number(_ parameter: String) -> NoiseExpression.Number {
    guard let number = numbers[parameter] else {
      misuse(
        "NoiseCatalog: \(name) has no parameter \(parameter); expected one that it was added with")
    }
    return number
  }

  private func value<Value: BinaryFloatingPoint>(
    _ parameter: String, _ range: ParameterRange, of number: NoiseExpression.Number,
    _ read: (String) -> Value?
  ) throws -> Value {
    guard let value = read(number.text), range.contains(value) else {
      throw error(number.position, number.text, "\(range) for \(parameter) of \(name)")
    }
    return value
  }

  private func error(_ position: Int, _ received: String, _ expected: String) -> NoiseTextError {
    reading.error(position, received, expected)
  }
}
