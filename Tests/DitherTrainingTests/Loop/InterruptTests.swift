import DitherData
import DitherTraining
import Foundation
import TestSupport
import Testing

/// A program that is started in the background may begin with the signal ignored.
private func takeInterrupts() { signal(SIGINT, SIG_DFL) }

/// The signal as a terminal sends it: to the program, not to this thread, which may have it blocked. Returns when a run has
/// noted it, or when it has had ten seconds to.
private func interrupt() {
  kill(getpid(), SIGINT)
  for _ in 0..<10_000 where !Interrupt.isRequested { usleep(1000) }
}

@Suite("An interrupt")
struct InterruptTests {
  @Test("Ends a run after the batch at hand, saves, and says how to go on")
  func saves() async {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) {
      takeInterrupts()
      let trainer = DigitRun.trainer()
      let saved = Notes<Int>()
      trainer.save = { checkpoint in
        saved.list.append(checkpoint.state.step)
        return "To go on: train again."
      }
      trainer.afterBatch = { report in
        if report.step == 4 { interrupt() }
        return .proceed
      }
      let history = try trainer.train(on: DigitRun.data.training, epochs: 2)
      #expect(history.outcome == .interrupted)
      #expect(history.epochs.isEmpty)
      #expect(saved.list == [5])
      #expect(trainer.checkpoint?.state.step == 5)
      // It goes on, and the interrupt is not met a second time.
      let rest = try trainer.train(
        on: DigitRun.data.training, epochs: 2, from: trainer.checkpoint)
      #expect(rest.outcome == .completed)
      #expect(saved.list == [5, 14, 28])
    }
    expect(
      result, says: "Interrupted after step 5 (epoch 0, batch 5). To go on: train again.\n")
  }

  @Test("Twice in one batch it ends the program, and so does one after the run")
  func ends() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      takeInterrupts()
      let trainer = DigitRun.trainer()
      trainer.save = { _ in "" }
      trainer.afterBatch = { _ in
        interrupt()
        kill(getpid(), SIGINT)
        sleep(10)
        return .proceed
      }
      try trainer.train(on: DigitRun.data.training, epochs: 1)
    }
    await #expect(processExitsWith: .signal(SIGINT)) {
      takeInterrupts()
      let trainer = DigitRun.trainer()
      trainer.save = { _ in "" }
      try trainer.train(on: DigitRun.data.training, epochs: 1)
      interrupt()
    }
  }

  @Test("A run that saves nothing is ended by it, with the program")
  func endsWithoutSaving() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      takeInterrupts()
      let trainer = DigitRun.trainer()
      trainer.afterBatch = { _ in
        interrupt()
        return .stop
      }
      try trainer.train(on: DigitRun.data.training, epochs: 1)
    }
  }

  @Test("A program that ignores it goes on to")
  func ignored() async {
    await #expect(processExitsWith: .success) {
      signal(SIGINT, SIG_IGN)
      let trainer = DigitRun.trainer()
      trainer.save = { _ in "" }
      trainer.afterBatch = { _ in
        kill(getpid(), SIGINT)
        return .proceed
      }
      let history = try trainer.train(on: DigitRun.data.training, epochs: 1)
      #expect(history.outcome == .completed)
    }
  }

  @Test("A run saves every so many epochs and at its end; what saving throws ends it")
  func everySoMany() throws {
    let trainer = DigitRun.trainer()
    let saved = Notes<Int>()
    trainer.epochsBetweenSaves = 2
    trainer.save = { checkpoint in
      saved.list.append(checkpoint.state.epoch)
      return ""
    }
    try trainer.train(on: DigitRun.data.training, epochs: 5)
    #expect(saved.list == [2, 4, 5])
    struct Full: Error {}
    trainer.save = { _ in throw Full() }
    #expect(throws: Full.self) { try trainer.train(on: DigitRun.data.training, epochs: 5) }
    #expect(trainer.checkpoint?.state.epoch == 2)
  }
}
