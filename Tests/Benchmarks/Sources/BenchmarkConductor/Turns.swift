import BenchmarkProtocol

/// Measures several participants by turns, one at a time, in rounds whose order is reversed every other time: whatever
/// else the machine does falls on all of them.
public struct Turns {
  /// Rounds that count; one before them does not.
  public var rounds: Int
  /// About how long a case runs in a turn: repetitions are chosen for it.
  public var turnSeconds = 0.02
  /// A participant that needs longer for a case in all its rounds has fewer of them; if one alone takes longer, the
  /// calibration's run is what counts.
  public var budgetSeconds = 3.0

  public init(rounds: Int) { self.rounds = rounds }

  /// The cases of one participant in a block.
  public struct Part {
    public var participant: any Participant
    public var cases: [Case]
    /// How often it runs its cases, one after the other, in a turn: often, where they are compared with each other.
    public var visits: Int

    public init(_ participant: any Participant, _ cases: [Case], visits: Int = 1) {
      self.participant = participant
      self.cases = cases
      self.visits = visits
    }
  }

  /// A case that is ready to run.
  private struct Prepared {
    var measured: Case
    var identifier: Int
    var repetitions: Int
    var rounds: Int
    /// What the calibration's last run answered.
    var answer: Answer
  }

  /// Runs the block.
  ///
  /// - Parameters:
  ///   - parts: in the order of the first round.
  ///   - didTurn: called when a turn is over, with the share of the block that is done.
  /// - Returns: the measurements, and the error of each participant that failed, by name; it has no measurements.
  public func measure(_ parts: [Part], didTurn: (Double) -> Void = { _ in }) -> (
    measurements: Measurements, failures: [String: BenchmarkError]
  ) {
    var measurements = Measurements()
    var failures: [String: BenchmarkError] = [:]
    var prepared: [String: [Prepared]] = [:]
    // Preparation, warm-up and release are turns too.
    let turns = Double(parts.count * (rounds + 3))
    var turn = 0.0

    /// One participant's turn; what it fails in is its last.
    func give(_ part: Part, _ body: (any Participant) throws(BenchmarkError) -> Void) {
      let participant = part.participant
      turn += 1
      defer { didTurn(turn / turns) }
      if failures[participant.name] != nil { return }
      participant.resume()
      defer { participant.pause() }
      do throws(BenchmarkError) {
        try body(participant)
      } catch {
        failures[participant.name] = error
      }
    }

    for part in parts {
      give(part) { (participant) throws(BenchmarkError) in
        for measured in part.cases {
          guard case .ready(let identifier) = try participant.prepare(measured) else { continue }
          let ready = try calibrated(participant, measured, identifier)
          prepared[participant.name, default: []].append(ready)
          let key = Measurements.Key(participant: participant.name, measured: measured)
          measurements.begin(key, rounds: rounds, repetitions: ready.repetitions)
          // What takes longer than all its rounds together should is not run again.
          if ready.rounds == 0 { measurements.add(ready.answer, key, round: 0) }
        }
      }
    }
    for round in -1..<rounds {
      let forwards = round % 2 == 0
      for part in forwards ? parts : parts.reversed() {
        give(part) { (participant) throws(BenchmarkError) in
          let cases = prepared[participant.name, default: []]
          for visit in 0..<part.visits {
            let order = forwards == (visit % 2 == 0) ? cases : cases.reversed()
            for ready in order where round < ready.rounds {
              // The calibration was warm-up enough for what takes long.
              if round < 0 && ready.rounds < rounds { continue }
              let answer = try participant.run(ready.identifier, repetitions: ready.repetitions)
              if round < 0 { continue }
              let key = Measurements.Key(
                participant: participant.name, measured: ready.measured)
              measurements.add(answer, key, round: round)
            }
          }
        }
      }
    }
    for part in parts {
      give(part) { (participant) throws(BenchmarkError) in
        for ready in prepared[participant.name, default: []] {
          try participant.release(ready.identifier)
        }
      }
    }
    for name in failures.keys { measurements.remove(participant: name) }
    return (measurements, failures)
  }

  /// Finds the repetitions that fill a turn, and the rounds that fit the budget.
  private func calibrated(
    _ participant: any Participant, _ measured: Case, _ identifier: Int
  ) throws(BenchmarkError) -> Prepared {
    var calibration = Calibration(turnSeconds: turnSeconds, fixed: measured.fixedRepetitions)
    var (answer, repetitions, wall) = (Answer(), 1, 0.0)
    while !calibration.isDone {
      let start = ContinuousClock.now
      repetitions = calibration.repetitions
      answer = try participant.run(identifier, repetitions: repetitions)
      wall = (ContinuousClock.now - start) / .seconds(1)
      calibration.ran(seconds: answer.seconds ?? 0)
    }
    let wanted = min(rounds, measured.mostRounds)
    let budget = measured.budgetSeconds ?? budgetSeconds
    let affordable = wall * Double(wanted) <= budget ? wanted : Int(budget / wall)
    if affordable > 0 { repetitions = calibration.repetitions }
    return Prepared(
      measured: measured, identifier: identifier, repetitions: repetitions, rounds: affordable,
      answer: answer)
  }
}

extension Case {
  /// For what is no time of calls: bursts, steps.
  var fixedRepetitions: Int? {
    switch self {
    case .peak, .bandwidth: 6
    case .allocations: 20
    case .memory: 5
    case .product, .noisyForward, .fill, .step, .scaledStep, .inference: nil
    case .epoch, .smoothing, .study: 1
    case .files, .update: nil
    }
  }

  /// What is counted varies less than what is timed, and what takes long less than what is short.
  var mostRounds: Int {
    switch self {
    case .memory, .allocations: 3
    case .study: 1
    case .epoch, .update, .smoothing: 5
    case .peak, .bandwidth, .product, .noisyForward, .fill, .step, .scaledStep, .inference: .max
    case .files: .max
    }
  }

  /// What all rounds of a participant may take where the others' budget would leave none.
  var budgetSeconds: Double? {
    switch self {
    case .epoch, .smoothing: 60
    default: nil
    }
  }
}
