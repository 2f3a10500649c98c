import BenchmarkProtocol

/// What was measured in the rounds of one block.
public struct Measurements {
  package struct Key: Hashable {
    var participant: String
    var measured: Case

    package init(participant: String, measured: Case) {
      self.participant = participant
      self.measured = measured
    }
  }

  /// By round, a visit each; none where it had no turn.
  private var samples: [Key: [[Answer]]] = [:]
  /// The times of the whole run are divided by these.
  private var repetitions: [Key: Int] = [:]

  public init() {}

  package mutating func begin(_ key: Key, rounds: Int, repetitions count: Int) {
    samples[key] = Array(repeating: [], count: rounds)
    repetitions[key] = count
  }

  package mutating func add(_ answer: Answer, _ key: Key, round: Int) {
    samples[key]?[round].append(answer)
  }

  mutating func remove(participant: String) {
    samples = samples.filter { $0.key.participant != participant }
  }

  /// Seconds a call by round, or those an operation or byte of what answers an amount: the median of its visits; nil where
  /// it had no turn.
  public func seconds(_ participant: String, _ measured: Case) -> [Double?] {
    secondsByVisit(participant, measured).map(Statistics.median)
  }

  /// The same, by round and visit.
  private func secondsByVisit(_ participant: String, _ measured: Case) -> [[Double]] {
    let key = Key(participant: participant, measured: measured)
    return (samples[key] ?? []).map { visits in
      visits.compactMap { answer in
        answer.seconds.map { $0 / (answer.amount ?? Double(repetitions[key] ?? 1)) }
      }
    }
  }

  /// The time of a case over that of another of the same participant: the median over all visits that ran both.
  func medianCost(_ participant: String, _ measured: Case, over plain: Case) -> Double? {
    let costs = zip(secondsByVisit(participant, measured), secondsByVisit(participant, plain))
      .flatMap { visits, plainVisits in zip(visits, plainVisits).map { $0 / $1 } }
    return Statistics.median(costs)
  }

  /// The median of `seconds`; nil without a turn.
  public func medianSeconds(_ participant: String, _ measured: Case) -> Double? {
    Statistics.median(seconds(participant, measured).compactMap { $0 })
  }

  /// Something counted, by the rounds that have it.
  func counts(_ participant: String, _ measured: Case, _ count: (Counts) -> Int?) -> [Double] {
    (samples[Key(participant: participant, measured: measured)] ?? []).joined().compactMap {
      answer in
      answer.counts.flatMap(count).map(Double.init)
    }
  }

  /// The calls of a round.
  func repetitions(_ participant: String, _ measured: Case) -> Double {
    Double(repetitions[Key(participant: participant, measured: measured)] ?? 1)
  }
}
