/// A number as it is written: the shortest text that is read as the same bits.
public enum NoiseNumber: Hashable, Sendable, CustomStringConvertible {
  /// A single-precision one.
  case float(Float)
  /// A double-precision one.
  case double(Double)

  public var description: String {
    let text =
      switch self {
      case .float(let value): "\(value)"
      case .double(let value): "\(value)"
      }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

/// What a distribution or a rule is made of, in the order in which it is written.
public struct NoiseParts: Sendable {
  /// The distributions in it, with their weights where it has weights.
  public var distributions: [(weight: Double?, distribution: any NoiseDistribution)]
  /// Its own numbers.
  public var numbers: [NoiseNumber]
  /// Numbers with a label, such as `scale=0.5`, where they are not as they are without it.
  public var labelled: [(label: String, number: NoiseNumber)]

  public init(
    distributions: [(weight: Double?, distribution: any NoiseDistribution)] = [],
    numbers: [NoiseNumber] = [], labelled: [(label: String, number: NoiseNumber)] = []
  ) {
    self.distributions = distributions
    self.numbers = numbers
    self.labelled = labelled
  }
}
