import BenchmarkProtocol

/// Rows whose cases are measured together, in the same rounds.
public struct Block: Sendable {
  public var rows: [PlannedRow]

  init(_ rows: PlannedRow...) { self.rows = rows }
  init(_ rows: [PlannedRow]) { self.rows = rows }

  /// How often the library and its peers run their cases in a turn. A cost that is to stay within a few hundredths needs many pairs.
  var visits: Int {
    let holdsCosts = rows.contains { row in
      if case .cost = row.figure { !row.targets.isEmpty } else { false }
    }
    return holdsCosts ? 4 : 1
  }

  /// The cases that a role has to run, each once, in the order of the rows.
  func cases(_ role: Role) -> [Case] {
    var seen: Set<Case> = []
    return rows.flatMap(\.figure.needs)
      .filter { $0.role == role && seen.insert($0.measured).inserted }
      .map(\.measured)
  }
}

extension [Block] {
  /// The blocks of the rows whose name contains `text`; all if it is nil.
  public func filtered(by text: String?) -> [Block] {
    guard let text else { return self }
    return map { Block($0.rows.filter { $0.name.contains(text) }) }.filter { !$0.rows.isEmpty }
  }
}
