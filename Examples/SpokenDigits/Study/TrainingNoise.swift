/// The noise that a network is trained with: any of three, at its amount.
package struct TrainingNoise: Codable, Hashable, Sendable {
  /// The standard deviation of the Gaussian added to each normalised feature; 0 for none.
  package var features: Double = 0
  /// The rate of dropout on the outputs of both hidden layers; 0 for none.
  package var hidden: Double = 0
  /// The signal-to-noise ratios, in decibels, from which one is drawn for each recording in each epoch, of the white noise added to
  /// its waveform; nil for none.
  package var waveform: ClosedRange<Float>?

  /// `deviation 0.5, rate 0.2`, or `none`.
  var text: String {
    var parts: [String] = []
    if features > 0 { parts.append("deviation \(features)") }
    if hidden > 0 { parts.append("rate \(hidden)") }
    if let waveform {
      parts.append("\(Int(waveform.lowerBound)) to \(Int(waveform.upperBound)) dB")
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// Where the noise is.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case none, features, waveform, hidden, featuresAndHidden

    var title: String {
      switch self {
      case .none: "no noise"
      case .features: "Gaussian on features"
      case .waveform: "white noise on waveforms"
      case .hidden: "dropout in hidden layers"
      case .featuresAndHidden: "Gaussian and dropout"
      }
    }
  }
}
