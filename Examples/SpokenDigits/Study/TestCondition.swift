/// What recordings are judged under.
package struct TestCondition: Codable, Hashable, Sendable {
  package enum Noise: String, Codable, CaseIterable, Sendable {
    case white, babble
  }

  /// Nil for none.
  package var noise: Noise?
  /// The signal-to-noise ratio; nil for none, or for the mean over all ratios of the noise.
  package var decibels: Float?

  package static let clean = TestCondition()
  /// From little noise to much.
  package static let ratios: [Float] = [20, 10, 5, 0]

  /// Without noise and under some noises, each at every ratio.
  static func all(_ noises: [Noise]) -> [TestCondition] {
    [clean] + noises.flatMap(of)
  }

  /// One noise at every ratio.
  static func of(_ noise: Noise) -> [TestCondition] {
    ratios.map { TestCondition(noise: noise, decibels: $0) }
  }
}
