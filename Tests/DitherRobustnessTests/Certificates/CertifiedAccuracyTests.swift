import DitherRobustness
import DitherTensors
import Foundation
import NoiseDistributions
import Testing

@Suite("Certified accuracy")
struct CertifiedAccuracyTests {
  private func certificate(_ label: Int?, _ radius: Double) throws -> Certificate {
    let text = """
      {\(label.map { "\"label\":\($0)," } ?? "")"radius":\(radius),"candidate":0,"votes":1,"draws":1,"lowerBound":0}
      """
    return try JSONDecoder().decode(Certificate.self, from: Data(text.utf8))
  }

  @Test("It is the share of rows whose own class is certified as far as the radius")
  func share() throws {
    let accuracy = CertifiedAccuracy(
      [
        try certificate(0, 0.5), try certificate(1, 1), try certificate(1, 2),
        try certificate(nil, 0),
      ], labels: [0, 1, 0, 0])
    #expect(accuracy.accuracy(at: 0) == 0.5)
    #expect(accuracy.accuracy(at: 0.5) == 0.5)
    #expect(accuracy.accuracy(at: 0.51) == 0.25)
    #expect(accuracy.accuracy(at: 1.5) == 0)
    #expect(accuracy.averageRadius == 0.375)
    #expect(accuracy.abstentionRate == 0.25)
    #expect(
      accuracy.interval(at: 0.75) == ClopperPearson.interval(successes: 1, trials: 4))
  }

  @Test(
    "It is the same when it is read again, and what has not a label for each certificate is refused"
  )
  func decoding() throws {
    let accuracy = CertifiedAccuracy(
      [try certificate(0, 0.5), try certificate(nil, 0)], labels: [0, 1])
    let text = try JSONEncoder().encode(accuracy)
    #expect(try JSONDecoder().decode(CertifiedAccuracy.self, from: text) == accuracy)
    for (text, counts) in [
      (#"{"certificates":[],"labels":[0,1]}"#, "0 certificates and 2 labels"),
      (#"{"certificates":[],"labels":[]}"#, "0 certificates and 0 labels"),
    ] {
      let error = #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(CertifiedAccuracy.self, from: Data(text.utf8))
      }
      guard case .dataCorrupted(let context) = error else {
        Issue.record("\(text): \(String(describing: error))")
        continue
      }
      #expect(context.debugDescription.contains(counts))
    }
  }

  @Test("Of digits, a network that was trained with the noise is certified for more of them")
  func digits() {
    let test = TrainedDigits.test.subset(Array(0..<40))
    func accuracy(_ classifier: some Classifier) -> CertifiedAccuracy {
      RandomizedSmoothing(
        of: classifier, standardDeviation: TrainedDigits.standardDeviation,
        noise: NoiseStream(seed: 21)
      ).certify(test, draws: 1000)
    }
    let (noisy, plain) = (accuracy(TrainedDigits.noisy), accuracy(TrainedDigits.plain))
    #expect(noisy.accuracy(at: 0) > 0.85)
    #expect(noisy.averageRadius > plain.averageRadius)
    // The cap: σ · 2.46326.
    #expect(noisy.accuracy(at: 0.616) == 0 && noisy.accuracy(at: 0.3) > 0.3)
  }
}
