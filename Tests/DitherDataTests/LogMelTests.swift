import DitherData
import DitherRuntime
import DitherTensors
import Foundation
import TestSupport
import Testing

/// Features by the definition, in double: a sum over samples for every frequency, HTK's scale and filters.
private func reference(_ samples: [Double], _ features: LogMel) -> [[Double]] {
  func mel(_ frequency: Double) -> Double { 2595 * log10(1 + frequency / 700) }
  let (window, length) = (features.windowLength, features.transformLength)
  let top = mel(features.frequencies.upperBound)
  let bottom = mel(features.frequencies.lowerBound)
  let edges = (0..<features.filters + 2).map { edge in
    700
      * (pow(10, (bottom + (top - bottom) * Double(edge) / Double(features.filters + 1)) / 2595) - 1)
  }
  return (0..<features.frames(ofSamples: samples.count)).map { frame in
    let start = frame * features.hopLength + (length - window) / 2
    let power = (0...length / 2).map { bin in
      var (cosine, sine) = (0.0, 0.0)
      for n in 0..<window {
        let value =
          samples[start + n] * (0.5 - 0.5 * cos(2 * .pi * Double(n) / Double(window)))
        let angle = 2 * .pi * Double(n) * Double(bin) / Double(length)
        cosine += value * cos(angle)
        sine += value * sin(angle)
      }
      return cosine * cosine + sine * sine
    }
    return (0..<features.filters).map { filter in
      power.indices.reduce(0.0) { sum, bin in
        let frequency = Double(bin * features.sampleRate) / Double(length)
        let rise = (frequency - edges[filter]) / (edges[filter + 1] - edges[filter])
        let fall = (edges[filter + 2] - frequency) / (edges[filter + 2] - edges[filter + 1])
        return sum + power[bin] * max(0, min(rise, fall))
      }
    }
  }
}

@Suite("Log-mel features")
struct LogMelTests {
  @Test(
    "They are librosa's",
    arguments: [
      ("mel-slaney", LogMel(sampleRate: 8000)),
      ("mel-htk", LogMel(sampleRate: 8000, filters: 24, frequencies: 60...3500, scale: .htk)),
      (
        "mel-centered",
        LogMel(
          sampleRate: 8000, windowLength: 201, hopLength: 77, transformLength: 512,
          isCentered: true)
      ),
    ])
  func librosa(name: String, features: LogMel) throws {
    let expected = try Tensor(contentsOf: fixture("\(name).npy"))
    let found = features(try Recording(contentsOf: fixture("sweep.wav")).mono)
    #expect(found.shape == expected.shape)
    #expect((found - expected).absolute().maximum() < 2e-4)
  }

  @Test(
    "Of speech they are those of the definition in double precision",
    .enabled(if: Speech.folder != nil, "\(Speech.missing)"))
  func speech() throws {
    let recording = try Recording(contentsOf: Speech.folder! + "/3_theo_0.wav")
    #expect(recording.sampleRate == 8000)
    let features = LogMel(sampleRate: 8000, filters: 20, scale: .htk)
    let samples = recording.mono.rows(0..<1500)
    let expected = reference(samples.scalars.map { Double($0) }, features)
    let found = features(samples)
    #expect(found.shape == [16, 20] && expected.count == 16)
    for (frame, powers) in expected.enumerated() {
      // The products are single precision: of the loudest filter's amplitude two millionths.
      let greatest = powers.max()!.squareRoot()
      for (filter, power) in powers.enumerated() {
        let amplitude = exp(Double(found[frame, filter]) / 2)
        #expect(abs(amplitude - max(power, 1e-10).squareRoot()) < 2e-6 * greatest + 1e-7)
      }
    }
  }

  @Test("A transform of odd length is that of the definition where frames are not centred")
  func odd() {
    let features = LogMel(
      sampleRate: 8000, windowLength: 101, transformLength: 201, filters: 12, scale: .htk)
    let samples = (0..<600).map { Float(($0 * $0) % 257) / 257 - 0.5 }
    let expected = reference(samples.map { Double($0) }, features)
    let found = features(Tensor(samples))
    #expect(found.shape == [5, 12] && expected.count == 5)
    for (frame, powers) in expected.enumerated() {
      for (filter, power) in powers.enumerated() {
        #expect(abs(Double(found[frame, filter]) - log(power)) < 1e-3)
      }
    }
  }

  @Test("A pure tone is loudest in the filter around it")
  func tone() {
    for (scale, frequency) in [
      (MelScale.slaney, 440.0), (.slaney, 2500), (.htk, 440), (.htk, 2500),
    ] {
      let features = LogMel(sampleRate: 8000, scale: scale)
      let samples = (0..<1000).map { Float(sin(2 * .pi * frequency * Double($0) / 8000)) }
      let loudest = Set(features(Tensor(samples)).indicesOfRowMaxima())
      func pitch(_ frequency: Double) -> Double {
        if scale == .htk { return 2595 * log10(1 + frequency / 700) }
        return frequency < 1000 ? frequency * 3 / 200 : 15 + 27 * log(frequency / 1000) / log(6.4)
      }
      // Filter m is centred at pitch (m + 1) / 41 of the highest.
      let place = pitch(frequency) / pitch(4000) * 41 - 1
      for filter in loudest { #expect(abs(Double(filter) - place) < 1) }
    }
  }

  @Test("Recordings together have the bits of each alone, and silence beyond their ends")
  func batch() throws {
    let sweep = try Recording(contentsOf: fixture("sweep.wav")).mono
    let features = LogMel(sampleRate: 8000)
    let recordings = [
      sweep.rows(0..<900), sweep, sweep.rows(0..<255), sweep.rows(500..<756), Tensor(zeros: [0]),
    ]
    let found = features(recordings)
    #expect(found.lengths == [9, 22, 0, 1, 0])
    #expect(found.values.shape == [5, 22, 40])
    let silence = features(Tensor(zeros: [256]))
    #expect(abs(silence[0, 0] - Float(log(1e-10))) < 1e-5)
    for (index, samples) in recordings.enumerated() {
      let alone = features(samples)
      #expect(alone.shape == [found.lengths[index], 40])
      let row = found.values.rows(index..<index + 1).reshaped(to: [22, 40])
      #expect(row.rows(0..<found.lengths[index]) == alone)
      for frame in found.lengths[index]..<22 {
        #expect(row.rows(frame..<frame + 1) == silence)
      }
    }
    #expect(features([]).values.shape == [0, 0, 40])
  }

  @Test("A long recording has the frames of its parts")
  func long() {
    let samples = (0..<80_000).map { Float(($0 * $0) % 257) / 257 - 0.5 }
    let features = LogMel(sampleRate: 8000, hopLength: 16, filters: 8)
    let whole = features(Tensor(samples))
    #expect(whole.shape == [4985, 8])
    let part = features(Tensor(Array(samples[(16 * 2040)..<(16 * 2040 + 800)])))
    #expect(part.shape == [35, 8])
    #expect(whole.rows(2040..<2075) == part)
  }

  @Test("The bits are those of every instruction set and number of threads, and of every machine")
  func reproducible() throws {
    let sweep = try Recording(contentsOf: fixture("sweep.wav")).mono
    let expected = LogMel(sampleRate: 8000)(sweep)
    for instructionSet in InstructionSet.available {
      for threads in 1...2 {
        let found = withInstructionSet(instructionSet) {
          withThreads(threads) { LogMel(sampleRate: 8000)(sweep) }
        }
        #expect(found == expected)
      }
    }
    let hash = expected.scalars.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01B3
    }
    // Of the first run; what has changed since, if this fails, is a bit of every feature that a model was trained on.
    #expect(hash == 0x3341_45C5_0C68_21D0)
  }

  @Test("Features that cannot be stop with what was received")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LogMel(sampleRate: 8000, windowLength: 200, transformLength: 128)
      }, says: "LogMel: transformLength is 128; expected 200, the windowLength, to 8,192")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LogMel(sampleRate: 8000, transformLength: 255, isCentered: true)
      }, says: "LogMel: transformLength is 255 and frames are centred; expected an even length")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LogMel(sampleRate: 8000, frequencies: 0...5000)
      }, says: "LogMel: frequencies 0.0...5000.0; expected a range within 0...4000.0")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LogMel(sampleRate: 8000, filters: 200)
      }, says: "LogMel: filter 0 of 200", "holds none of the frequencies, which are 31.25 Hz apart")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = LogMel(sampleRate: 8000)(Tensor(zeros: [1, 800]))
      }, says: "LogMel: recording 0 of shape [1, 800]; expected [samples], one channel")
  }
}
