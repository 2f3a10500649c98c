import DitherData
package import DitherTensors

/// As many numbers of each recording, however long it is: log-mel features, averaged over stretches of equal length.
///
/// Recordings differ in loudness, so each waveform, with noise or without, is first brought to a root mean square of 1. The
/// frames of 25 ms, 10 ms apart, are then averaged over ``stretches`` parts of the recording that are equally long and, to whole
/// frames, cover it.
package struct SpeechFeatures: Sendable {
  package static let stretches = 16
  package static let filters = 24
  /// The number of features.
  package static let count = stretches * filters

  // The floor is about 44 dB below what white noise of the same loudness has in each filter: what is softer than that counts as
  // silence, in which a network without noise in training would else learn to hear digits.
  private let logMel = LogMel(
    sampleRate: SpeechCorpus.sampleRate, filters: filters, floor: 1e-4, isCentered: true)

  package init() {}

  /// - Parameter waveforms: [samples] each, at least one.
  /// - Returns: [waveforms, features]: stretch by stretch, the filters of each from low to high.
  package func callAsFunction(_ waveforms: [Tensor]) -> Tensor {
    let frames = logMel(waveforms.map(Self.leveled))
    let most = frames.values.shape[1]
    return frames.values.withSpan { source in
      Tensor(uninitialized: [waveforms.count, Self.count]) { target in
        for (row, length) in frames.lengths.enumerated() {
          for stretch in 0..<Self.stretches {
            let range = Self.frames(of: stretch, length: length)
            for filter in 0..<Self.filters {
              var sum: Float = 0
              for frame in range { sum += source[(row * most + frame) * Self.filters + filter] }
              target[row * Self.count + stretch * Self.filters + filter] = sum / Float(range.count)
            }
          }
        }
      }
    }
  }

  /// The frames of a stretch, one at least: neighbours share one where stretches do not end with a frame.
  static func frames(of stretch: Int, length: Int) -> Range<Int> {
    let end = (stretch + 1) * length
    return stretch * length / stretches..<(end + stretches - 1) / stretches
  }

  /// Silence stays as it is.
  private static func leveled(_ samples: Tensor) -> Tensor {
    var energy = 0.0
    samples.withSpan { span in
      for index in span.indices { energy += Double(span[index]) * Double(span[index]) }
    }
    if energy == 0 { return samples }
    return samples * Float((Double(samples.count) / energy).squareRoot())
  }
}
