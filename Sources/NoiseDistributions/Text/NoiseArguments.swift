import DitherRuntime

/// What was written after a name, for the function of a ``NoiseCatalog`` that makes a distribution of it.
public struct NoiseArguments: Sendable {
  /// The distributions in parentheses.
  public let distributions: [any NoiseDistribution]
  /// The numbers before their `*`, where the catalog asks for weights.
  public let weights: [Double]

  let name: String
  let text: String
  let position: Int
  /// The distributions as they were written.
  let children: [NoiseExpression]
  /// By the names of their parameters, those left out too.
  let numbers: [String: NoiseExpression.Number]
  let labels: [String: NoiseExpression.Number]

  /// The number of a parameter.
  ///
  /// - Parameters:
  ///   - parameter: one of the names that the catalog was given. Another stops the program.
  ///   - range: what is accepted; text with another number throws.
  public func float(_ parameter: String, in range: ParameterRange) throws -> Float {
    try value(parameter, range) { Float($0) }
  }

  /// The number of a parameter in double precision.
  ///
  /// - Parameters:
  ///   - parameter: one of the names that the catalog was given. Another stops the program.
  ///   - range: what is accepted; text with another number throws.
  public func double(_ parameter: String, in range: ParameterRange) throws -> Double {
    try value(parameter, range) { Double($0) }
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

  /// The number with a label, nil if there is none.
  func labelled<Value: BinaryFloatingPoint & LosslessStringConvertible>(
    _ label: String, in range: ParameterRange
  ) throws -> Value? {
    try labels[label].map { try value(label, range, of: $0) { Value($0) } }
  }

  private func value<Value: BinaryFloatingPoint>(
    _ parameter: String, _ range: ParameterRange, _ read: (String) -> Value?
  ) throws -> Value {
    guard let number = numbers[parameter] else {
      misuse(
        "NoiseCatalog: \(name) has no parameter \(parameter); expected one that it was added with")
    }
    return try value(parameter, range, of: number, read)
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
    NoiseTextError(text: text, position: position, received: received, expected: expected)
  }
}
