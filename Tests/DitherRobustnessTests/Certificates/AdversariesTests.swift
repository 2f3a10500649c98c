import DitherRobustness
import DitherTensors
import NoiseDistributions
import Testing

@Suite("Attacks on a smoothed network")
struct AdversariesTests {
  /// Of the first ten digits that are certified, 100 moved places each, at a multiple of the radius: how many answers of the
  /// smoothed network are another class.
  private func adversaries(at multiple: Double) -> (tried: Int, found: Int) {
    let smoothed = RandomizedSmoothing(
      of: TrainedDigits.noisy, standardDeviation: TrainedDigits.standardDeviation,
      noise: NoiseStream(seed: 11))
    var (tried, found) = (0, 0)
    for row in 0..<TrainedDigits.test.count where tried < 1000 {
      let x = TrainedDigits.test.inputs.rows(row..<row + 1)
      let certificate = smoothed.certify(x, sample: row, draws: 2000, failureProbability: 1e-11)
      guard let label = certificate.label else { continue }
      let ball = PerturbationBall(.euclidean, radius: Float(certificate.radius * multiple))
      let copies = x.rows(at: Array(repeating: 0, count: 50))
      let labels = Array(repeating: label, count: 50)
      // The network has the noise on its input itself: its mean gradient is the smoothed network's.
      let followed = GradientAttack.projected(within: ball, steps: 10).adversaries(
        of: copies, labels: labels, against: TrainedDigits.noisy, mode: .sampled(draws: 8),
        noise: NoiseStream(seed: 12).at(step: 1000 * row))
      let random = RandomAttack(within: ball, tries: 1).adversaries(
        of: copies, labels: labels, against: TrainedDigits.noisy,
        noise: NoiseStream(seed: 13).at(step: row))
      let moved = Tensor(concatenating: [followed, random])
      for number in 0..<100 {
        // Another class than the smoothed network's with a probability of at most 10⁻¹³: with the certificates' 10⁻¹¹ at
        // most 2 · 10⁻¹⁰ over all that are tried.
        let answer = smoothed.predict(
          moved.rows(number..<number + 1), sample: 1000 + 100 * row + number, draws: 400,
          failureProbability: 1e-13)
        tried += 1
        if let answer, answer != label { found += 1 }
      }
    }
    return (tried, found)
  }

  @Test(
    "None of 1,000 tries within the certified radius changes the answer; at a multiple of it many do"
  )
  func radius() {
    let inside = adversaries(at: 1)
    #expect(inside.tried == 1000 && inside.found == 0)
    let outside = adversaries(at: 4)
    #expect(outside.tried == 1000 && outside.found > 100, "\(outside)")
  }
}
