import BenchmarkProtocol

/// A contender that is another process at each run: its peak memory is that of one case.
final class FreshContender: Participant {
  let name: String
  private let start: () throws(BenchmarkError) -> any Participant
  private var cases: [Int: Case] = [:]

  init(name: String, start: @escaping () throws(BenchmarkError) -> any Participant) {
    self.name = name
    self.start = start
  }

  func prepare(_ prepared: Case) throws(BenchmarkError) -> Preparation {
    let process = try start()
    process.resume()
    if case .unsupported(let reason) = try process.prepare(prepared) { return .unsupported(reason) }
    let identifier = cases.count + 1
    cases[identifier] = prepared
    return .ready(identifier)
  }

  func run(_ identifier: Int, repetitions: Int) throws(BenchmarkError) -> Answer {
    let process = try start()
    process.resume()
    guard let prepared = cases[identifier],
      case .ready(let prepared) = try process.prepare(prepared)
    else { throw .ended(contender: name, during: "the preparation of a fresh process") }
    return try process.run(prepared, repetitions: repetitions)
  }

  func release(_ identifier: Int) {}
  func resume() {}
  func pause() {}
}
