import BenchmarkConductor
import BenchmarkProtocol
import Foundation
import Testing

@Suite("A contender in a process of its own", .serialized)
struct ContenderProcessTests {
  static let fill = Case.fill(.gaussian, count: 1024)

  /// Programs are built beside the tests.
  static var directory: URL {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? Bundle.main
    return bundle.bundlePath.hasSuffix(".xctest")
      ? bundle.bundleURL.deletingLastPathComponent() : bundle.bundleURL
  }

  static func start(_ behaviour: String, threads: Int = 2) throws -> ContenderProcess {
    let program = directory.appending(path: "FakeContender").path
    return try ContenderProcess(
      ContenderSpecification(name: "Fake", command: [program, behaviour]), directory: directory,
      threads: threads)
  }

  @Test("It greets, is told its threads, prepares, runs and releases")
  func conversation() throws {
    let contender = try Self.start("steady", threads: 3)
    #expect(contender.greeting.name == "Fake")
    #expect(contender.greeting.version == "3")
    contender.resume()
    guard case .ready(let identifier) = try contender.prepare(Self.fill) else {
      Issue.record("a fill is not ready")
      return
    }
    #expect(try contender.run(identifier, repetitions: 8).seconds == 8e-3)
    try contender.release(identifier)
    #expect(try contender.prepare(.peak) == .unsupported("only fills"))
  }

  #if os(Linux)
    /// The letter of a process's state: T for stopped.
    static func state(_ identifier: String) throws -> Character? {
      let line = try String(contentsOfFile: "/proc/\(identifier)/stat", encoding: .utf8)
      return line.split(separator: ")").last?.dropFirst().first
    }

    static func isStopped(_ contender: ContenderProcess, _ expected: Bool) throws -> Bool {
      // A signal takes a moment to arrive.
      for _ in 0..<500 {
        if try (state(contender.greeting.settings) == "T") == expected { return true }
        usleep(10_000)
      }
      return false
    }

    @Test("It is stopped from its start on, except when it has its turn")
    func pause() throws {
      let contender = try Self.start("steady")
      #expect(try Self.isStopped(contender, true))
      contender.resume()
      #expect(try Self.isStopped(contender, false))
      contender.pause()
      #expect(try Self.isStopped(contender, true))
    }

    @Test("It ends with the last that holds it, also while it is stopped")
    func end() throws {
      var contender: ContenderProcess? = try Self.start("steady")
      let status = "/proc/\(try #require(contender).greeting.settings)/stat"
      #expect(FileManager.default.fileExists(atPath: status))
      contender = nil
      #expect(!FileManager.default.fileExists(atPath: status))
    }
  #endif

  @Test("One that dies is an error that says in what, and another's turns go on")
  func death() throws {
    let dying = try Self.start("dying")
    let steady = try ContenderProcess(
      ContenderSpecification(
        name: "Steady", command: [Self.directory.appending(path: "FakeContender").path, "steady"]),
      directory: Self.directory, threads: 1)
    let (measurements, failures) = Turns(rounds: 2).measure([
      .init(dying, [Self.fill]), .init(steady, [Self.fill]),
    ])
    #expect(failures == ["Fake": .ended(contender: "Fake", during: "1 runs")])
    #expect(abs(try #require(measurements.medianSeconds("Steady", Self.fill)) - 1e-3) < 1e-9)
  }

  @Test(
    "One that speaks another language, or does not exist, does not start, and its reason is told")
  func noStart() {
    #expect(throws: BenchmarkError.self) { try Self.start("babbling") }
    do {
      _ = try Self.start("babbling")
    } catch {
      #expect("\(error)".contains("ready when you are"))
    }
    let missing = ContenderSpecification(name: "Missing", command: ["/no/such/program"])
    do {
      _ = try ContenderProcess(missing, directory: Self.directory, threads: 1)
      Issue.record("it started")
    } catch {
      #expect("\(error)".contains("Missing did not start: /no/such/program"))
    }
  }
}
