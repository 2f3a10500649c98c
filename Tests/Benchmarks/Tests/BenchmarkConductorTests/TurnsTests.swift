import BenchmarkConductor
import BenchmarkProtocol
import Testing

@Suite("Turns")
struct TurnsTests {
  static let gaussian = Case.fill(.gaussian, count: 1024)
  static let uniform = Case.fill(.uniform, count: 1024)

  @Test("Only one participant at a time is not paused")
  func oneAtATime() {
    let journal = Journal()
    let parts = ["A", "B", "C"].map {
      Turns.Part(FakeParticipant($0, journal), [Self.gaussian, Self.uniform])
    }
    _ = Turns(rounds: 3).measure(parts)
    var awake: String?
    for event in journal.events {
      switch event {
      case .resumed(let name):
        #expect(awake == nil)
        awake = name
      case .paused(let name):
        #expect(awake == name)
        awake = nil
      case .ran(let name, _, _):
        #expect(awake == name)
      }
    }
    #expect(awake == nil)
  }

  @Test("Every other round goes the other way, over participants and over cases")
  func reversal() {
    let journal = Journal()
    let parts = ["A", "B"].map {
      Turns.Part(FakeParticipant($0, journal, secondsPerCall: 1), [Self.gaussian, Self.uniform])
    }
    _ = Turns(rounds: 2).measure(parts)
    // Two calibrations each; then a warm-up and two rounds.
    let cases: [Journal.Event] = journal.events.filter {
      if case .ran = $0 { true } else { false }
    }
    func run(_ name: String, _ measured: Case) -> Journal.Event {
      .ran(name, measured, repetitions: 1)
    }
    let forwards = ["A", "B"].flatMap { [run($0, Self.gaussian), run($0, Self.uniform)] }
    #expect(cases == forwards + Array(forwards.reversed()) + forwards + forwards.reversed())
  }

  @Test(
    "A participant that compares its cases runs them back and forth in a turn, and each visit counts"
  )
  func visits() {
    let journal = Journal()
    let (measurements, _) = Turns(rounds: 1).measure([
      .init(
        FakeParticipant("A", journal, secondsPerCall: 1), [Self.gaussian, Self.uniform], visits: 3)
    ])
    let cases = journal.events.compactMap {
      if case .ran(_, let measured, _) = $0 { measured } else { nil }
    }
    let (there, back) = ([Self.gaussian, Self.uniform], [Self.uniform, Self.gaussian])
    #expect(cases == there + back + there + back + there + back + there)
    #expect(measurements.seconds("A", Self.gaussian) == [1])
  }

  @Test("A turn's repetitions fill it, and the figure is the time of one call")
  func repetitions() {
    let journal = Journal()
    var turns = Turns(rounds: 3)
    turns.turnSeconds = 0.02
    let (measurements, _) = turns.measure([
      .init(FakeParticipant("A", journal, secondsPerCall: 1e-5), [Self.gaussian])
    ])
    #expect(journal.events.contains(.ran("A", Self.gaussian, repetitions: 2000)))
    let seconds = measurements.seconds("A", Self.gaussian)
    #expect(seconds.count == 3)
    #expect(seconds.allSatisfy { abs($0! - 1e-5) < 1e-12 })
  }

  @Test(
    "What takes longer than the budget is run no more after its calibration, which is its figure")
  func slow() {
    let journal = Journal()
    var turns = Turns(rounds: 5)
    turns.budgetSeconds = 0
    let (measurements, failures) = turns.measure([
      .init(FakeParticipant("A", journal, secondsPerCall: 7), [Self.gaussian])
    ])
    #expect(failures.isEmpty)
    #expect(journal.runs.count == 1)
    #expect(measurements.seconds("A", Self.gaussian) == [7, nil, nil, nil, nil])
  }

  static let longCases = [
    Case.epoch(Case.Step(layers: [784, 10], batch: 128, optimizer: .adam, noise: true)),
    Case.smoothing(layers: [784, 10], draws: 100_000),
  ]

  @Test(
    "What takes longer than the budget of a row, but has its own, is run five times all the same",
    arguments: longCases)
  func longCase(_ measured: Case) {
    let journal = Journal()
    var turns = Turns(rounds: 7)
    turns.budgetSeconds = 0
    let (measurements, _) = turns.measure([
      .init(FakeParticipant("A", journal, secondsPerCall: 7), [measured])
    ])
    // One more finds out how long it takes.
    #expect(journal.runs.count == 6)
    #expect(measurements.seconds("A", measured) == [7, 7, 7, 7, 7, nil, nil])
  }

  @Test("A study is run once")
  func study() {
    let journal = Journal()
    var turns = Turns(rounds: 7)
    turns.budgetSeconds = 0
    let (measurements, _) = turns.measure([
      .init(FakeParticipant("A", journal, secondsPerCall: 80), [.study])
    ])
    #expect(journal.runs.count == 1)
    #expect(measurements.medianSeconds("A", .study) == 80)
  }

  @Test("A case that a participant does not support has no figure, and the others go on")
  func unsupported() {
    let journal = Journal()
    let (measurements, failures) = Turns(rounds: 2).measure([
      .init(
        FakeParticipant("A", journal) { $0 == Self.gaussian }, [Self.gaussian, Self.uniform])
    ])
    #expect(failures.isEmpty)
    #expect(measurements.medianSeconds("A", Self.gaussian) != nil)
    #expect(measurements.medianSeconds("A", Self.uniform) == nil)
  }

  @Test("A participant that fails has no figures and no further turns; the others go on")
  func failure() {
    let journal = Journal()
    let (measurements, failures) = Turns(rounds: 4).measure([
      .init(FakeParticipant("A", journal, secondsPerCall: 1, lastRun: 4), [Self.gaussian]),
      .init(FakeParticipant("B", journal, secondsPerCall: 1), [Self.gaussian]),
    ])
    #expect(failures == ["A": .ended(contender: "A", during: "a test")])
    #expect(measurements.medianSeconds("A", Self.gaussian) == nil)
    #expect(measurements.medianSeconds("B", Self.gaussian) == 1)
    #expect(journal.runs.filter { $0 == "A" }.count == 3)
    #expect(journal.runs.filter { $0 == "B" }.count == 6)
  }

  @Test("The share that is done grows to 1")
  func progress() {
    var shares: [Double] = []
    let parts = ["A", "B"].map { Turns.Part(FakeParticipant($0, Journal()), [Self.gaussian]) }
    _ = Turns(rounds: 3).measure(parts) { shares.append($0) }
    #expect(shares == shares.sorted())
    #expect(shares.last == 1)
  }
}
