import NoiseDistributions

/// The flag of a setting, whose key in a configuration is the same in camel case: `learningRate` and `--learning-rate`.
func flag(_ key: some CodingKey) -> String {
  "--"
    + key.stringValue.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
}

func require(
  _ value: Int?, in range: ClosedRange<Int>, _ key: some CodingKey
) throws(UsageError) {
  guard let value, !range.contains(value) else { return }
  throw UsageError(
    "\(flag(key)) is \(value); expected \(range.lowerBound) to \(range.upperBound)")
}

func require(
  _ value: Double?, in range: ParameterRange, _ key: some CodingKey
) throws(UsageError) {
  guard let value, !range.contains(value) else { return }
  throw UsageError("\(flag(key)) is \(value); expected \(range)")
}

/// The one of several choices that a text names, whatever the case of its letters.
func choice<Choice: CaseIterable & RawRepresentable>(
  _ text: String, _ key: some CodingKey
) throws(UsageError) -> Choice where Choice.RawValue == String {
  if let choice = Choice(rawValue: text.lowercased()) { return choice }
  let names = nearestFirst(Choice.allCases.map(\.rawValue), to: text)
  throw UsageError("\(flag(key)) is \"\(text)\"; expected one of \(names.joined(separator: ", "))")
}

extension ParameterRange {
  /// What a step multiplies by.
  static let nonNegativeFloat = ParameterRange("a number from 0 to 3.4e38") {
    $0 >= 0 && $0 <= Double(Float.greatestFiniteMagnitude)
  }
  /// What a running mean keeps.
  static let share = ParameterRange("0 or more and less than 1") { $0 >= 0 && $0 < 1 }
}

extension Optional {
  /// Takes the other's value, where it has one.
  mutating func override(by other: Self) {
    if other != nil { self = other }
  }
}
