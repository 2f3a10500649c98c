import DitherTensors
import DitherTraining
import Foundation
import Layers
import NoiseDistributions
import Testing

/// Logits and labels that are as good as random: 500 rows of 7 classes.
enum Answers {
  static let logits = Tensor(
    NoiseStream(seed: 5).draws(
      from: Gaussian(standardDeviation: 2), site: "logits", rows: 500, columns: 7),
    shape: [500, 7])
  static let labels = (0..<500).map { ($0 * 131 + $0 / 7) % 7 }
}

@Suite("Metrics")
struct MetricTests {
  /// A metric of the answers in batches of some size.
  private func gathered<Figure: Metric>(_ metric: Figure, size: Int) -> Figure {
    var metric = metric
    for first in stride(from: 0, to: 500, by: size) {
      let range = first..<min(first + size, 500)
      metric.add(Answers.logits.rows(range), Array(Answers.labels[range]))
    }
    return metric
  }

  @Test(
    "None depends, to the bit, on how the rows are split into batches", arguments: [1, 7, 64, 499])
  func splits(size: Int) {
    #expect(gathered(Accuracy(), size: size) == gathered(Accuracy(), size: 500))
    #expect(gathered(TopKAccuracy(k: 3), size: size) == gathered(TopKAccuracy(k: 3), size: 500))
    #expect(
      gathered(ConfusionMatrix(classes: 7), size: size)
        == gathered(ConfusionMatrix(classes: 7), size: 500))
    #expect(gathered(CalibrationError(), size: size) == gathered(CalibrationError(), size: 500))
    #expect(gathered(MeanLoss(), size: size).value == gathered(MeanLoss(), size: 500).value)
  }

  @Test("JSON gives a confusion matrix back, and one of no rows that there could be is refused")
  func coding() throws {
    let matrix = gathered(ConfusionMatrix(classes: 7), size: 500)
    let json = try JSONEncoder().encode(matrix)
    #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: json) == matrix)
    for text in [
      #"{"classes":2,"counts":[1,2,3]}"#, #"{"classes":0,"counts":[]}"#,
      #"{"classes":-1,"counts":[1]}"#, #"{"classes":4611686018427387904,"counts":[]}"#,
      #"{"classes":1,"counts":[-1]}"#, #"{"classes":1,"counts":[9007199254740993]}"#,
      #"{"classes":2,"counts":[9223372036854775807,1,0,0]}"#,
    ] {
      #expect(throws: DecodingError.self, "\(text)") {
        try JSONDecoder().decode(ConfusionMatrix.self, from: Data(text.utf8))
      }
    }
  }

  @Test("Before the first row the figure is not a number; an empty batch changes nothing")
  func empty() {
    let metrics: [any Metric] = [
      Accuracy(), TopKAccuracy(k: 2), ConfusionMatrix(classes: 3), CalibrationError(), MeanLoss(),
    ]
    for metric in metrics {
      var metric = metric
      metric.add(Tensor(zeros: [0, 3]), [])
      #expect(metric.value.isNaN, "\(metric.name)")
      metric.add(Tensor(rows: [[1, 2, 3]]), [2])
      let before = metric.value
      metric.add(Tensor(zeros: [0, 3]), [])
      #expect(metric.value == before && before.isFinite, "\(metric.name)")
    }
  }

  @Test("Accuracy is the share of rows whose greatest output is the label's, the first of equals")
  func accuracy() {
    var accuracy = Accuracy()
    accuracy.add(Tensor(rows: [[1, 2, 0], [3, 3, 0], [3, 3, 0], [0, 0, 1]]), [1, 0, 1, 0])
    #expect(accuracy.correct == 2 && accuracy.rows == 4 && accuracy.value == 0.5)
  }

  @Test("Top-k counts the labels among the k greatest outputs; k = 1 is the accuracy")
  func topK() {
    let outputs = Tensor(rows: [[4, 3, 2, 1], [4, 3, 2, 1], [1, 1, 1, 0], [.nan, 5, 1, 0]])
    let labels = [2, 3, 1, 1]
    // The labels' ranks are 2, 3, 1 (the second of three equals) and 1 (after what is no number).
    for (k, correct) in [(1, 0), (2, 2), (3, 3), (4, 4), (9, 4)] {
      var metric = TopKAccuracy(k: k)
      metric.add(outputs, labels)
      #expect(metric.correct == correct, "k = \(k)")
      #expect(metric.name == "top-\(k) accuracy")
    }
    #expect(gathered(TopKAccuracy(k: 1), size: 500).value == gathered(Accuracy(), size: 500).value)
    let shares = (1...7).map { gathered(TopKAccuracy(k: $0), size: 500).value }
    #expect(shares == shares.sorted() && shares[6] == 1)
  }

  @Test("The confusion matrix counts each class against each, and prints as a table")
  func confusion() {
    var confusion = ConfusionMatrix(classes: 3)
    for _ in 0..<12 {
      confusion.add(
        Tensor(rows: [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]), [0, 1, 2, 2])
    }
    #expect(confusion[2, 1] == 12 && confusion[2, 2] == 12 && confusion[1, 2] == 0)
    #expect(confusion.rows == 48 && confusion.value == 0.75)
    #expect(confusion.recall(of: 2) == 0.5 && confusion.precision(of: 1) == 0.5)
    #expect(confusion.recall(of: 0) == 1 && confusion.precision(of: 2) == 1)
    #expect(
      confusion.description == """
        actual  predicted  0   1   2
             0            12   0   0
             1             0  12   0
             2             0  12  12
        """)
    #expect(
      ConfusionMatrix(classes: 2).description == """
        actual  predicted 0  1
             0            0  0
             1            0  0
        """)
    #expect(ConfusionMatrix(classes: 2).recall(of: 1).isNaN)
  }

  @Test("The mean loss is that of all rows at once, but for rounding")
  func meanLoss() {
    let whole = crossEntropy(Answers.logits, Answers.labels).loss
    // 500 roundings of a loss to a `Float`, each within 2⁻²⁴ of it.
    #expect(abs(gathered(MeanLoss(), size: 500).value - Double(whole)) < 1e-6 * Double(whole))
    let squared = MeanLoss { outputs, labels, count in
      meanSquaredError(outputs, Tensor(zeros: outputs.shape), count: count)
    }
    let expected = Answers.logits.sumOfSquares() / 3500
    #expect(abs(gathered(squared, size: 64).value - expected) < 1e-6 * expected)
  }
}
