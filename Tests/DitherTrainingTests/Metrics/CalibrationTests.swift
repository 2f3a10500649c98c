import DitherTensors
import DitherTraining
import Foundation
import Testing

@Suite("Calibration error")
struct CalibrationTests {
  /// Rows of two classes whose first has the probability p, and of which so many have the label 0.
  private func add(
    _ metric: inout CalibrationError, rows: Int, probability: Double, correct: Int
  ) {
    let logit = Float(log(probability / (1 - probability)))
    metric.add(
      Tensor(rows: Array(repeating: [logit, 0], count: rows)),
      (0..<rows).map { $0 < correct ? 0 : 1 })
  }

  @Test("In closed form: the mean over bins of how far confidence and accuracy are apart")
  func closedForm() {
    // 40 rows at 0.65, 30 of them right; 60 at 0.95, 48 right: 0.4 · 0.10 + 0.6 · 0.15.
    for (bins, expected) in [(15, 0.13), (10, 0.13), (1, 0.05)] {
      var metric = CalibrationError(bins: bins)
      add(&metric, rows: 40, probability: 0.65, correct: 30)
      add(&metric, rows: 60, probability: 0.95, correct: 48)
      // A probability is rounded to a `Float` through its logit: to about 10⁻⁷.
      #expect(abs(metric.value - expected) < 1e-6, "\(bins) bins")
    }
    var metric = CalibrationError(bins: 10)
    add(&metric, rows: 40, probability: 0.65, correct: 30)
    add(&metric, rows: 60, probability: 0.95, correct: 48)
    #expect(metric.bins.map(\.rows) == [0, 0, 0, 0, 0, 0, 40, 0, 0, 60])
    #expect(metric.bins.map(\.correct) == [0, 0, 0, 0, 0, 0, 30, 0, 0, 48])
    #expect(abs(metric.bins[9].confidence - 57) < 1e-4)
  }

  @Test(
    "A network that is as often right as it says has none; one that is sure and wrong has the error 1"
  )
  func extremes() {
    var calibrated = CalibrationError()
    add(&calibrated, rows: 100, probability: 0.75, correct: 75)
    #expect(calibrated.value < 1e-6)
    var wrong = CalibrationError()
    wrong.add(Tensor(rows: [[200, 0], [200, 0]]), [1, 1])
    #expect(wrong.value == 1)
    #expect(wrong.bins[14].rows == 2)
  }

  @Test(
    "Equal outputs of four classes have the confidence ¼, on the upper edge of the first of four bins"
  )
  func edge() {
    var metric = CalibrationError(bins: 4)
    metric.add(Tensor(zeros: [8, 4]), [0, 0, 1, 2, 3, 1, 2, 3])
    #expect(metric.bins.map(\.rows) == [8, 0, 0, 0])
    #expect(metric.value == 0)
  }

  @Test("Of many classes it is what double precision gives")
  func reference() {
    var metric = CalibrationError(bins: 12)
    metric.add(Answers.logits, Answers.labels)
    var bins = [(rows: Double, correct: Double, confidence: Double)](
      repeating: (0, 0, 0), count: 12)
    let logits = Answers.logits.scalars.map(Double.init)
    for (row, label) in Answers.labels.enumerated() {
      let exponentials = logits[row * 7..<row * 7 + 7].map { exp($0) }
      let greatest = exponentials.max()!
      let confidence = greatest / exponentials.reduce(0, +)
      let bin = Int((confidence * 12).rounded(.up)) - 1
      bins[bin].rows += 1
      bins[bin].confidence += confidence
      if exponentials[label] == greatest { bins[bin].correct += 1 }
    }
    let expected = bins.reduce(0) { $0 + abs($1.correct - $1.confidence) } / 500
    #expect(metric.bins.map(\.rows) == bins.map { Int($0.rows) })
    #expect(metric.bins.map(\.correct) == bins.map { Int($0.correct) })
    #expect(expected > 0.1)
    #expect(abs(metric.value - expected) < 1e-6)
  }

  @Test("JSON gives it back, and what no rows could have filled is refused")
  func coding() throws {
    var metric = CalibrationError(bins: 2)
    metric.add(Tensor(rows: [[3, 0], [0, 0]]), [0, 1])
    let json = try JSONEncoder().encode(metric)
    #expect(try JSONDecoder().decode(CalibrationError.self, from: json) == metric)
    func bins(_ rows: Int, _ correct: Int, _ confidence: Double) -> String {
      #"{"bins":[{"rows":\#(rows),"correct":\#(correct),"confidence":\#(confidence)}]}"#
    }
    #expect(
      try JSONDecoder().decode(CalibrationError.self, from: Data(bins(2, 1, 2).utf8)).rows == 2)
    for text in [
      "{\"bins\":[]}", bins(-1, -1, -1), bins(1, 2, 1), bins(1, -1, 1), bins(1, 1, 1.5),
      bins(.max, 1, 1), bins((1 << 53) + 1, 1, 1),
    ] {
      #expect(throws: DecodingError.self, "\(text)") {
        try JSONDecoder().decode(CalibrationError.self, from: Data(text.utf8))
      }
    }
  }

  @Test("An infinite output that is not the greatest counts as any other")
  func infinitelySmall() {
    var metric = CalibrationError(bins: 2)
    metric.add(Tensor(rows: [[-.infinity, 0, 0]]), [1])
    #expect(metric.bins.map(\.rows) == [1, 0] && metric.bins[0].confidence == 0.5)
  }

  @Test("A greatest output that is infinite or not a number counts as certain")
  func notFinite() {
    var metric = CalibrationError(bins: 5)
    metric.add(Tensor(rows: [[.infinity, 0], [.nan, 0], [-.infinity, 0]]), [0, 1, 1])
    #expect(metric.bins.map(\.rows) == [0, 0, 0, 0, 3])
    #expect(metric.bins[4].correct == 2 && metric.bins[4].confidence == 3)
  }
}
