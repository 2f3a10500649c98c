import DitherRobustness
import DitherTraining
import Foundation
import Synchronization

/// Shows how far a study is, on a terminal alone, and ends it where the program has been asked to stop.
final class StudyProgress: Sendable {
  private let state = Mutex(State())

  private struct State {
    var display = ProgressDisplay.standardError()
    /// Epochs that were there when this part of the study began.
    var first: Int?
  }

  /// Where a study has been asked to stop.
  struct Interrupted: Error {}

  /// After a trial of the search.
  func show(_ progress: SearchProgress) throws {
    try requireGoingOn()
    state.withLock { state in
      let first = state.first ?? progress.epochs - progress.trial.epochs
      state.first = first
      state.display.update(text: { elapsed in
        let done = max(1, progress.epochs - first)
        let left = elapsed / Double(done) * Double(progress.mostEpochs - progress.epochs)
        let phase =
          switch progress.phase {
          case .round(let number, let count): "round \(number)/\(count)"
          case .finalists: "finalists"
          case .scales: "scales"
          }
        return
          "search: \(phase)  epoch \(progress.epochs)/\(progress.mostEpochs)  at most \(ProgressLine.duration(left)) left"
      })
    }
  }

  /// After a part of the tests.
  func show(done: Int, of total: Int) throws {
    try requireGoingOn()
    state.withLock { state in
      state.display.update(text: { _ in "tests: part \(done)/\(total)" })
    }
  }

  func finish() { state.withLock { $0.display.finish() } }

  private func requireGoingOn() throws {
    if Interrupt.isRequested { throw Interrupted() }
  }
}
