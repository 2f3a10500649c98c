package import CKernels
import DitherRuntime

/// The rules of one site at one address, as the kernels take them: made once in a forward pass, used again backward.
package struct PreparedNoise: Sendable {
  private let rules: [NoiseRule]
  private let step: Int
  private let row: UInt32
  private let columns: Int
  /// Of rules by slot, whose scales are no number that the step gives.
  private var values: [Int: RuleScales] = [:]
  /// Of the rows, where a rule's scale counts true samples alone.
  private var lengths: RowLengths?
  private var table: RuleTable?
  /// Whether a scale is relative to a signal that ``measuring(_:rows:)`` has not been given: the rules cannot be used
  /// before.
  package private(set) var needsSignal = false

  /// No noise.
  package static let none = PreparedNoise()

  private init() {
    rules = []
    step = 0
    row = 0
    columns = 0
    table = nil
  }

  /// - Parameters:
  ///   - rules: the site's rules in the order in which they apply: a rule's slot is its index.
  ///   - stream: where the draws come from.
  ///   - site: the site's path, such as "0.input".
  ///   - rows: rows of the matrix that the rules are applied to.
  ///   - columns: its columns.
  ///   - learned: the scales of the rules that learn theirs.
  ///   - lengths: of the rows that are padded.
  package init(
    _ rules: [NoiseRule], stream: NoiseStream, site: String, rows: Int, columns: Int,
    learned: [LearnedScale] = [], lengths: [Int]? = nil
  ) {
    if rules.isEmpty {
      self = .none
      return
    }
    stream.requireMatrix(rows: rows, columns: columns)
    self.rules = rules
    step = stream.step
    row = UInt32(stream.firstRow)
    self.columns = columns
    for scale in learned { values[scale.slot] = .learned(scale.values, scale.sharing) }
    for (slot, rule) in rules.enumerated() where rule.learnedScale != nil {
      require(
        values[slot] != nil,
        "the rule \(rule) at the site \"\(site)\" learns its scale, which this site cannot; expected a rule with another scale"
      )
    }
    needsSignal = rules.contains(where: \.isRelativeToSignal)
    if let rule = rules.first(where: \.countsTrueSamplesAlone) {
      guard let lengths else {
        misuse(
          "the rule \(rule) at the site \"\(site)\" counts true samples alone, and the pass says no lengths; expected a pass with .rows(ofLengths:)"
        )
      }
      self.lengths = RowLengths(lengths, site: site, rows: rows, columns: columns)
    }
    table = makeTable(Execution.current) { slot in
      let drawn = rules[slot].sharing.drawnColumns(of: columns)
      return stream.key(site: site, slot: slot, columns: drawn)
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

  /// The rules with the scales that the rows of a signal give them; the same rules if none is relative to it.
  ///
  /// - Parameters:
  ///   - signal: the matrix that enters the site.
  ///   - rows: its rows.
  package func measuring(_ signal: UnsafePointer<Float>, rows: Int) -> PreparedNoise {
    guard needsSignal, let table else { return self }
    var measured = self
    var execution = unsafe Execution.current.kernelExecution
    for (slot, rule) in rules.enumerated() {
      guard case .add(let distribution, let scale) = rule.action,
        let ratio = scale.ratio(at: step, of: distribution)
      else { continue }
      let counted = scale.countsTrueSamplesAlone ? lengths : nil
      let scales = unsafe ScaleValues(count: rows) {
        unsafe ck_row_root_mean_squares(
          &execution, rows, columns, counted?.pointer, ratio, signal, $0)
      }
      measured.values[slot] = .perRow(scales, counted)
    }
    measured.needsSignal = false
    measured.table = measured.makeTable(Execution.current) { unsafe table.items[$0].key }
    return measured
  }

  /// Hands the rules to `body`, valid while it runs, for kernel calls with `Execution.current` as it is here.
  package func withRules<Result, Failure: Error>(
    _ body: (ck_rules) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    require(
      !needsSignal,
      "a rule of \(rules) is relative to the signal, which this site does not measure; expected rules with other scales"
    )
    guard var table else { return try unsafe body(ck_rules(items: nil, count: 0, row: 0)) }
    let execution = Execution.current
    if !table.serves(execution) {
      let items = unsafe table.items
      table = makeTable(execution) { unsafe items[$0].key }
    }
    // A rule's draw may hold pointers into its distribution.
    defer { withExtendedLifetime((table, rules)) {} }
    return try unsafe body(
      ck_rules(items: table.items.baseAddress, count: Int32(table.items.count), row: row))
  }

  private func makeTable(_ execution: Execution, key: (Int) -> UInt64) -> RuleTable {
    RuleTable(rules, step: step, columns: columns, values: values, execution, key: key)
  }
}

/// The scales of a rule that are no number fixed by the step.
private enum RuleScales: Sendable {
  case learned(ScaleValues, NoiseScale.Sharing)
  case perRow(ScaleValues, RowLengths?)

  /// Puts them into a rule for the kernels.
  ///
  /// - Parameter columns: of the site.
  func set(in rule: inout ck_rule, columns: Int) {
    switch self {
    case .learned(let values, .all):
      unsafe rule.scale = values.pointer.pointee
    case .learned(let values, .perFeature):
      unsafe rule.scales = ck_scales(
        values: values.pointer, row_stride: 0, column_stride: 1, lengths: nil)
    case .learned(let values, .perElement):
      unsafe rule.scales = ck_scales(
        values: values.pointer, row_stride: columns, column_stride: 1, lengths: nil)
    case .perRow(let values, let lengths):
      unsafe rule.scales = ck_scales(
        values: values.pointer, row_stride: 1, column_stride: 0, lengths: lengths?.pointer)
    }
  }
}

/// The kernels' array of rules, and what the callbacks and the scales among them point to.
@safe private final class RuleTable: @unchecked Sendable {
  let items: UnsafeMutableBufferPointer<ck_rule>
  private let copies: [ThreadCopies]
  /// What the scales among the rules point to.
  private let values: [Int: RuleScales]
  private let execution: Execution

  /// - Parameter key: of the rule at an index.
  init(
    _ rules: [NoiseRule], step: Int, columns: Int, values: [Int: RuleScales],
    _ execution: Execution, key: (Int) -> UInt64
  ) {
    unsafe items = .allocate(capacity: rules.count)
    var copies: [ThreadCopies] = []
    for (index, rule) in rules.enumerated() {
      let source = rule.drawn.map { DrawSource($0, execution) }
      if let own = source?.copies { copies.append(own) }
      var item = unsafe rule.kernelRule(source, key: key(index), step: step, columns: columns)
      unsafe values[index]?.set(in: &item, columns: columns)
      unsafe items.initializeElement(at: index, to: item)
    }
    self.copies = copies
    self.values = values
    self.execution = execution
  }

  deinit { unsafe items.deallocate() }

  /// Whether callbacks find a copy for each thread, and the kernels of the call.
  func serves(_ other: Execution) -> Bool {
    copies.isEmpty
      || execution.threads >= other.threads && execution.instructionSet == other.instructionSet
  }
}
