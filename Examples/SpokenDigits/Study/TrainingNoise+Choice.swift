// What was compared on validation recordings, and what was chosen of it before the test recordings were first looked at.
extension TrainingNoise.Kind {
  /// What is compared.
  var candidates: [TrainingNoise] {
    switch self {
    case .none: [TrainingNoise()]
    case .features: [0.5, 1, 1.5].map { TrainingNoise(features: $0) }
    case .waveform:
      [0...20, 0...40, -5...50].map { TrainingNoise(waveform: $0) }
    case .hidden: [0.1, 0.2, 0.4].map { TrainingNoise(hidden: $0) }
    case .featuresAndHidden:
      [0.5, 1].flatMap { features in
        [0.1, 0.2].map { TrainingNoise(features: features, hidden: $0) }
      }
    }
  }

  /// What was chosen.
  ///
  /// - Parameter speaker: who is left out, whose recordings had no part in the choice; nil for the official split, whose choice
  ///   is also that of speakers who were not there then.
  package func chosen(leavingOut speaker: String? = nil) -> TrainingNoise {
    let choice = speaker.flatMap { Choice.leavingOut[$0] } ?? Choice.official
    return switch self {
    case .none: TrainingNoise()
    case .features: TrainingNoise(features: choice.features)
    case .waveform: TrainingNoise(waveform: choice.waveform)
    case .hidden: TrainingNoise(hidden: choice.hidden)
    case .featuresAndHidden:
      TrainingNoise(features: choice.both.features, hidden: choice.both.hidden)
    }
  }
}

/// One amount of each kind.
private struct Choice {
  var features: Double
  var waveform: ClosedRange<Float>
  var hidden: Double
  var both: (features: Double, hidden: Double)

  static let official = Choice(
    features: 0.5, waveform: 0...40, hidden: 0.2, both: (0.5, 0.1))

  static let leavingOut: [String: Choice] = [
    "george": Choice(
      features: 1.5, waveform: 0...40, hidden: 0.2, both: (1, 0.1)),
    "jackson": Choice(
      features: 0.5, waveform: 0...40, hidden: 0.2, both: (0.5, 0.2)),
    "nicolas": Choice(
      features: 0.5, waveform: 0...40, hidden: 0.4, both: (0.5, 0.1)),
    "theo": Choice(
      features: 1.5, waveform: 0...40, hidden: 0.2, both: (0.5, 0.2)),
    "yweweler": Choice(
      features: 0.5, waveform: -5...50, hidden: 0.2, both: (0.5, 0.1)),
  ]
}
