import DitherRobustness
import DitherTensors
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Bootstrap intervals")
struct BootstrapTests {
  private let noise = NoiseStream(seed: 81)

  private func mean(_ values: [Float], _ weights: [Int]) -> Double {
    var sum = 0.0
    for index in values.indices { sum += Double(weights[index]) * Double(values[index]) }
    return sum / Double(values.count)
  }

  @Test("A resample has as many rows as there are, and first come the rows as they are")
  func weights() {
    var drawn: [[Int]] = []
    let estimate = Bootstrap(resamples: 200, noise: noise).estimate(rows: 50) { weights in
      drawn.append(weights)
      return 3
    }
    #expect(drawn.count == 201 && drawn[0] == Array(repeating: 1, count: 50))
    #expect(drawn.allSatisfy { $0.count == 50 && $0.reduce(0, +) == 50 })
    #expect(Set(drawn).count == 201)
    // Each row is drawn 200 times in the mean: binomial of 10,000 draws.
    for row in 0..<50 {
      let count = drawn.dropFirst().reduce(0) { $0 + $1[row] }
      let threshold = Threshold.mean(
        count: 10_000, variance: 0.02 * 0.98, bound: 1, rate: Threshold.failureRate / 50)
      #expect(abs(Double(count) / 10_000 - 0.02) < threshold)
    }
    #expect(estimate.value == 3 && estimate.interval == 3...3 && estimate.standardError == 0)
  }

  @Test(
    "The standard error of a mean is √(Σ(x − x̄)²) / n, and the interval 1.645 of it either way")
  func standardError() {
    let values = noise.draws(
      from: Gaussian(mean: 3, standardDeviation: 2), site: "values", rows: 1, columns: 400)
    let average = mean(values, Array(repeating: 1, count: 400))
    let expected =
      values.reduce(0.0) { $0 + (Double($1) - average) * (Double($1) - average) }.squareRoot() / 400
    let estimate = Bootstrap(resamples: 2000, confidence: 0.9, noise: noise).estimate(rows: 400) {
      mean(values, $0)
    }
    #expect(estimate.value == average && estimate.confidence == 0.9)
    // The means of 2,000 resamples are normal to a good approximation, their squares then χ².
    let range = Threshold.chiSquared(degrees: 1999, z: 6.5)
    let ratio = estimate.standardError / expected
    #expect(range.contains(1999 * ratio * ratio))
    // The 5 % quantile of 2,000 normal draws has a deviation of 0.047.
    for end in [average - estimate.interval.lowerBound, estimate.interval.upperBound - average] {
      #expect(abs(end / expected - 1.645) < 6.5 * 0.047)
    }
  }

  /// The share is NumPy's, of 200,000 samples. The exact interval of what was seen leaves it out with a probability of 10⁻⁹.
  @Test(
    "Of 1,000 samples a 90 % interval holds the true mean as often as NumPy's: in 88.4 %, of 60 rows"
  )
  func coverage() throws {
    var covered = 0
    for sample in 0..<1000 {
      let values = noise.at(step: sample).draws(
        from: Gaussian(mean: 1, standardDeviation: 1), site: "sample", rows: 1, columns: 60)
      let interval = Bootstrap(
        resamples: 200, confidence: 0.9, noise: noise.at(step: 1000 * sample)
      ).estimate(rows: 60) { mean(values, $0) }.interval
      if interval.contains(1) { covered += 1 }
    }
    let line = try referenceLines("coverage", in: "search")[0]
    let (share, error) = (try number(line[0]), try number(line[1]))
    let interval = ClopperPearson.interval(
      successes: covered, trials: 1000, confidence: 1 - Threshold.failureRate)
    #expect(
      interval.lowerBound < share + 6 * error && interval.upperBound > share - 6 * error,
      "\(covered)")
  }

  private let data = TrainedDigits.test
  private var sweep: NoiseSweep {
    NoiseSweep(
      .adding(Gaussian(standardDeviation: 1)), strengths: [0.3, 0.6], range: 0...1, noise: noise)
  }

  /// The intervals of the calibration error are of another kind: see `CalibrationIntervalTests`.
  @Test("Differences are paired: those of a curve and itself are 0 to the bit")
  func itself() {
    let curve = sweep.curve(of: TrainedDigits.plain, on: data)
    let bootstrap = Bootstrap(resamples: 50, noise: noise)
    for measure in [SweepCurve.Measure.accuracy, .loss] {
      var estimates = curve.differences(in: measure, from: curve, by: bootstrap)
      estimates.append(curve.cleanDifference(in: measure, from: curve, by: bootstrap))
      estimates.append(curve.areaDifference(in: measure, from: curve, by: bootstrap))
      #expect(estimates.count == 4)
      #expect(estimates.allSatisfy { $0.value == 0 && $0.interval == 0...0 })
    }
  }

  @Test(
    "A difference is that of the two figures of each resample, computed by hand from the answers")
  func differences() {
    let (plain, noisy) = (TrainedDigits.plain, TrainedDigits.noisy)
    let (one, two) = (sweep.curve(of: plain, on: data), sweep.curve(of: noisy, on: data))
    let bootstrap = Bootstrap(resamples: 300, noise: noise)
    let received = two.differences(in: .accuracy, from: one, by: bootstrap)
    for (index, strength) in sweep.strengths.enumerated() {
      let inputs = sweep.noisyInputs(data.inputs, strength: strength)
      func correct(_ classifier: some Classifier) -> [Float] {
        let answers = classifier.logits(of: inputs, .inference).indicesOfRowMaxima()
        return zip(answers, data.labels).map { $0 == $1 ? 1 : 0 }
      }
      let gains = zip(correct(noisy), correct(plain)).map { $0 - $1 }
      let expected = bootstrap.estimate(rows: 100) { mean(gains, $0) }
      #expect(abs(received[index].value - expected.value) < 1e-12)
      #expect(abs(received[index].interval.lowerBound - expected.interval.lowerBound) < 1e-12)
      #expect(abs(received[index].interval.upperBound - expected.interval.upperBound) < 1e-12)
      let difference = two.points[index].accuracy - one.points[index].accuracy
      #expect(abs(received[index].value - difference) < 1e-12)
    }
  }

  @Test(
    "Paired intervals of two classifiers that agree on most rows are narrower than the sum of errors"
  )
  func narrower() {
    let one = sweep.curve(of: TrainedDigits.plain, on: data)
    let two = sweep.curve(of: TrainedDigits.noisy, on: data)
    let bootstrap = Bootstrap(resamples: 300, noise: noise)
    let paired = two.areaDifference(in: .loss, from: one, by: bootstrap)
    let alone = [one, two].map {
      $0.areaEstimate(under: .loss, by: bootstrap).standardError
    }
    let independent = (alone[0] * alone[0] + alone[1] * alone[1]).squareRoot()
    #expect(paired.standardError < independent)
    #expect(abs(paired.value - (two.area(under: .loss) - one.area(under: .loss))) < 1e-12)
  }

  @Test(
    "Estimates have the curve's own values, each within its interval",
    arguments: SweepCurve.Measure.allCases)
  func values(measure: SweepCurve.Measure) {
    let curve = sweep.curve(of: TrainedDigits.plain, on: data)
    let bootstrap = Bootstrap(resamples: 500, noise: noise)
    let clean = curve.cleanEstimate(of: measure, by: bootstrap)
    let area = curve.areaEstimate(under: measure, by: bootstrap)
    let estimates = curve.estimates(of: measure, by: bootstrap)
    #expect(clean.value == curve.clean.value(of: measure))
    #expect(area.value == curve.area(under: measure))
    #expect(estimates.map(\.value) == curve.points.map { $0.value(of: measure) })
    for estimate in [clean, area] + estimates {
      let (low, high) = (estimate.interval.lowerBound, estimate.interval.upperBound)
      #expect(low <= estimate.value && estimate.value <= high && low < high && low >= 0)
      #expect(measure == .loss || high <= 1)
      #expect(estimate.standardError > 0 && estimate.standardError < high - low)
    }
    let other = sweep.curve(of: TrainedDigits.noisy, on: data)
    let difference = other.areaDifference(in: measure, from: curve, by: bootstrap)
    #expect(abs(difference.value - (other.area(under: measure) - area.value)) < 1e-12)
    #expect(difference.interval.contains(difference.value))
  }

  /// A resampled count of right answers has a binomial distribution. The end between the 13th and the 14th of 500 lies between the
  /// quantiles at the probabilities that 13 and 14 of 500 draws reach, each but for 10⁻¹⁰.
  @Test("An accuracy's interval lies between quantiles of the binomial distribution")
  func binomial() throws {
    let curve = sweep.curve(of: TrainedDigits.plain, on: data)
    let estimate = curve.estimates(of: .accuracy, by: Bootstrap(resamples: 500, noise: noise))[1]
    let p = estimate.value
    func quantile(_ probability: Double) -> Double {
      var (count, term) = (0, pow(1 - p, 100))
      var sum = term
      while sum < probability && count < 100 {
        term *= Double(100 - count) / Double(count + 1) * p / (1 - p)
        count += 1
        sum += term
      }
      return Double(count) / 100
    }
    let least = ClopperPearson.lowerBound(successes: 13, trials: 500, failureProbability: 1e-10)
    let most = ClopperPearson.upperBound(successes: 14, trials: 500, failureProbability: 1e-10)
    let (low, high) = (estimate.interval.lowerBound, estimate.interval.upperBound)
    #expect(p > 0.3 && p < 0.97)
    #expect(low >= quantile(least) - 1e-12 && low <= quantile(most) + 1e-12)
    #expect(high >= quantile(1 - most) - 1e-12 && high <= quantile(1 - least) + 1e-12)
    #expect(quantile(most) < p && quantile(1 - most) > p)
  }

  @Test("Bits depend neither on threads nor on the instruction set")
  func bits() {
    let values = noise.draws(
      from: Gaussian(standardDeviation: 2), site: "values", rows: 1, columns: 70)
    expectSameBits(of: {
      Bootstrap(resamples: 40, noise: noise).estimate(rows: 70) { mean(values, $0) }
    })
  }
}
