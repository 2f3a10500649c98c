import AcousticNoise
import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// A corruption of waveforms, each a row of samples in time.
///
/// ```swift
/// let recordings = Tensor(repeating: 0.1, shape: [2, 800])
/// let pink = SpeechCorruption.pinkNoise().corrupted(recordings, severity: 4, noise: noise)
/// let clipped = SpeechCorruption.clipping().corrupted(recordings, severity: 1, noise: noise)
/// ```
///
/// Noise is added at an exact ratio: y = x + g · n with 10 · log₁₀(Σx² / Σ(g · n)²) as asked for, over the true samples of the
/// waveform, while that of ``TestNoise/signalToNoiseRatio(of:)`` is nominal, and a row's own differs from it by chance. Silence stays
/// silence. Where waveforms are padded, ``over(lengths:)`` says which samples are true; the others stay as they are.
public struct SpeechCorruption: Corruption {
  enum Kind: Sendable {
    case colored(slope: Float)
    case babble([Tensor], voices: Int)
    case clipping
    case gain
  }

  public let name: String
  /// Of each severity the number that says how strong it is: a ratio or a gain in decibels, or a share of the peak.
  public let strengths: [Float]
  /// Of each waveform of the whole data the number of its true samples; nil where none is padded.
  public private(set) var lengths: [Int]?

  let kind: Kind

  /// The ratios that stand by default, in decibels.
  public static let standardRatios: [Float] = [20, 15, 10, 5, 0]

  private init(
    _ kind: Kind, _ name: String, _ strengths: [Float], _ parameter: String, _ expected: String,
    _ isAllowed: (Float) -> Bool
  ) {
    require(
      strengths.count == severities.count && strengths.allSatisfy(isAllowed),
      "SpeechCorruption: \(parameter) is \(strengths); expected \(severities.count) numbers, each \(expected)"
    )
    self.kind = kind
    self.name = name
    self.strengths = strengths
  }

  private static func noise(_ kind: Kind, _ name: String, _ ratios: [Float]) -> SpeechCorruption {
    SpeechCorruption(kind, name, ratios, "signalToNoiseRatios", "-200…200") { abs($0) <= 200 }
  }

  /// White noise: the same power at every frequency.
  ///
  /// - Parameter signalToNoiseRatios: in decibels, five numbers of −200…200; others stop the program.
  public static func whiteNoise(
    signalToNoiseRatios: [Float] = SpeechCorruption.standardRatios
  ) -> SpeechCorruption {
    noise(.colored(slope: 0), "white noise", signalToNoiseRatios)
  }

  /// Pink noise: the same power in every octave.
  ///
  /// - Parameter signalToNoiseRatios: in decibels, five numbers of −200…200; others stop the program.
  public static func pinkNoise(
    signalToNoiseRatios: [Float] = SpeechCorruption.standardRatios
  ) -> SpeechCorruption {
    noise(.colored(slope: 1), "pink noise", signalToNoiseRatios)
  }

  /// Brown noise: the spectrum of a random walk.
  ///
  /// - Parameter signalToNoiseRatios: in decibels, five numbers of −200…200; others stop the program.
  public static func brownNoise(
    signalToNoiseRatios: [Float] = SpeechCorruption.standardRatios
  ) -> SpeechCorruption {
    noise(.colored(slope: 2), "brown noise", signalToNoiseRatios)
  }

  /// Voices of other recordings, by `MixedRecordings` of `AcousticNoise`.
  ///
  /// - Parameters:
  ///   - recordings: at least one, each of shape [samples], finite, at the waveforms' sampling rate; best of speakers that the classifier
  ///     is not tested on.
  ///   - voices: that speak at once, 1…1000.
  ///   - signalToNoiseRatios: in decibels, five numbers of −200…200. Others stop the program.
  public static func babble(
    _ recordings: [Tensor], voices: Int = 6,
    signalToNoiseRatios: [Float] = SpeechCorruption.standardRatios
  ) -> SpeechCorruption {
    // It checks what it is made of.
    _ = MixedRecordings(recordings, signalToNoiseRatio: 0, voices: voices)
    return noise(.babble(recordings, voices: voices), "babble", signalToNoiseRatios)
  }

  /// Samples beyond a share of the waveform's peak are set to it.
  ///
  /// - Parameter shares: of the peak, five numbers of 0…1; others stop the program.
  public static func clipping(shares: [Float] = [0.7, 0.5, 0.3, 0.2, 0.1]) -> SpeechCorruption {
    SpeechCorruption(.clipping, "clipping", shares, "shares", "0…1") { $0 >= 0 && $0 <= 1 }
  }

  /// Softer or louder.
  ///
  /// - Parameter decibels: five numbers of −200…200; others stop the program.
  public static func gain(decibels: [Float] = [-6, -12, -18, -24, -30]) -> SpeechCorruption {
    SpeechCorruption(.gain, "gain", decibels, "decibels", "-200…200") { abs($0) <= 200 }
  }

  /// The corruption of waveforms that are padded at their end.
  ///
  /// - Parameter lengths: of each waveform of the whole data the number of its true samples, the first being that of row 0 of
  ///   the stream. Those that do not fit stop the program where waveforms are corrupted.
  public func over(lengths: [Int]) -> SpeechCorruption {
    var corruption = self
    corruption.lengths = lengths
    return corruption
  }

  /// Spoils waveforms: see ``Corruption``. A severity outside of 1…5, and lengths that do not fit, stop the program.
  public func corrupted(_ inputs: Tensor, severity: Int, noise: NoiseStream) -> Tensor {
    requireSeverity(severity, "SpeechCorruption")
    require(
      inputs.rank == 2,
      "SpeechCorruption: the inputs have shape \(inputs.shape); expected [waveforms, samples]")
    let lengths = trueLengths(of: inputs, firstRow: noise.firstRow)
    let strength = strengths[severity - 1]
    let transform: any WaveformTransform
    switch kind {
    case .colored(let slope):
      return mixed(inputs, lengths, slope: slope, decibels: strength, noise)
    case .babble(let recordings, let voices):
      transform = MixedRecordings(recordings, signalToNoiseRatio: strength, voices: voices)
    case .clipping: transform = Clipping(relativeToPeak: strength)
    case .gain: transform = Gain(decibels: strength)
    }
    return inputs.transformed(
      by: [transform], lengths: lengths, noise: noise.in(.evaluation), site: "corruption.\(name)")
  }

  private func trueLengths(of inputs: Tensor, firstRow: Int) -> [Int] {
    let (rows, columns) = (inputs.shape[0], inputs.shape[1])
    guard let lengths else { return Array(repeating: columns, count: rows) }
    require(
      firstRow + rows <= lengths.count,
      "SpeechCorruption: \(lengths.count) lengths for waveforms \(firstRow)..<\(firstRow + rows); expected one for each"
    )
    let own = Array(lengths[firstRow..<firstRow + rows])
    for (row, length) in own.enumerated() {
      require(
        length >= 0 && length <= columns,
        "SpeechCorruption: the length of waveform \(firstRow + row) is \(length); expected 0…\(columns)"
      )
    }
    return own
  }

  /// x + g · n for each row, in double precision; a sample is rounded once.
  private func mixed(
    _ inputs: Tensor, _ lengths: [Int], slope: Float, decibels: Float, _ noise: NoiseStream
  ) -> Tensor {
    let (rows, columns) = (inputs.shape[0], inputs.shape[1])
    let draws = noise.evaluationDraws(
      from: ColoredNoise(spectralSlope: slope), site: "corruption.\(name)", rows: rows,
      columns: columns)
    // 10^(−decibels / 20): ln 10 / 20.
    let amplitude = ReproducibleDoubleMath.exp(-0.115129254649702284 * Double(decibels))
    var result = inputs
    draws.withSpan { draws in
      result.withMutableSpan { samples in
        for row in 0..<rows {
          let places = row * columns..<row * columns + lengths[row]
          var (signal, energy) = (0.0, 0.0)
          for place in places {
            signal += Double(samples[place]) * Double(samples[place])
            energy += Double(draws[place]) * Double(draws[place])
          }
          if signal == 0 || energy == 0 { continue }
          let factor = amplitude * (signal / energy).squareRoot()
          for place in places {
            samples[place] = Float(Double(samples[place]) + factor * Double(draws[place]))
          }
        }
      }
    }
    return result
  }
}
