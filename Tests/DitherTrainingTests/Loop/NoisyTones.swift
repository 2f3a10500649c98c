import DitherData
import DitherTensors
import Foundation
import NoiseDistributions

/// Tones of three pitches as waveforms, mixed with noise at a ratio that is drawn for each in each epoch, and then made features.
struct NoisyTones: BatchSource {
  static let classes = 3
  private static let samples = 400

  var batchesAhead: Int
  let features = LogMel(sampleRate: 8000, filters: 12)
  private let waveforms: Tensor
  private let labels = (0..<48).map { $0 % NoisyTones.classes }

  init(batchesAhead: Int) {
    self.batchesAhead = batchesAhead
    let values = (0..<48).flatMap { (row: Int) -> [Float] in
      let frequency = Double([500, 1200, 2600][row % NoisyTones.classes])
      return (0..<NoisyTones.samples).map { (time: Int) -> Float in
        Float(sin(Double(time) / 8000 * frequency * 2 * .pi + Double(row)))
      }
    }
    waveforms = Tensor(values, shape: [48, NoisyTones.samples])
  }

  var name: String { "noisy tones" }
  var count: Int { labels.count }

  /// All tones with noise of which no epoch has the like.
  var unseen: LabelledData {
    LabelledData(
      inputs: batch(of: Array(0..<48), epoch: 0, number: 1_000_000).inputs, labels: labels,
      classes: NoisyTones.classes, name: name)
  }

  func batch(of rows: [Int], epoch: Int, number: Int) -> Batch {
    let noise = NoiseStream(seed: 9).at(step: number)
    let shape = [rows.count, NoisyTones.samples]
    let draws = Tensor(
      noise.draws(
        from: Gaussian(standardDeviation: 1), site: "noise", rows: shape[0], columns: shape[1]),
      shape: shape)
    let amplitudes = Tensor(
      noise.draws(from: Uniform(low: 0.05, high: 0.3), site: "ratio", rows: rows.count, columns: 1),
      shape: [rows.count, 1])
    let noisy = waveforms.rows(at: rows) + draws * amplitudes
    return Batch(inputs: means(of: noisy), labels: rows.map { labels[$0] })
  }

  /// Each filter's mean over time.
  private func means(of waveforms: Tensor) -> Tensor {
    Tensor(
      concatenating: (0..<waveforms.shape[0]).map { row in
        let samples = waveforms.rows(row..<row + 1).reshaped(to: [NoisyTones.samples])
        return features(samples).mean(axis: 0).reshaped(to: [1, features.filters])
      })
  }
}
