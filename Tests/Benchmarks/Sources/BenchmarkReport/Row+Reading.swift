import Foundation

extension Row {
  /// The name under which a mean holds the ratio to the best peer of each row, whichever that is.
  package static let bestOfEach = "best of each"

  /// What was measured without the numbers: "forward" of "forward 32·784·1024".
  var subject: String { words.prefix { !Row.isNumber($0) }.joined(separator: " ") }

  /// The case's name from its first number on: "32·784·1024". Empty where there is none.
  var size: String { words.drop { !Row.isNumber($0) }.joined(separator: " ") }

  /// The case's name up to its first comma: "noisy step" of "noisy step, Adam, batch 32".
  var beforeComma: String { String(self.case.prefix { $0 != "," }) }

  /// What follows the first comma: "Adam, batch 32". Empty without a comma.
  var afterComma: String {
    String(self.case.dropFirst(beforeComma.count).drop { ", ".contains($0) })
  }

  private var words: [Substring] { self.case.split(separator: " ") }

  private static func isNumber(_ word: Substring) -> Bool { word.first?.isNumber ?? false }

  /// Multiplications and additions of a product, as far as the row's parameters tell.
  var work: Double? {
    guard let batch = parameters?["batch"], let inputs = parameters?["inputs"],
      let outputs = parameters?["outputs"]
    else { return nil }
    return 2 * Double(batch) * Double(inputs) * Double(outputs)
  }

  /// Whether less is better: a time, a cost, a count; not a rate or a gain.
  var isCost: Bool {
    !unit.contains("/s") && !unit.hasSuffix("one thread")
  }

  /// The first number in the target's words.
  var targetValue: Double? {
    guard let target else { return nil }
    let digits = target.drop { !$0.isASCII || !$0.isNumber }
      .prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return Double(digits.last == "." ? digits.dropLast() : digits)
  }

  /// The peer that the library has the least advantage over, by the measured ratios or else by the figures.
  var bestPeer: String? {
    if let ratio = ratio?.filter({ $0.key != Row.bestOfEach }), !ratio.isEmpty {
      return ratio.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }
    let best = peers?.min {
      isCost ? ($0.value, $0.key) < ($1.value, $1.key) : (-$0.value, $0.key) < (-$1.value, $1.key)
    }
    return best?.key
  }
}

extension Report {
  /// The library's name in the tables and plots.
  var ours: String { contenders.first?.name ?? "Dither" }

  /// The peers in the order of the contenders; those that only rows name follow, sorted.
  var peers: [String] {
    let named = contenders.dropFirst().map(\.name)
    let inRows = Set(rows.flatMap { Array(($0.peers ?? [:]).keys) + Array(($0.ratio ?? [:]).keys) })
    return named + inRows.subtracting(named).subtracting([ours, Row.bestOfEach]).sorted()
  }

  func rows(of group: Group) -> [Row] { rows.filter { $0.group == group } }
}

/// Elements in groups of an equal key, in the order in which keys first come.
func grouped<Element, Key: Hashable>(_ elements: [Element], by key: (Element) -> Key)
  -> [(key: Key, elements: [Element])]
{
  var order: [Key] = []
  var groups: [Key: [Element]] = [:]
  for element in elements {
    let key = key(element)
    if groups[key] == nil { order.append(key) }
    groups[key, default: []].append(element)
  }
  return order.map { ($0, groups[$0] ?? []) }
}
