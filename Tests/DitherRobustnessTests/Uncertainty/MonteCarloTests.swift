import DitherRobustness
import DitherTensors
import DitherTraining
import Foundation
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Monte Carlo predictions")
struct MonteCarloTests {
  private let noise = NoiseStream(seed: 91)

  /// Logits of a draw by its step, the same for all rows.
  private func classifier(_ logits: [[Float]]) -> ClassifierFunction {
    ClassifierFunction(inputShape: [1], classes: logits[0].count) { inputs, pass in
      let row = logits[(pass.noise?.step ?? 0) % logits.count]
      return Tensor(row, shape: [1, row.count]).broadcast(to: [inputs.shape[0], row.count])
    }
  }

  private func predict(_ logits: [[Float]], draws: Int, rows: Int = 1) -> MonteCarloPrediction {
    monteCarloPrediction(
      of: classifier(logits), for: Tensor(zeros: [rows, 1]), draws: draws, noise: noise)
  }

  @Test("Equal logits have the entropy ln(classes), a known distribution its own, a sure one 0")
  func entropies() {
    let equal = predict([[2, 2, 2, 2]], draws: 3)
    #expect(abs(equal.predictiveEntropy[0] - log(4)) < 1e-14)
    #expect(abs(equal.expectedEntropy[0] - log(4)) < 1e-14)
    #expect(equal.mutualInformation[0] < 1e-14 && equal.draws == 3)
    // −Σ p ln p of 0.7, 0.2 and 0.1; logits are rounded to 2⁻²⁴ of themselves.
    let known = predict([[0.7, 0.2, 0.1].map { Float(log($0)) }], draws: 2)
    #expect(abs(known.predictiveEntropy[0] - 0.8018185525433373) < 1e-6)
    #expect(known.mutualInformation[0] < 1e-14)
    for (column, p) in [0.7, 0.2, 0.1].enumerated() {
      #expect(abs(Double(known.probabilities[0, column]) - p) < 1e-6)
    }
    let sure = predict([[0, 2000, -2000]], draws: 2)
    #expect(sure.predictiveEntropy == [0] && sure.expectedEntropy == [0])
    #expect(sure.answers == [1] && sure.confidences == [1])
  }

  @Test(
    "Draws that are sure and disagree: all of ln 2 is mutual information; draws that are unsure and agree: none"
  )
  func mutualInformation() {
    let split = predict([[900, 0], [0, 900]], draws: 4, rows: 3)
    for row in 0..<3 {
      #expect(abs(split.predictiveEntropy[row] - log(2)) < 1e-14)
      #expect(split.expectedEntropy[row] == 0)
      #expect(abs(split.mutualInformation[row] - log(2)) < 1e-14)
    }
    // Three draws of one kind, one of the other: the binary entropy of ¼.
    let quarter = predict([[900, 0], [900, 0], [900, 0], [0, 900]], draws: 4)
    let expected = -0.25 * log(0.25) - 0.75 * log(0.75)
    #expect(abs(quarter.mutualInformation[0] - expected) < 1e-14)
    #expect(quarter.probabilities == Tensor([0.75, 0.25], shape: [1, 2]))
  }

  @Test(
    "Of a noisy network they are those of double precision over its draws, and the information is 0 or more"
  )
  func reference() {
    let inputs = TrainedDigits.test.inputs.rows(0..<20)
    let prediction = monteCarloPrediction(
      of: TrainedDigits.noisy, for: inputs, draws: 6, noise: noise)
    var (means, entropies) = ([Double](repeating: 0, count: 200), [Double](repeating: 0, count: 20))
    for draw in 0..<6 {
      let logits = TrainedDigits.noisy.logits(of: inputs, .sampling(noise.at(step: draw)))
      for row in 0..<20 {
        let exponentials = (0..<10).map { exp(Double(logits[row, $0])) }
        let total = exponentials.reduce(0, +)
        for column in 0..<10 {
          let p = exponentials[column] / total
          means[row * 10 + column] += p / 6
          entropies[row] -= p * log(p) / 6
        }
      }
    }
    for row in 0..<20 {
      let predictive = means[row * 10..<row * 10 + 10].reduce(0) { $0 - $1 * log($1) }
      #expect(abs(prediction.predictiveEntropy[row] - predictive) < 1e-12)
      #expect(abs(prediction.expectedEntropy[row] - entropies[row]) < 1e-12)
      #expect(
        abs(prediction.mutualInformation[row] - max(0, predictive - entropies[row])) < 1e-12)
      for column in 0..<10 {
        let probability = Double(prediction.probabilities[row, column])
        #expect(abs(probability - means[row * 10 + column]) < 1e-7)
      }
    }
    #expect(prediction.mutualInformation.contains { $0 > 1e-4 })
  }

  @Test("Mean probabilities whose logarithms a Float does not tell apart are told apart")
  func nearTie() {
    // σ(4) against σ of the next number: 8 · 10⁻⁹ of ½.
    let next = Float(4).nextUp
    #expect(predict([[4, 0], [0, next]], draws: 2).answers == [1])
    #expect(predict([[next, 0], [0, 4]], draws: 2).answers == [0])
    #expect(predict([[4, 0], [0, 4]], draws: 2).answers == [0])
  }

  @Test("The calibration error is that of the mean probabilities")
  func calibration() {
    // Means (¾, ¼): a confidence of 0.75 for 8 rows, of which 5 are right.
    let prediction = predict([[900, 0], [900, 0], [900, 0], [0, 900]], draws: 4, rows: 8)
    let labels = [0, 0, 0, 0, 0, 1, 1, 1]
    #expect(prediction.isCorrect(labels) == labels.map { $0 == 0 })
    #expect(abs(prediction.calibration(labels).value - 0.125) < 1e-6)
    #expect(prediction.calibration(labels, bins: 10).bins[7].rows == 8)
  }

  @Test(
    "Noisy inputs are less certain than clean ones: rejection raises accuracy, and the area under the ROC is above ½"
  )
  func digits() {
    let data = TrainedDigits.data.test
    let sweep = NoiseSweep(
      .adding(Gaussian(standardDeviation: 1)), strengths: [0.5], range: 0...1, noise: noise)
    func predict(_ inputs: Tensor) -> MonteCarloPrediction {
      monteCarloPrediction(of: TrainedDigits.noisy, for: inputs, draws: 10, noise: noise)
    }
    let noisy = predict(sweep.noisyInputs(data.inputs, strength: 0.5))
    let count = Double(data.count)
    // Were the entropy of no use, the half that is kept would be drawn at random: its right answers have a hypergeometric
    // distribution, of which 6 deviations are 10⁻⁹.
    let curve = noisy.rejection(data.labels)
    let accuracy = curve.accuracy(rejecting: 0)
    let deviation = (accuracy * (1 - accuracy) / (count - 1)).squareRoot()
    #expect(curve.accuracy(rejecting: 0.5) > accuracy + 6 * deviation)
    let area = areaUnderROC(
      positives: noisy.predictiveEntropy, negatives: predict(data.inputs).predictiveEntropy)
    // An area of no use has the deviation √((2n + 1) / 12n²); 6 are 10⁻⁹.
    #expect(area > 0.5 + 6 * ((2 * count + 1) / (12 * count * count)).squareRoot())
  }

  @Test("Bits depend neither on threads and instruction set nor on the size of batches")
  func bits() {
    let inputs = TrainedDigits.test.inputs.rows(0..<23)
    func numbers(_ batchSize: Int) -> [Double] {
      let prediction = monteCarloPrediction(
        of: TrainedDigits.noisy, for: inputs, draws: 3, noise: noise, batchSize: batchSize)
      return prediction.predictiveEntropy + prediction.expectedEntropy
        + prediction.probabilities.scalars.map(Double.init)
    }
    let expected = expectSameBits(of: { numbers(256) })
    for batchSize in [1, 5, 23] { #expect(numbers(batchSize) == expected) }
  }
}
