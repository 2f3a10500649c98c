/// A number as it is written: the shortest text that is read as the same bits.
public enum NoiseNumber: Hashable, Sendable, CustomStringConvertible {
  /// A single-precision one.
  case float(Float)
  /// A double-precision one.
  case double(Double)
  /// A whole one.
  case integer(Int)

  public var description: String {
    let text =
      switch self {
      case .float(let value): "\(value)"
      case .double(let value): "\(value)"
      case .integer(let value): "\(value)"
      }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Whether there is no text for it.
  var isNaN: Bool {
    switch self {
    case .float(let value): value.isNaN
    case .double(let value): value.isNaN
    case .integer: false
    }
  }
}

/// What a distribution or a rule is made of, in the order in which it is written.
public struct NoiseParts: Sendable {
  /// The distributions in it, with their weights where it has weights.
  public var distributions: [(weight: Double?, distribution: any NoiseDistribution)]
  /// Its own numbers, one for each parameter that it was added with.
  public var numbers: [NoiseNumber]
  /// The text of a schedule in the place of the numbers.
  var schedule: String?
  /// What follows labels, such as `scale=0.5`, where it is not as it is without them.
  private(set) var labels: [(label: NoiseCatalog.Label, text: String)] = []

  public init(
    distributions: [(weight: Double?, distribution: any NoiseDistribution)] = [],
    numbers: [NoiseNumber] = []
  ) {
    self.distributions = distributions
    self.numbers = numbers
  }

  /// The same with a text after a label; without the label where there is none.
  func labelled(_ label: NoiseCatalog.Label, _ text: String?) -> NoiseParts {
    guard let text else { return self }
    var parts = self
    parts.labels.append((label, text))
    return parts
  }
}
