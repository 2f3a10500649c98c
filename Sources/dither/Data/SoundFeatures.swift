import DitherData
import DitherTensors
import Foundation

/// What becomes of a recording: log-mel features in frames of 25 ms every 10 ms, either the mean and the standard deviation of each
/// filter over the recording, or the frames themselves, as many of each recording.
struct SoundFeatures: Codable, Hashable {
  /// Samples a second.
  var sampleRate: Int
  /// The number of filters.
  var filters: Int
  /// The frames of each recording, which is cut or followed by silence; nil for the mean and the standard deviation.
  var frames: Int?

  /// At any of these rates each of the filters holds a frequency of the transform.
  static let filterRange = 1...100
  static let frameRange = 1...100_000
  static let sampleRateRange = 8_000...327_680

  /// Features of one recording.
  var count: Int { (frames ?? 2) * filters }

  /// Reads recordings, and gives the features of each as a row.
  ///
  /// - Throws: `DataError`, and `InputError` at a recording of another sampling rate.
  func callAsFunction(_ paths: [String]) throws -> Tensor {
    // Where frames are centred, even the shortest recording has one.
    let logMel = LogMel(sampleRate: sampleRate, filters: filters, isCentered: true)
    let rows = try paths.map { path in
      let recording = try Recording(contentsOf: path)
      if recording.sampleRate != sampleRate {
        throw InputError(
          "\(path): \(recording.sampleRate) samples a second; expected \(sampleRate), as in the others"
        )
      }
      if recording.count == 0 { throw InputError("\(path): no samples; expected one at least") }
      return features(of: recording.mono, logMel).reshaped(to: [1, count])
    }
    return Tensor(concatenating: rows)
  }

  private func features(of samples: Tensor, _ logMel: LogMel) -> Tensor {
    guard let frames else {
      let features = logMel(samples)
      let mean = features.mean(axis: 0)
      let deviations = features - mean
      return Tensor(
        concatenating: [mean, (deviations * deviations).mean(axis: 0).squareRoot()])
    }
    // The last frame is centred on its first sample, and half of the transform lies behind that.
    let length = (frames - 1) * logMel.hopLength + logMel.transformLength / 2
    let kept = samples.rows(0..<min(length, samples.count))
    let silence = Tensor(zeros: [length - kept.count])
    return logMel(Tensor(concatenating: [kept, silence])).rows(0..<frames)
  }

  /// The sampling rate of a recording, in the range of those that the filters are made for.
  static func sampleRate(of path: String) throws -> Int {
    let rate = try Recording(contentsOf: path).sampleRate
    if !sampleRateRange.contains(rate) {
      throw InputError(
        "\(path): \(rate) samples a second; expected \(sampleRateRange.lowerBound) to \(sampleRateRange.upperBound)"
      )
    }
    return rate
  }
}
