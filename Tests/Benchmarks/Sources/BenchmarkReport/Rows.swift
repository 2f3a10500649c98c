/// What one run of the benchmark found: the machine, who took part, and a row for each thing measured.
///
/// Its rows are what `docs/benchmarks.json` holds, fields that do not apply left out; the rest is `docs/benchmarks-run.json`.
public struct Report: Equatable, Sendable {
  /// Where it ran.
  public var machine: Machine
  /// The day of the run, "2026-11-26".
  public var date: String?
  /// The commit of the library that was measured.
  public var commit: String?
  /// Rounds that were counted; each figure is a median over them.
  public var rounds: Int
  /// The library first, then its peers, in the order of the columns.
  public var contenders: [Contender]
  /// Those that could not be started, or failed.
  public var leftOut: [LeftOut]
  /// In the order in which they are to be read: those of one group follow each other.
  public var rows: [Row]

  public init(
    machine: Machine, date: String? = nil, commit: String? = nil, rounds: Int,
    contenders: [Contender], leftOut: [LeftOut], rows: [Row]
  ) {
    self.machine = machine
    self.date = date
    self.commit = commit
    self.rounds = rounds
    self.contenders = contenders
    self.leftOut = leftOut
    self.rows = rows
  }
}

extension Report {
  /// The machine of a run, and the limits that were measured in it.
  public struct Machine: Codable, Equatable, Sendable {
    /// As the system names it, such as "AMD EPYC".
    public var processor: String
    /// The operating system and its version.
    public var system: String
    /// What the system says of its processors' clock, in GHz.
    public var clock: Double?
    /// What the first processor has, such as "L2 512K".
    public var caches: [String]?
    /// The threads that every contender had.
    public var threads: Int
    /// The widest instruction set, on which the peak was measured.
    public var instructionSet: String?
    /// Fused multiply-adds on all threads, counted as two operations each, in GFLOP/s.
    public var peak: Double?
    /// Stores to memory, in GB/s.
    public var memoryStores: Double?
    /// Stores to the second level of cache, in GB/s.
    public var cacheStores: Double?

    public init(
      processor: String, system: String, clock: Double? = nil, caches: [String]? = nil,
      threads: Int, instructionSet: String? = nil,
      peak: Double? = nil, memoryStores: Double? = nil, cacheStores: Double? = nil
    ) {
      self.processor = processor
      self.system = system
      self.clock = clock
      self.caches = caches
      self.threads = threads
      self.instructionSet = instructionSet
      self.peak = peak
      self.memoryStores = memoryStores
      self.cacheStores = cacheStores
    }
  }

  /// One that took part.
  public struct Contender: Codable, Equatable, Sendable {
    /// The name under which rows hold its figures.
    public var name: String
    public var version: String
    /// Threads, binding and whatever else it was given.
    public var settings: String
    /// The command that started it.
    public var command: String

    public init(name: String, version: String, settings: String, command: String) {
      self.name = name
      self.version = version
      self.settings = settings
      self.command = command
    }
  }

  /// One that did not take part.
  public struct LeftOut: Codable, Equatable, Sendable {
    public var name: String
    public var reason: String

    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }
}

/// One thing measured, of the library and of its peers.
public struct Row: Codable, Equatable, Sendable {
  /// What was measured, such as "forward 1024·1024·1024" (batch·inputs·outputs). Unique in a report.
  public var `case`: String
  /// The table that the row belongs to.
  public var group: Group
  /// The library's figure, in `unit`.
  public var ours: Double?
  /// The peers' figures, in `unit`, by name.
  public var peers: [String: Double]?
  /// "GFLOP/s", "ns a draw", "s", "ms", "µs", "× plain", "× one thread", …
  public var unit: String
  /// The library's speed over that of each peer: the median of the rounds' ratios.
  public var ratio: [String: Double]?
  /// The library's speed over the peak of fused multiply-adds.
  public var ofPeak: Double?
  /// What the library has set itself, in words.
  public var target: String?
  /// Whether it holds; nil where it could not be told, as that of a comparison without peers.
  public var met: Bool?
  /// The numbers in the case's name, for plots: "batch", "inputs", "outputs", "width", "count", "threads".
  public var parameters: [String: Int]?

  public init(
    case name: String, group: Group, ours: Double? = nil, peers: [String: Double]? = nil,
    unit: String, ratio: [String: Double]? = nil, ofPeak: Double? = nil, target: String? = nil,
    met: Bool? = nil, parameters: [String: Int]? = nil
  ) {
    self.`case` = name
    self.group = group
    self.ours = ours
    self.peers = peers
    self.unit = unit
    self.ratio = ratio
    self.ofPeak = ofPeak
    self.target = target
    self.met = met
    self.parameters = parameters
  }
}

/// The tables of a report, in their order.
public enum Group: String, Codable, CaseIterable, Sendable {
  /// Large products, held against the peak. GFLOP/s.
  case products
  /// Small and odd products, held against the best peer, and the geometric means over them. GFLOP/s.
  case shapes
  /// What noise costs: the time of a noisy forward pass over that of a plain one. "× plain".
  case noise
  /// Fills with random draws. "ns a draw".
  case draws
  /// Training steps, plain and noisy, and the cost of the noise. "ms" and "× plain".
  case training
  /// Updates by optimizers, and their times over Adam's. "ms" and "× plain".
  case updates
  /// Whole epochs from files, reading data, checkpoints. "s".
  case files
  /// The draws of a certificate, and a whole study by the program. "s".
  case robustness
  /// Heap allocations of a training step. "a step".
  case allocations
  /// Peak memory of a training run, and the noisy one's over the plain one's. "MB" and "× plain".
  case memory
  /// Two threads over one. "× one thread".
  case threads
  /// Latency of small work: one row through a network, a step of a small network. "µs".
  case latency
  /// A forward pass and its noise by batch, at 1024 inputs and outputs. GFLOP/s and "× plain".
  case batch
  /// A forward pass and its noise by width, at batch 256. GFLOP/s and "× plain".
  case width
}
