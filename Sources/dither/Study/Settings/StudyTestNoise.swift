import NoiseDistributions

/// The noise on inputs that networks are to hold up under: a family, and a number in its units.
struct StudyTestNoise: Sendable {
  let family: StudyFamily
  /// Of ``family``; nil for the usual one.
  let scale: Float?

  /// Reads `FAMILY` or `FAMILY:SCALE`.
  init(_ text: String) throws(UsageError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    family = try choice(String(parts[0]), StudySettings.Key.testNoise)
    guard parts.count > 1 else {
      scale = nil
      return
    }
    guard let scale = Float(parts[1]), scale > 0, scale <= family.largest else {
      throw UsageError(
        "--test-noise is \"\(text)\"; expected \(family.rawValue):\(family.axis.uppercased()), a number above 0\(family.largest < 1e9 ? " and at most \(family.largest)" : "")"
      )
    }
    self.scale = scale
  }

  /// Beyond this many standard deviations nothing is left of an input, and numbers run out of range.
  private static let mostUnits: Float = 1000

  /// Throws where it is so great that no answer could come of the inputs.
  ///
  /// - Parameter unit: the standard deviation of the inputs.
  func requireBounded(byUnit unit: Float) throws(UsageError) {
    guard family.kind == .deviation, let scale, scale > Self.mostUnits * unit else { return }
    throw UsageError(
      "--test-noise is \(family.rawValue):\(scale); expected at most \(twoDigits(Self.mostUnits * unit)), \(Int(Self.mostUnits)) times the standard deviation of the inputs, as the network takes them"
    )
  }

  /// Its strength where nothing is said.
  ///
  /// - Parameter unit: the standard deviation of the inputs.
  static func usualScale(_ family: StudyFamily, unit: Float) -> Float {
    switch family.kind {
    case .deviation: 0.75 * unit
    case .logDeviation: 0.75
    case .rate: 0.2
    }
  }
}
