/// Text that is no distribution or no rule: where, what stands there, and what was expected.
public struct NoiseTextError: Error, Hashable, CustomStringConvertible {
  /// The whole text.
  public let text: String
  /// Where the fault begins: characters before it.
  public let position: Int
  /// What stands there.
  public let received: String
  /// What was expected instead.
  public let expected: String

  /// One line: `at character 10 of "adding(lapalce:1)": received "lapalce"; expected …`.
  public var description: String {
    "at character \(position + 1) of \"\(Self.excerpt(text))\": received "
      + (received.isEmpty ? "the end" : "\"\(Self.excerpt(received))\"") + "; expected \(expected)"
  }

  private static func excerpt(_ text: String) -> String {
    text.count > 80 ? text.prefix(80) + "…" : text
  }
}

/// A distribution or a rule that a catalog has no text for.
public struct NoiseNotWritableError: Error, Hashable, CustomStringConvertible {
  /// What was to be written, as it describes itself.
  public let value: String
  /// Why it has no text.
  public let reason: String

  public var description: String { "\(value) cannot be written as text: \(reason)" }
}

extension NoiseNotWritableError {
  /// The text could not be read.
  init(_ value: String, readAgain error: NoiseTextError) {
    self.init(value: value, reason: "the text would be refused \(error)")
  }
}
