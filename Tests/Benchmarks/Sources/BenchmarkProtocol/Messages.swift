import Foundation

/// What a contender says first.
public struct Greeting: Codable, Equatable, Sendable {
  public var name: String
  public var version: String
  /// Threads, binding, instruction set: what matters to its speed.
  public var settings: String

  public init(name: String, version: String, settings: String) {
    self.name = name
    self.version = version
    self.settings = settings
  }
}

/// What the conductor asks: a line of JSON each.
public enum Request: Equatable, Sendable {
  /// Make the inputs of a case and run it once; several may be prepared side by side.
  case prepare(Case)
  /// Run a prepared case once untimed and then as often as said, timed.
  case run(Int, repetitions: Int)
  /// Give a prepared case up.
  case release(Int)
}

extension Request: Codable {
  private enum Key: String, CodingKey { case prepare, run, repetitions, release }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .prepare(let prepared):
      try container.encode(prepared, forKey: .prepare)
    case .run(let identifier, let repetitions):
      try container.encode(identifier, forKey: .run)
      try container.encode(repetitions, forKey: .repetitions)
    case .release(let identifier):
      try container.encode(identifier, forKey: .release)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let prepared = try container.decodeIfPresent(Case.self, forKey: .prepare) {
      self = .prepare(prepared)
    } else if let identifier = try container.decodeIfPresent(Int.self, forKey: .run) {
      self = .run(identifier, repetitions: try container.decode(Int.self, forKey: .repetitions))
    } else {
      self = .release(try container.decode(Int.self, forKey: .release))
    }
  }
}

/// What a contender answers: to `prepare` an identifier or why it cannot, to `run` the time.
public struct Answer: Codable, Equatable, Sendable {
  public var id: Int?
  public var unsupported: String?
  /// Wall-clock time of all repetitions.
  public var seconds: Double?
  /// Operations or bytes in that time, of the peak and the bandwidth.
  public var amount: Double?
  public var counts: Counts?

  public init(
    id: Int? = nil, unsupported: String? = nil, seconds: Double? = nil, amount: Double? = nil,
    counts: Counts? = nil
  ) {
    self.id = id
    self.unsupported = unsupported
    self.seconds = seconds
    self.amount = amount
    self.counts = counts
  }
}

/// What was counted during a run, over all its repetitions.
public struct Counts: Codable, Equatable, Sendable {
  /// Heap allocations.
  public var allocations: Int
  /// Those of 4096 bytes or more.
  public var large: Int
  /// The most memory that the process has held.
  public var peakBytes: Int?

  public init(allocations: Int, large: Int, peakBytes: Int? = nil) {
    self.allocations = allocations
    self.large = large
    self.peakBytes = peakBytes
  }
}

/// One line of JSON.
public enum Line {
  public static func encode(_ message: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(message) + Data("\n".utf8)
  }

  public static func decode<Message: Decodable>(_ type: Message.Type, _ line: String) throws
    -> Message
  {
    try JSONDecoder().decode(type, from: Data(line.utf8))
  }
}
