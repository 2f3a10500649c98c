import DitherData
import DitherRobustness
import DitherRuntime
import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Randomized smoothing")
struct SmoothingTests {
  private let constant = ClassifierFunction(inputShape: [1], classes: 3) { inputs, _ in
    Tensor([0, 1, 0], shape: [1, 3]).broadcast(to: [inputs.shape[0], 3])
  }

  @Test(
    "Where all draws agree, radii are the caps of Cohen et al.",
    arguments: [(1000, 2.46326), (10_000, 3.19858), (100_000, 3.81146)])
  func caps(draws: Int, cap: Double) {
    for standardDeviation: Float in [1, 0.25] {
      let certificate = RandomizedSmoothing(
        of: constant, standardDeviation: standardDeviation, noise: NoiseStream(seed: 1)
      ).certify(Tensor([0], shape: [1, 1]), draws: draws, failureProbability: 0.001)
      #expect(certificate.label == 1 && certificate.candidate == 1)
      #expect(certificate.votes == draws && certificate.draws == draws)
      #expect(abs(certificate.radius / Double(standardDeviation) - cap) < 5e-6)
    }
  }

  @Test(
    "A linear classifier's radius tends to its distance from below, as the bound on its probability does"
  )
  func linear() {
    let linear = LinearScore(weight: [1.5, -2, 0.5, 0.25], bias: 0.1)
    let x: [Float] = [0.2, -0.1, 0.3, 0]
    let (distance, sigma) = (linear.distance(x), 0.25)
    #expect(abs(distance - 0.294) < 0.01)
    let p = phi(distance / sigma)
    var widths: [Double] = []
    for draws in [1000, 10_000, 100_000] {
      let certificate = RandomizedSmoothing(
        of: linear, standardDeviation: Float(sigma), noise: NoiseStream(seed: 2)
      ).certify(Tensor(x, shape: [1, 4]), draws: draws, failureProbability: Self.rate)
      #expect(certificate.label == 1)
      // Above with the probability α.
      #expect(certificate.radius <= distance, "\(draws) draws")
      let least = sigma * normalQuantile(leastBound(of: draws, p))
      #expect(certificate.radius >= least, "\(draws) draws")
      widths.append(distance - least)
    }
    // Between the two there is less room with the root of the draws.
    #expect(widths[2] < widths[1] / 3 && widths[1] < widths[0] / 2.5)
  }

  /// Of each of less than ten events that a test excludes.
  private static let rate = Threshold.failureRate / 10

  /// What a lower bound on a probability p is at least, but for the rate: fewer votes than k have the probability
  /// P(X < k) = I₁₋ₚ(n − k + 1, k).
  private func leastBound(of draws: Int, _ p: Double) -> Double {
    var (least, most) = (1, draws)
    while least < most {
      let middle = (least + most + 1) / 2
      let probability = IncompleteBeta.probability(
        1 - p, Double(draws - middle + 1), Double(middle))
      if probability <= Self.rate { least = middle } else { most = middle - 1 }
    }
    return ClopperPearson.lowerBound(
      successes: least, trials: draws, failureProbability: Self.rate)
  }

  @Test(
    "The radius is in units of the noise: the same votes at half of it, nearer by half, give half of the radius"
  )
  func units() {
    let linear = LinearScore(weight: [3, 4])
    let near = RandomizedSmoothing(of: linear, standardDeviation: 0.5, noise: NoiseStream(seed: 3))
      .certify(Tensor([0.06, 0.08], shape: [1, 2]), draws: 5000)
    let far = RandomizedSmoothing(of: linear, standardDeviation: 1, noise: NoiseStream(seed: 3))
      .certify(Tensor([0.12, 0.16], shape: [1, 2]), draws: 5000)
    #expect(near.votes == far.votes && near.label == 1)
    #expect(abs(2 * near.radius - far.radius) < 1e-12)
  }

  @Test("On the boundary it abstains, and so does a prediction; off it a prediction is the side")
  func abstention() {
    let linear = LinearScore(weight: [1, 1])
    let smoothed = RandomizedSmoothing(
      of: linear, standardDeviation: 0.5, noise: NoiseStream(seed: 4))
    let onBoundary = Tensor([0.5, -0.5], shape: [1, 2])
    // An answer here has at most the probability α.
    let certificate = smoothed.certify(onBoundary, draws: 2000, failureProbability: Self.rate)
    #expect(certificate.label == nil && certificate.radius == 0)
    #expect(
      certificate.lowerBound < 0.5 && certificate.lowerBound >= leastBound(of: 2000, 0.5))
    #expect(smoothed.predict(onBoundary, failureProbability: Self.rate) == nil)
    #expect(smoothed.predict(Tensor([0.5, 0.5], shape: [1, 2])) == 1)
    #expect(smoothed.predict(Tensor([-0.5, -0.5], shape: [1, 2])) == 0)
    // 12 to 0 is 4.9e-4 on two sides, 10 to 0 2.0e-3.
    #expect(smoothedConstant().predict(Tensor([0], shape: [1, 1]), draws: 12) == 1)
    #expect(smoothedConstant().predict(Tensor([0], shape: [1, 1]), draws: 10) == nil)
  }

  private func smoothedConstant() -> RandomizedSmoothing<ClassifierFunction> {
    RandomizedSmoothing(of: constant, standardDeviation: 1, noise: NoiseStream(seed: 4))
  }

  @Test("Draws that choose the class are not those that estimate its probability")
  func twoStages() {
    let smoothed = RandomizedSmoothing(
      of: LinearScore(weight: [1, 0.5]), standardDeviation: 1, noise: NoiseStream(seed: 5))
    let x = Tensor([0.1, 0.1], shape: [1, 2])
    let certificate = smoothed.certify(x, selectionDraws: 200, draws: 300)
    #expect(smoothed.votes(for: x, draws: 200..<500)[certificate.candidate] == certificate.votes)
    let first = smoothed.votes(for: x, draws: 0..<200)
    #expect(first[certificate.candidate] == first.max())
    #expect(
      zip(smoothed.votes(for: x, draws: 0..<500), first).map(-)
        == smoothed.votes(for: x, draws: 200..<500))
  }

  @Test(
    "Bits depend neither on threads, instruction set and batches nor on the other rows of the data")
  func bits() {
    let data = TrainedDigits.test.subset([0, 1, 2])
    let expected = expectSameBits(of: { certified(data, batchSize: 1024) })
    for batchSize in [1, 7, 333, 5000] {
      #expect(certified(data, batchSize: batchSize) == expected, "batches of \(batchSize)")
    }
    #expect(Set(expected.certificates.map(\.votes)).count > 1)
    let alone = smoothedDigits(batchSize: 100).certify(
      data.inputs.rows(2..<3), sample: 2, draws: 1000)
    #expect(alone == expected.certificates[2])
    let other = smoothedDigits(batchSize: 100).certify(
      data.inputs.rows(2..<3), sample: 3, draws: 1000)
    #expect(other.votes != alone.votes)
  }

  private struct Stop: Error {}

  @Test(
    "Progress is said of each sample in order, with its certificate; what it throws ends the work")
  func progress() throws {
    let data = TrainedDigits.test.subset([0, 1, 2])
    var steps: [CertificationProgress] = []
    let result = smoothedDigits(batchSize: 100).certify(data, draws: 1000) { steps.append($0) }
    #expect(steps.map(\.row) == [0, 1, 2] && steps.allSatisfy { $0.rows == 3 })
    #expect(steps.map(\.certificate) == result.certificates)
    #expect(result == certified(data, batchSize: 100))
    #expect(throws: Stop.self) {
      try smoothedDigits(batchSize: 100).certify(data, draws: 1000) {
        steps.append($0)
        if $0.row == 1 { throw Stop() }
      }
    }
    #expect(steps.map(\.row) == [0, 1, 2, 0, 1])
  }

  private func certified(_ data: LabelledData, batchSize: Int) -> CertifiedAccuracy {
    smoothedDigits(batchSize: batchSize).certify(data, draws: 1000)
  }

  private func smoothedDigits(
    batchSize: Int
  ) -> RandomizedSmoothing<NetworkClassifier<Sequential>> {
    // So noisy that answers differ.
    RandomizedSmoothing(
      of: TrainedDigits.plain, standardDeviation: 0.5, noise: NoiseStream(seed: 6),
      batchSize: batchSize)
  }

  @Test(
    "A classifier's own noise is used where that is asked for, a draw of its own with each draw")
  func ownNoise() {
    let model = Sequential(seed: 1) {
      Perturb(.adding(Gaussian(standardDeviation: 2)))
      Linear(weight: Tensor(rows: [[0], [1]]), bias: nil)
    }
    let classifier = NetworkClassifier(model, inputShape: [1])
    func votes(_ usesBaseNoise: Bool) -> Int {
      RandomizedSmoothing(
        of: classifier, standardDeviation: 0.5, usesBaseNoise: usesBaseNoise,
        noise: NoiseStream(seed: 7)
      ).votes(for: Tensor([1], shape: [1, 1]), draws: 0..<20_000)[1]
    }
    // Φ(1 / 0.5), and Φ(1 / √(0.5² + 2²)); 6.2 deviations are 10⁻⁹ on two sides.
    for (usesBaseNoise, p) in [(false, phi(2)), (true, phi(1 / 4.25.squareRoot()))] {
      let deviation = (p * (1 - p) / 20_000).squareRoot()
      #expect(abs(Double(votes(usesBaseNoise)) / 20_000 - p) < 6.2 * deviation)
    }
  }

  private func phi(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }
}
