import DitherData
import DitherTensors
import DitherTraining
import TestSupport
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  let data = DigitRun.data.test

  @Test(
    "It is the same, to the bit, whatever the batches; predictions are the network's outputs",
    arguments: [1, 64, 449, 1000])
  func batches(size: Int) {
    let network = DigitRun.network()
    let expected = evaluate(network, on: data)
    let result = evaluate(network, on: data, batchSize: size)
    #expect(result.rows == 449)
    #expect(result.loss == expected.loss && result.accuracy == expected.accuracy)
    #expect(result.calibrationError == expected.calibrationError)
    #expect(result.confusion == expected.confusion)
    let outputs = predict(network, data.inputs, batchSize: size)
    #expect(outputs.isBitwiseEqual(to: network(data.inputs)))
    let right = zip(outputs.indicesOfRowMaxima(), data.labels).count { $0 == $1 }
    #expect(result.accuracy == Double(right) / 449)
    #expect(evaluate(network, on: data, by: Accuracy(), batchSize: size).correct == right)
  }

  @Test("Misuse is named: outputs that do not fit, labels out of range, no rows, and settings")
  func misuse() async {
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = Accuracy()
      metric.add(Tensor(zeros: [2, 3]), [0])
    }
    expect(shape, says: "Accuracy: outputs of shape [2, 3] and 1 labels; expected [1, classes]")
    let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = CalibrationError()
      metric.add(Tensor(zeros: [2, 3]), [0, 3])
    }
    expect(label, says: "CalibrationError: the label of row 1 is 3; expected 0 ..< 3")
    let classes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var metric = ConfusionMatrix(classes: 4)
      metric.add(Tensor(zeros: [1, 3]), [0])
    }
    expect(classes, says: "ConfusionMatrix: outputs of shape [1, 3] and 1 labels; expected [1, 4]")
    let place = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConfusionMatrix(classes: 4)[1, 4]
    }
    expect(place, says: "ConfusionMatrix: classes 1 and 4; expected 0 ..< 4")
    let k = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TopKAccuracy(k: 0)
    }
    expect(k, says: "TopKAccuracy: k is 0; expected at least 1")
    let bins = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = CalibrationError(bins: 0)
    }
    expect(bins, says: "CalibrationError: bins is 0; expected at least 1")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = evaluate(DigitRun.network(), on: DigitRun.data.test.subset([]))
    }
    expect(rows, says: "the data \"digits\" have no rows; expected at least one")
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = predict(DigitRun.network(), DigitRun.data.test.inputs, batchSize: 0)
    }
    expect(size, says: "batchSize is 0; expected at least 1")
  }
}
