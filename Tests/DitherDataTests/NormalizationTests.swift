import DitherData
import DitherTensors
import Foundation
import TestSupport
import Testing

@Suite("Normalisation")
struct NormalizationTests {
  @Test("Of the data it was fitted to, each column has mean 0 and standard deviation 1")
  func fits() throws {
    let digits = try Digits.load()
    let (training, test) = digits.stratifiedSplit(testFraction: 0.3, seed: 1)
    let normalization = Normalization(fittedTo: training.inputs)
    let normal = normalization(training)
    #expect(normal.labels == training.labels && normal.classes == 10 && normal.name == "digits")
    for column in 0..<64 {
      let values = (0..<training.count).map { Double(normal.inputs[$0, column]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      let isConstant = values.allSatisfy { $0 == 0 }
      #expect(abs(mean) < 1e-6)
      #expect(isConstant || abs(square - 1) < 1e-5, "column \(column)")
    }
    // The digits' first column is blank paper everywhere.
    #expect(normalization.standardDeviation[0] == 1 && normalization.mean[0] == 0)
    // The other part is normalised by the first one's numbers, not by its own.
    let expected =
      (test.inputs[5, 20] - normalization.mean[20]) / normalization.standardDeviation[20]
    #expect(normalization(test).inputs[5, 20] == expected)
  }

  @Test("Means and standard deviations are the closed forms")
  func values() {
    let inputs = Tensor(rows: [[1, 10, 5], [2, 10, -5], [6, 10, 0]])
    let normalization = Normalization(fittedTo: inputs)
    #expect(normalization.mean == [3, 10, 0])
    let deviations = [(14.0 / 3).squareRoot(), 1, (50.0 / 3).squareRoot()]
    #expect(normalization.standardDeviation == deviations.map { Float($0) })
    #expect(normalization(Tensor(rows: [[3, 12, 0]])) == Tensor(rows: [[0, 2, 0]]))
    let overall = Normalization(fittedTo: Tensor(rows: [[1, 3], [5, 7]]), overall: true)
    #expect(overall.mean == [4] && overall.standardDeviation == [Float(5.0.squareRoot())])
    #expect(overall(Tensor([4, 4, 4])) == Tensor([0, 0, 0]))
  }

  @Test("A constant column is constant however many rows there are, whatever the number")
  func constant() {
    let normalization = Normalization(fittedTo: Tensor(repeating: 0.1, shape: [10_007, 1]))
    #expect(normalization.mean == [0.1] && normalization.standardDeviation == [1])
  }

  @Test("Nothing cancels where the mean is far greater than the deviations")
  func cancellation() {
    let normalization = Normalization(
      fittedTo: Tensor([16_777_214, 16_777_215, 16_777_216], shape: [3, 1]))
    #expect(normalization.mean == [16_777_215])
    #expect(normalization.standardDeviation == [Float((2.0 / 3).squareRoot())])
  }

  @Test("Padding is left out")
  func lengths() {
    let padded = Tensor([1, 2, 3, 4, 9, 9, 5, 6, 9, 9, 9, 9], shape: [2, 3, 2])
    let normalization = Normalization(fittedTo: padded, lengths: [2, 1])
    #expect(normalization == Normalization(fittedTo: Tensor(rows: [[1, 2], [3, 4], [5, 6]])))
    #expect(normalization(padded).shape == [2, 3, 2])
    #expect(normalization(padded)[0, 1, 0] == 0)
  }

  @Test("It survives being written, and what was tampered with is refused")
  func codable() throws {
    let normalization = Normalization(mean: [0.1, -3], standardDeviation: [1e-30, 7])
    let text = try JSONEncoder().encode(normalization)
    #expect(try JSONDecoder().decode(Normalization.self, from: text) == normalization)
    for bad in [
      #"{"mean":[1],"standardDeviation":[0]}"#, #"{"mean":[1],"standardDeviation":[1,2]}"#,
      #"{"mean":[],"standardDeviation":[]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Normalization.self, from: Data(bad.utf8))
      }
    }
  }

  @Test("What cannot be fitted or applied stops with what was received")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Normalization(fittedTo: Tensor(zeros: [0, 3]))
      }, says: "Normalization: inputs of shape [0, 3]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Normalization(fittedTo: Tensor([1, .nan]))
      }, says: "Normalization: mean nan; expected a finite number")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Normalization(mean: [0, 0], standardDeviation: [1, 1])(Tensor(zeros: [2, 3]))
      }, says: "Normalization: inputs of shape [2, 3]; expected 2 columns")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Normalization(mean: [0], standardDeviation: [-1])
      }, says: "Normalization: standard deviation -1.0; expected a finite number above 0")
  }
}
