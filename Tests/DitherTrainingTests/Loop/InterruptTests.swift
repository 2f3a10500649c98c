import DitherData
import DitherTraining
import Foundation
import TestSupport
import Testing

/// A program that is started in the background may begin with the signals ignored.
private func takeInterrupts() { for number in Interrupt.signals { signal(number, SIG_DFL) } }

/// The signal as a terminal sends it: to the program, not to this thread, which may have it blocked. Returns when a run has
/// noted it, or when it has had ten seconds to.
private func interrupt(by number: Int32 = SIGINT) {
  kill(getpid(), number)
  for _ in 0..<10_000 where !Interrupt.isRequested { usleep(1000) }
}

/// Expects that a run saves and ends at a request to stop.
private func expectSaved(at number: Int32) throws {
  takeInterrupts()
  let trainer = DigitRun.trainer()
  let saved = Notes<Int>()
  trainer.save = { checkpoint in
    if number == SIGHUP {
      // A terminal that goes sends its signal twice; the second has time to come before all is saved.
      kill(getpid(), number)
      usleep(200_000)
    }
    saved.list.append(checkpoint.state.step)
    return ""
  }
  trainer.afterBatch = { report in
    if report.step == 4 { interrupt(by: number) }
    return .proceed
  }
  let history = try trainer.train(on: DigitRun.data.training, epochs: 2)
  #expect(history.outcome == .interrupted)
  #expect(saved.list == [5])
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
      result,
      says: "Interrupted after step 5 (epoch 1, after 5 of its batches). To go on: train again.\n")
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

  @Test("The system's request to end and a terminal that goes save as an interrupt does")
  func otherSignals() async {
    await #expect(processExitsWith: .success) { try expectSaved(at: SIGTERM) }
    await #expect(processExitsWith: .success) { try expectSaved(at: SIGHUP) }
    await #expect(processExitsWith: .signal(SIGTERM)) {
      takeInterrupts()
      let trainer = DigitRun.trainer()
      trainer.save = { _ in "" }
      try trainer.train(on: DigitRun.data.training, epochs: 1)
      interrupt(by: SIGTERM)
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
