/// What ``checkConformance(of:seed:kurtosis:)`` found: one finding for each rule.
public struct ConformanceReport: Sendable, CustomStringConvertible {
  /// How a rule fared.
  public enum Outcome: String, Sendable {
    /// The rule was tested and holds.
    case holds
    /// The rule was tested and does not hold.
    case broken
    /// The rule does not apply, or cannot be judged, in a part at least; the finding's details say why. It is not said to hold.
    case notTested = "not tested"
  }

  /// One rule, how it fared, and the numbers that were seen.
  public struct Finding: Sendable, CustomStringConvertible {
    /// The rule.
    public let rule: ConformanceRule
    /// Whether it holds.
    public let outcome: Outcome
    /// What was seen and what was expected, or why nothing was tested.
    public let details: String

    public var description: String { "\(rule): \(outcome.rawValue): \(details)" }
  }

  /// The distribution, as it describes itself.
  public let distribution: String
  /// A finding for each rule, in the order of ``ConformanceRule``.
  public let findings: [Finding]

  /// The findings of the rules that are broken.
  public var broken: [Finding] { findings.filter { $0.outcome == .broken } }

  /// The findings of the rules of which nothing is said, or not all: a report without broken rules vouches for the others alone.
  public var notTested: [Finding] { findings.filter { $0.outcome == .notTested } }

  /// The finding of one rule.
  public subscript(rule: ConformanceRule) -> Finding { findings.first { $0.rule == rule }! }

  /// A line for the distribution and one for each rule.
  public var description: String { Self.text(distribution, findings) }

  static func text(_ distribution: String, _ findings: [Finding]) -> String {
    ([distribution] + findings.map { "  \($0)" }).joined(separator: "\n")
  }
}

/// A distribution breaks a rule: says which, with the numbers seen.
public struct ConformanceError: Error, CustomStringConvertible {
  /// What was found, of the rules that hold too.
  public let report: ConformanceReport

  /// The findings of the rules that are broken.
  public var broken: [ConformanceReport.Finding] { report.broken }

  /// A line for the distribution and one for each broken rule.
  public var description: String { ConformanceReport.text(report.distribution, broken) }
}

/// What a check comes to.
enum Verdict {
  case holds(String)
  case broken(String)
  case notTested(String)

  var isHolding: Bool { if case .holds = self { true } else { false } }

  var isBroken: Bool { if case .broken = self { true } else { false } }

  var details: String {
    switch self {
    case .holds(let details), .broken(let details), .notTested(let details): details
    }
  }

  func finding(_ rule: ConformanceRule) -> ConformanceReport.Finding {
    let outcome: ConformanceReport.Outcome =
      switch self {
      case .holds: .holds
      case .broken: .broken
      case .notTested: .notTested
      }
    return .init(rule: rule, outcome: outcome, details: details)
  }
}
