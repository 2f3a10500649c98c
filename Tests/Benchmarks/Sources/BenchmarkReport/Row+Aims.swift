/// A part of a row's target.
struct Aim: Equatable {
  /// What a target asks for, if it is a number of the row's unit or a multiple of a peer's speed.
  var number: Double
  /// Whose speed it multiplies: "the best peer", or the beginning of names; nil if it is a figure of the row's unit.
  var peer: String?

  static let bestPeer = "the best peer"

  /// Of words such as "≥ 1.2× the best peer", "≥ 12× PyTorch", "≤ 1.04". Nil for what is of the peak.
  init?(_ words: Substring) {
    let asked = words.drop { "≥≤ ".contains($0) }
    let parts = asked.split(separator: "× ", maxSplits: 1)
    if asked == Aim.bestPeer {
      (number, peer) = (1, Aim.bestPeer)
    } else if parts.count == 2, let factor = Double(parts[0]) {
      (number, peer) = (factor, String(parts[1]))
    } else if let figure = Double(asked) {
      (number, peer) = (figure, nil)
    } else {
      return nil
    }
  }
}

extension Row {
  var aims: [Aim] { (target ?? "").split(separator: ", ").compactMap(Aim.init) }

  /// The figure at which the row would just hold its target, the hardest part of it: where that is a multiple of a peer's
  /// speed, the library's figure times what the measured ratio leaves to it.
  var targetFigure: Double? {
    let figures = aims.compactMap { aim -> Double? in
      guard let peer = aim.peer else { return aim.number }
      guard let ours, let ratio = ratio(over: peer) else { return nil }
      return isCost ? ours * ratio / aim.number : ours * aim.number / ratio
    }.filter { $0 > 0 && $0.isFinite }
    return isCost ? figures.min() : figures.max()
  }

  /// The measured ratio to a peer, as targets mean it: to the best of those that the words name.
  func ratio(over words: String) -> Double? {
    if words == Aim.bestPeer, let best = ratio?[Row.bestOfEach] { return best }
    return least(of: ratio ?? [:], words)
  }

  /// The same by the figures.
  func quotient(over words: String) -> Double? { least(of: quotients, words) }

  /// The library's speed over each peer's, as the quotient of their figures.
  var quotients: [String: Double] {
    guard let ours else { return [:] }
    return (peers ?? [:]).mapValues { isCost ? $0 / ours : ours / $0 }
  }

  private func least(of ratios: [String: Double], _ words: String) -> Double? {
    ratios.filter { words == Aim.bestPeer || $0.key.hasPrefix(words) }.values.min()
  }
}
