import BenchmarkConductor
import BenchmarkProtocol

/// What happened, in its order.
final class Journal {
  enum Event: Equatable {
    case resumed(String)
    case paused(String)
    case ran(String, Case, repetitions: Int)
  }
  var events: [Event] = []

  /// Who ran what, in its order.
  var runs: [String] {
    events.compactMap { if case .ran(let name, _, _) = $0 { name } else { nil } }
  }
}

/// A participant whose calls take as long as it is told, by its own account, and which writes down its turns.
final class FakeParticipant: Participant {
  let name: String
  private let journal: Journal
  private let secondsPerCall: Double
  private let supports: (Case) -> Bool
  /// The run with this number, from 1, ends it.
  private let lastRun: Int
  private var cases: [Case] = []
  private var runs = 0

  init(
    _ name: String, _ journal: Journal, secondsPerCall: Double = 1e-3, lastRun: Int = .max,
    supports: @escaping (Case) -> Bool = { _ in true }
  ) {
    self.name = name
    self.journal = journal
    self.secondsPerCall = secondsPerCall
    self.lastRun = lastRun
    self.supports = supports
  }

  func prepare(_ prepared: Case) -> Preparation {
    guard supports(prepared) else { return .unsupported("not this one") }
    cases.append(prepared)
    return .ready(cases.count - 1)
  }

  func run(_ identifier: Int, repetitions: Int) throws(BenchmarkError) -> Answer {
    runs += 1
    if runs >= lastRun { throw .ended(contender: name, during: "a test") }
    journal.events.append(.ran(name, cases[identifier], repetitions: repetitions))
    return Answer(seconds: secondsPerCall * Double(repetitions))
  }

  func release(_ identifier: Int) {}
  func resume() { journal.events.append(.resumed(name)) }
  func pause() { journal.events.append(.paused(name)) }
}
