import ExampleSupport
import NoiseDistributions

/// What ``NoisyExploration`` found.
struct ExplorationReport: PrintedReport {
  /// The runs of one agent on one chain.
  struct Row: Codable {
    var length: Int
    var exploration: Exploration
    /// For each seed the episodes played when the chain was solved; nil where it was not.
    var episodes: [Int?]

    var solved: Int { episodes.count { $0 != nil } }
  }

  var seeds: [UInt64]
  var mostEpisodes: Int
  var solvedAfter: Int
  var batchSize: Int
  var learningRate: Double
  var discount: Float
  var noiseStreamVersion: Int
  var rows: [Row]

  init(_ study: ExplorationStudy, _ rows: [Row]) {
    seeds = study.seeds
    mostEpisodes = study.episodes
    solvedAfter = ExplorationStudy.solvedAfter
    batchSize = ChainAgent.batchSize
    learningRate = ChainAgent.learningRate
    discount = ChainAgent.discount
    noiseStreamVersion = NoiseStream.version
    self.rows = rows
  }

  var text: String {
    let agents = Exploration.allCases.filter { agent in rows.contains { $0.exploration == agent } }
    let lengths = rows.map(\.length).reduce(into: [Int]()) { lengths, length in
      if !lengths.contains(length) { lengths.append(length) }
    }
    let cells = lengths.map { length in
      ["\(length)"]
        + agents.map { agent in
          rows.first { $0.length == length && $0.exploration == agent }.map(cell) ?? ""
        }
    }
    return """
      Chains solved of \(seeds.count) within \(mostEpisodes) episodes, and the median of the episodes that it took\
      \(MedianInterval(of: seeds.count) == nil ? "" : " with an interval of 95 % or more").

      \(ResultsFile.table([["states"] + agents.map(\.rawValue)] + cells))
      """
  }

  /// `10: 231 (215–260)`.
  private func cell(_ row: Row) -> String {
    let sorted = row.episodes.map { $0 ?? Int.max }.sorted()
    func text(_ episodes: Int) -> String { episodes == .max ? ">\(mostEpisodes)" : "\(episodes)" }
    // Of an even number the greater of the two in the middle: one of them may be unknown.
    var cell = "\(row.solved): \(text(sorted[sorted.count / 2]))"
    if let interval = MedianInterval(of: sorted.count) {
      cell += " (\(text(sorted[interval.first]))–\(text(sorted[interval.last])))"
    }
    return cell
  }
}
