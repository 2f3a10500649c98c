import DitherData
import DitherTensors
import TestSupport
import Testing

@Suite("Misuse of data stops with a message that names what was received")
struct DataMisuseTests {
  @Test("Inputs and labels that do not belong together")
  func labelledData() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LabelledData(inputs: Tensor(zeros: [3, 2]), labels: [0, 1], classes: 2, name: "")
      }, says: "LabelledData: inputs of shape [3, 2] and 2 labels; expected a matrix with a row")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LabelledData(inputs: Tensor(zeros: [2, 2]), labels: [0, 2], classes: 2, name: "")
      }, says: "LabelledData: label 2 of row 1; expected one of 2 classes, 0..<2")
  }

  @Test("Splits and batches that cannot be")
  func splitsAndBatches() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Batch(inputs: Tensor(zeros: [3, 2]), labels: [0, 1])
      }, says: "Batch: inputs of shape [3, 2] and 2 labels; expected a row for each label")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().stratifiedSplit(testFraction: .nan, seed: 0)
      }, says: "stratifiedSplit: testFraction is nan; expected 0...1")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().stratifiedSplit(testFraction: 1.5, seed: 0)
      }, says: "stratifiedSplit: testFraction is 1.5; expected 0...1")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().batches(of: 0, epoch: 0)
      }, says: "batches: size is 0; expected at least 1")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().batches(of: 8, epoch: -1)
      }, says: "batches: epoch is -1; expected at least 0")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().batches(of: 1000, epoch: 0)[2]
      }, says: "Batches: batch 2; expected one of 2, 0..<2")
  }
}
