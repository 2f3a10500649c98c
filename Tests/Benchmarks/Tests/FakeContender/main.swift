// A contender that measures nothing: FakeContender BEHAVIOUR. Its settings are its process, so that a test can look at it.
import BenchmarkProtocol
import Foundation

let behaviour = CommandLine.arguments.dropFirst().first ?? "steady"
let environment = ProcessInfo.processInfo.environment

if behaviour == "babbling" {
  print("ready when you are")
  exit(0)
}
let greeting = Greeting(
  name: "Fake", version: environment["DITHER_BENCH_THREADS"] ?? "",
  settings: "\(ProcessInfo.processInfo.processIdentifier)")
try serve(greeting) { asked in
  guard case .fill = asked else { throw Unsupported("only fills") }
  var calls = 0
  return { repetitions in
    calls += 1
    // The first call is the preparation's.
    if behaviour == "dying" && calls > 1 { exit(3) }
    return Answer(seconds: Double(repetitions) * 1e-3)
  }
}
