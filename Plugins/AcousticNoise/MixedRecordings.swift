public import DitherTensors
import NoiseDistributions

/// Another recording added at a signal-to-noise ratio, or several: babble.
///
/// y = x + g · n, where n is cut from the recordings and g makes 10 · log₁₀(Σx² / Σ(g · n)²) the ratio asked for, the sums over the
/// true samples that are mixed. A silent waveform stays silent, and silent noise adds nothing. The sums and the mixture are
/// computed in double precision, in ascending order; a sample is rounded once.
///
/// What a waveform gets is drawn by its address: the ratio (number 0 of its draws), and for each voice v from 0 on the recording
/// (1 + 2v) and where in it to begin (2 + 2v). Of a recording that is longer than the waveform a part is cut out, each as likely as
/// any other; one that is shorter is repeated from a sample of its own that is drawn in the same way.
///
/// With several voices each is brought to the same power before they are added; two voices may come from one recording, at
/// different places.
public struct MixedRecordings: WaveformTransform, CustomStringConvertible {
  /// The recordings, vectors of samples.
  public let recordings: [Tensor]
  /// What the ratio is drawn from, in decibels.
  public let signalToNoiseRatio: ClosedRange<Float>
  /// How many recordings are added up.
  public let voices: Int

  /// The greatest number of voices.
  public static let maximumVoices = 1000

  /// - Parameters:
  ///   - recordings: one at least, each of the shape `[samples]`, not empty and finite; others stop the program. With the
  ///     waveforms' sampling rate.
  ///   - signalToNoiseRatio: in decibels, from −200 to 200; another stops the program. A ratio is drawn uniformly for each
  ///     waveform.
  ///   - voices: 1…1000; another stops the program.
  public init(
    _ recordings: [Tensor], signalToNoiseRatio: ClosedRange<Float>, voices: Int = 1
  ) {
    guard !recordings.isEmpty else {
      fatalError("MixedRecordings: no recordings; expected at least one")
    }
    for (index, recording) in recordings.enumerated() {
      guard recording.rank == 1, recording.count > 0 else {
        fatalError(
          "MixedRecordings: recording \(index) has the shape \(recording.shape); expected [samples], 1 or more"
        )
      }
      recording.withSpan { samples in
        for place in samples.indices where !samples[place].isFinite {
          fatalError(
            "MixedRecordings: sample \(place) of recording \(index) is \(samples[place]); expected a finite number"
          )
        }
      }
    }
    requireDecibels(signalToNoiseRatio, "MixedRecordings: signalToNoiseRatio")
    guard voices >= 1, voices <= Self.maximumVoices else {
      fatalError("MixedRecordings: voices is \(voices); expected 1…\(Self.maximumVoices)")
    }
    self.recordings = recordings
    self.signalToNoiseRatio = signalToNoiseRatio
    self.voices = voices
  }

  /// The same ratio for every waveform.
  public init(_ recordings: [Tensor], signalToNoiseRatio: Float, voices: Int = 1) {
    requireDecibels(signalToNoiseRatio, "MixedRecordings: signalToNoiseRatio")
    self.init(
      recordings, signalToNoiseRatio: signalToNoiseRatio...signalToNoiseRatio, voices: voices)
  }

  public func apply(to samples: inout MutableSpan<Float>, draws: WaveformDraws) {
    var signalEnergy = 0.0
    for index in samples.indices { signalEnergy += square(samples[index]) }
    if signalEnergy == 0 { return }
    var noise = [Double](repeating: 0, count: samples.count)
    for voice in 0..<voices { add(voice, to: &noise, draws) }
    let noiseEnergy = noise.reduce(0) { $0 + $1 * $1 }
    if noiseEnergy == 0 { return }
    let ratio = Double(amplitudeRatio(decibels: draws.place(0, in: signalToNoiseRatio)))
    let factor = (signalEnergy / noiseEnergy).squareRoot() / ratio
    for index in samples.indices {
      samples[index] = Float(Double(samples[index]) + factor * noise[index])
    }
  }

  /// Adds the part of its recording that a voice says; of several voices with a power of 1.
  private func add(_ voice: Int, to noise: inout [Double], _ draws: WaveformDraws) {
    let recording = recordings[draws.choice(1 + 2 * voice, of: recordings.count)]
    let (length, count) = (recording.count, noise.count)
    // A recording of the waveform's length has one part.
    let begin = draws.choice(2 + 2 * voice, of: length < count ? length : length - count + 1)
    recording.withSpan { source in
      var factor = 1.0
      if voices > 1 {
        var energy = 0.0
        var place = begin
        for _ in 0..<count {
          energy += square(source[place])
          place = place + 1 == length ? 0 : place + 1
        }
        if energy == 0 { return }
        factor = 1 / (energy / Double(count)).squareRoot()
      }
      var place = begin
      for index in 0..<count {
        noise[index] += factor * Double(source[place])
        place = place + 1 == length ? 0 : place + 1
      }
    }
  }

  private func square(_ sample: Float) -> Double { Double(sample) * Double(sample) }

  public var description: String {
    "MixedRecordings(\(recordings.count) recordings, signalToNoiseRatio: \(signalToNoiseRatio), voices: \(voices))"
  }
}
