import BenchmarkReport

extension Row {
  /// Writes the targets, and whether they hold.
  mutating func judge(_ targets: [Target]) {
    if targets.isEmpty { return }
    target = targets.map(\.text).joined(separator: ", ")
    let verdicts = targets.map { $0.holds(self) }
    if verdicts.contains(false) {
      met = false
    } else {
      met = verdicts.contains(nil) ? nil : true
    }
  }
}

extension Target {
  var text: String {
    func times(_ value: Double) -> String { value == 1 ? "" : "\(value.short)× " }
    return switch self {
    case .ofPeak(let share): "≥ \(share.short) of the peak"
    case .bestPeer(let ratio): "≥ \(times(ratio))the best peer"
    case .peer(let name, let ratio): "≥ \(times(ratio))\(name)"
    case .atMost(let value): value == 0 ? "0" : "≤ \(value.short)"
    case .atLeast(let value): "≥ \(value.short)"
    }
  }

  /// Whether it holds in a row; nil if the row does not have what it is about.
  func holds(_ row: Row) -> Bool? {
    switch self {
    case .ofPeak(let share):
      return row.ofPeak.map { $0 >= share }
    case .bestPeer(let ratio):
      let reached = row.ratio?[Row.bestOfEach] ?? row.ratio?.values.min()
      return reached.map { $0 >= ratio }
    case .peer(let name, let ratio):
      let reached = (row.ratio ?? [:]).filter { $0.key.hasPrefix(name) }.values.min()
      return reached.map { $0 >= ratio }
    case .atMost(let value):
      return row.ours.map { $0 <= value }
    case .atLeast(let value):
      return row.ours.map { $0 >= value }
    }
  }
}

extension Double {
  /// Without a fraction where there is none.
  fileprivate var short: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}
