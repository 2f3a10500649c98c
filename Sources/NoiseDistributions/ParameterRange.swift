import DitherRuntime

/// The numbers that a parameter accepts: one statement of it for an initialiser, which stops the program, and for text, where
/// another number is an error that is thrown.
public struct ParameterRange: Sendable, CustomStringConvertible {
  /// What is accepted, as messages say it: "a finite number, 0 or more".
  public let description: String
  private let accepts: @Sendable (Double) -> Bool

  /// - Parameters:
  ///   - description: what is accepted, for messages.
  ///   - accepts: whether a number is; NaN and the infinities are asked for too.
  public init(_ description: String, accepts: @escaping @Sendable (Double) -> Bool) {
    self.description = description
    self.accepts = accepts
  }

  /// Any finite number: a location.
  public static let finite = ParameterRange("a finite number") { $0.isFinite }
  /// Finite and 0 or more: a spread.
  public static let nonNegative = ParameterRange("a finite number, 0 or more") {
    $0 >= 0 && $0.isFinite
  }
  /// Finite and greater than 0.
  public static let positive = ParameterRange("a finite number greater than 0") {
    $0 > 0 && $0.isFinite
  }
  /// 0…1.
  public static let probability = ParameterRange("0…1") { $0 >= 0 && $0 <= 1 }

  /// Whether a number is accepted.
  public func contains(_ value: some BinaryFloatingPoint) -> Bool { accepts(Double(value)) }

  /// Stops the program, with a message that names the parameter and the value, unless the value is accepted.
  ///
  /// - Parameters:
  ///   - value: what was given.
  ///   - type: the type or the function that it was given to.
  ///   - parameter: the parameter's name.
  public func require(_ value: some BinaryFloatingPoint, _ type: String, _ parameter: String) {
    DitherRuntime.require(contains(value), problem(value, type, parameter))
  }

  func problem(_ value: some BinaryFloatingPoint, _ type: String, _ parameter: String) -> String {
    "\(type): \(parameter) is \(value); expected \(self)"
  }
}
