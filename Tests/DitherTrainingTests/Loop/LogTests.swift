import DitherData
import DitherTraining
import Foundation
import Testing

@Suite("The log")
struct LogTests {
  let training = DigitRun.data.training
  let validation = DigitRun.data.test

  /// A path that is removed after `body`.
  private func withPath(_ body: (String) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "training-log-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  private func records(_ path: String) throws -> [EpochRecord] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.isEmpty || text.hasSuffix("\n"))
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(EpochRecord.self, from: Data($0.utf8))
    }
  }

  @Test("It has a line of JSON for each epoch, and has it when the epoch ends")
  func lines() throws {
    try withPath { path in
      let trainer = DigitRun.trainer()
      trainer.log = path
      trainer.afterEpoch = { record in
        #expect((try? records(path).last) == record)
        return .proceed
      }
      let history = try trainer.train(on: training, validation: validation, epochs: 2)
      #expect(try records(path) == history.epochs)
      let line = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")[1]
      let object = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(
        object.keys.sorted() == [
          "epoch", "learningRate", "loss", "seconds", "step", "validation",
        ])
      #expect(object["epoch"] as? Int == 1 && object["step"] as? Int == 28)
      let figures = try #require(object["validation"] as? [String: Any])
      #expect(figures.keys.sorted() == ["accuracy", "loss"])
    }
  }

  @Test(
    "A run begins it anew; one that goes on has the lines of the epochs before, and no epoch twice")
  func resumed() throws {
    try withPath { path in
      try "something else\n".write(toFile: path, atomically: true, encoding: .utf8)
      let trainer = DigitRun.trainer()
      trainer.log = path
      trainer.afterBatch = { $0.step == 20 ? .stop : .proceed }
      try trainer.train(on: training, epochs: 3)
      let first = try records(path)
      #expect(first.map(\.epoch) == [0])
      trainer.afterBatch = nil
      let history = try trainer.train(on: training, epochs: 3, from: trainer.checkpoint)
      #expect(try records(path) == history.epochs)
      #expect(try records(path).first == first.first)
      #expect(history.epochs.map(\.epoch) == [0, 1, 2])
    }
  }

  @Test("One that cannot be made stops a run before its first step, with the reason")
  func noFolder() throws {
    let trainer = DigitRun.trainer()
    trainer.log = "/no/such/folder/log.jsonl"
    let error = #expect(throws: TrainingError.self) {
      try trainer.train(on: training, epochs: 1)
    }
    #expect(
      error
        == .logNotWritten(file: "/no/such/folder/log.jsonl", reason: "No such file or directory"))
    #expect(
      error.map { "\($0)" }
        == "/no/such/folder/log.jsonl: the log cannot be written (No such file or directory)")
    #expect(trainer.optimizer.stepCount == 0)
  }

  #if os(Linux)
    @Test("A full disk stops a run at the end of the epoch")
    func full() throws {
      let trainer = DigitRun.trainer()
      trainer.log = "/dev/full"
      let error = #expect(throws: TrainingError.self) {
        try trainer.train(on: training, epochs: 2)
      }
      guard case .logNotWritten(file: "/dev/full", let reason)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.lowercased().contains("space"))
      #expect(trainer.optimizer.stepCount == DigitRun.batches)
      #expect(trainer.checkpoint?.state.epoch == 1)
    }
  #endif
}
