import DitherData
import DitherTensors
import NoiseDistributions

/// Recordings whose waveforms have other white noise in each epoch.
///
/// The noise is a function of seed, epoch and the recording's place, whatever batch it is in.
struct NoisyRecordings: BatchSource {
  let corpus: SpeechCorpus
  /// The places of the recordings.
  let places: [Int]
  let decibels: ClosedRange<Float>
  let normalization: Normalization
  let noise: NoiseStream

  private let features = SpeechFeatures()

  init(
    _ corpus: SpeechCorpus, _ places: [Int], decibels: ClosedRange<Float>,
    _ normalization: Normalization, _ noise: NoiseStream
  ) {
    self.corpus = corpus
    self.places = places
    self.decibels = decibels
    self.normalization = normalization
    self.noise = noise
  }

  var name: String { "recordings with white noise" }
  var count: Int { places.count }
  /// Networks are trained beside each other: each makes its own batches.
  var batchesAhead: Int { 0 }

  func batch(of rows: [Int], epoch: Int, number: Int) -> Batch {
    let wanted = rows.map { places[$0] }
    let stream = noise.at(step: epoch)
    let waveforms = wanted.map { corpus.withWhiteNoise($0, decibels: decibels, stream) }
    return Batch(inputs: normalization(features(waveforms)), labels: corpus.labels(wanted))
  }
}
