import BenchmarkProtocol

/// One whose speed is measured, by turns with others.
public protocol Participant: AnyObject {
  var name: String { get }
  /// Makes a case ready to run; several may be at once.
  func prepare(_ prepared: Case) throws(BenchmarkError) -> Preparation
  /// Runs a prepared case `repetitions` times.
  func run(_ identifier: Int, repetitions: Int) throws(BenchmarkError) -> Answer
  /// Gives a prepared case up.
  func release(_ identifier: Int) throws(BenchmarkError)
  /// Lets it use the processors. It begins paused.
  func resume()
  /// Takes the processors from it, threads that wait for work in a loop included.
  func pause()
}

public enum Preparation: Equatable, Sendable {
  case ready(Int)
  case unsupported(String)
}
