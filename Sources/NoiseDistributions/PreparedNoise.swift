package import CKernels
import DitherRuntime

/// The rules of one site at one address, as the kernels take them: made once in a forward pass, used again backward.
package struct PreparedNoise: Sendable {
  private let rules: [NoiseRule]
  private let step: UInt64
  private let row: UInt32
  private let table: RuleTable?

  /// No noise.
  package static let none = PreparedNoise()

  private init() {
    rules = []
    step = 0
    row = 0
    table = nil
  }

  /// - Parameters:
  ///   - rules: the site's rules in the order in which they apply: a rule's slot is its index.
  ///   - stream: where the draws come from.
  ///   - site: the site's path, such as "0.input".
  ///   - rows: rows of the matrix that the rules are applied to.
  ///   - columns: its columns.
  package init(
    _ rules: [NoiseRule], stream: NoiseStream, site: String, rows: Int, columns: Int
  ) {
    if rules.isEmpty {
      self = .none
      return
    }
    stream.requireMatrix(rows: rows, columns: columns)
    self.rules = rules
    step = UInt64(stream.step)
    row = UInt32(stream.firstRow)
    table = RuleTable(rules, step: step, Execution.current) {
      stream.key(site: site, slot: $0, columns: columns)
    }
  }

  package var isEmpty: Bool { rules.isEmpty }

  /// Whether a rule does more than add, so that a gradient is multiplied on its way back.
  package var scalesGradient: Bool { rules.contains { !$0.onlyAdds } }

  /// Whether both are one list of rules at one address. Equal rules that are not one list count as others.
  package func isSame(as other: PreparedNoise) -> Bool {
    guard rules.count == other.rules.count, step == other.step, row == other.row else {
      return false
    }
    guard let table, let otherTable = other.table else { return table == nil && other.table == nil }
    let oneList = unsafe rules.withUnsafeBufferPointer { rules in
      unsafe other.rules.withUnsafeBufferPointer { unsafe $0.baseAddress == rules.baseAddress }
    }
    return oneList
      && rules.indices.allSatisfy { unsafe table.items[$0].key == otherTable.items[$0].key }
  }

  /// Hands the rules to `body`, valid while it runs, for kernel calls with `Execution.current` as it is here.
  package func withRules<Result, Failure: Error>(
    _ body: (ck_rules) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard var table else { return try unsafe body(ck_rules(items: nil, count: 0, row: 0)) }
    let execution = Execution.current
    if !table.serves(execution) {
      let items = unsafe table.items
      table = RuleTable(rules, step: step, execution) { unsafe items[$0].key }
    }
    defer { withExtendedLifetime(table) {} }
    return try unsafe body(
      ck_rules(items: table.items.baseAddress, count: Int32(table.items.count), row: row))
  }
}

/// The kernels' array of rules, and what the callbacks among them point to.
@safe private final class RuleTable: @unchecked Sendable {
  let items: UnsafeMutableBufferPointer<ck_rule>
  private let copies: [ThreadCopies]
  private let execution: Execution

  /// - Parameter key: of the rule at an index.
  init(_ rules: [NoiseRule], step: UInt64, _ execution: Execution, key: (Int) -> UInt64) {
    unsafe items = .allocate(capacity: rules.count)
    var copies: [ThreadCopies] = []
    for (index, rule) in rules.enumerated() {
      let source = rule.drawn.map { DrawSource($0, execution) }
      if let own = source?.copies { copies.append(own) }
      unsafe items.initializeElement(
        at: index, to: rule.kernelRule(source, key: key(index), step: step))
    }
    self.copies = copies
    self.execution = execution
  }

  deinit { unsafe items.deallocate() }

  /// Whether callbacks find a copy for each thread, and the kernels of the call.
  func serves(_ other: Execution) -> Bool {
    copies.isEmpty
      || execution.threads >= other.threads && execution.instructionSet == other.instructionSet
  }
}

extension NoiseRule {
  /// Whether y = x + b, so that a gradient passes unchanged.
  fileprivate var onlyAdds: Bool {
    if case .add = action { true } else { false }
  }

  /// What the rule's draws come from; a dropout has a probability alone.
  fileprivate var drawn: (any NoiseDistribution)? {
    switch action {
    case .add(let distribution, _), .multiply(let distribution, _), .replace(let distribution, _):
      distribution
    case .dropout: nil
    }
  }

  fileprivate func kernelRule(_ source: DrawSource?, key: UInt64, step: UInt64) -> ck_rule {
    var rule = unsafe ck_rule()
    unsafe rule.key = key
    unsafe rule.step = step
    if let source { unsafe rule.draw = source.draw }
    switch action {
    case .add(_, let scale):
      unsafe rule.kind = CK_ADD
      unsafe rule.scale = scale.value
    case .multiply(_, let scale):
      unsafe rule.kind = CK_MULTIPLY
      unsafe rule.scale = scale.value
    case .replace(_, let rate):
      unsafe rule.kind = CK_REPLACE
      unsafe rule.chance = ck_chance_make(rate)
    case .dropout(let rate):
      unsafe rule.kind = CK_DROPOUT
      unsafe rule.chance = ck_chance_make(rate)
      let dropped = unsafe ck_chance_probability(rule.chance)
      unsafe rule.keep = dropped == 1 ? 0 : Float(1 / (1 - dropped))
    }
    return unsafe rule
  }
}
