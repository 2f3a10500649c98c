import BenchmarkProtocol
import BenchmarkReport

/// A row before it is measured: what it is made of, and what the library has set itself.
public struct PlannedRow: Sendable {
  public var name: String
  public var group: Group
  public var parameters: [String: Int]
  public var figure: Figure
  public var targets: [Target]

  package init(
    _ name: String, _ group: Group, _ figure: Figure, _ targets: [Target] = [],
    parameters: [String: Int] = [:]
  ) {
    self.name = name
    self.group = group
    self.figure = figure
    self.targets = targets
    self.parameters = parameters
  }
}

/// What a row's figure is made of.
public enum Figure: Sendable {
  /// The speed or the time of a case, of the library and its peers; against the machine's peak too if asked for.
  case speed(Case, Unit, againstPeak: Bool = false)
  /// The time of a case over that of another of the same contender in the same round.
  case cost(Case, over: Case)
  /// The time on one thread over that on all.
  case speedup(Case)
  /// Heap allocations of 4096 bytes or more in a step.
  case largeAllocations(Case)
  /// Heap allocations in a step.
  case allocations(Case)
  /// How many more allocations a step has than another.
  case moreAllocations(Case, than: Case)
  /// Peak memory.
  case memory(Case)
  /// Peak memory over that of another run.
  case memoryRatio(Case, over: Case)
  /// The seconds of a case that the program runs.
  case program(Case)
  /// The geometric means over the measured rows of the same group.
  case mean
}

/// What a speed is told in.
public enum Unit: Sendable {
  /// Operations a second, in 10⁹.
  case gigaflops(operations: Double)
  /// Time a draw.
  case nanosecondsPerDraw(count: Int)
  case seconds
  case milliseconds
  case microseconds

  var name: String {
    switch self {
    case .gigaflops: "GFLOP/s"
    case .nanosecondsPerDraw: "ns a draw"
    case .seconds: "s"
    case .milliseconds: "ms"
    case .microseconds: "µs"
    }
  }

  /// The figure of a call that takes so long.
  func figure(seconds: Double) -> Double {
    switch self {
    case .gigaflops(let operations): operations / seconds * 1e-9
    case .nanosecondsPerDraw(let count): seconds / Double(count) * 1e9
    case .seconds: seconds
    case .milliseconds: seconds * 1e3
    case .microseconds: seconds * 1e6
    }
  }
}

/// What the library has set itself in a row.
public enum Target: Sendable {
  /// At least that share of the machine's peak.
  case ofPeak(Double)
  /// At least that many times the speed of the best peer.
  case bestPeer(Double)
  /// At least that many times the speed of each peer whose name begins so.
  case peer(String, Double)
  /// The figure is that or less.
  case atMost(Double)
  /// The figure is that or more.
  case atLeast(Double)
}

/// Who is to run a case.
enum Role: CaseIterable {
  case ours, oursOnOneThread, oursAfresh, program, machine, peers
}

extension Figure {
  /// What must be measured, in one block, to have the figure.
  var needs: [(role: Role, measured: Case)] {
    switch self {
    case .speed(let measured, _, let againstPeak):
      [(.ours, measured), (.peers, measured)] + (againstPeak ? [(.machine, .peak)] : [])
    case .cost(let measured, let plain):
      [(.ours, plain), (.ours, measured), (.peers, plain), (.peers, measured)]
    case .speedup(let measured):
      [(.ours, measured), (.oursOnOneThread, measured)]
    case .largeAllocations(let measured), .allocations(let measured):
      [(.ours, measured)]
    case .moreAllocations(let measured, let other):
      [(.ours, other), (.ours, measured)]
    case .memory(let measured):
      [(.oursAfresh, measured)]
    case .memoryRatio(let measured, let other):
      [(.oursAfresh, other), (.oursAfresh, measured)]
    case .program(let measured):
      [(.program, measured)]
    case .mean:
      []
    }
  }
}
