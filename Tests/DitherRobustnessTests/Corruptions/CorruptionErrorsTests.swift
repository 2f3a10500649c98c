import DitherData
import DitherRobustness
import DitherTensors
import NoiseDistributions
import TestSupport
import Testing

/// Adds the severity times a number.
private struct Shift: Corruption {
  let name: String
  let step: Float

  func corrupted(_ inputs: Tensor, severity: Int, noise: NoiseStream) -> Tensor {
    inputs + Float(severity) * step
  }
}

@Suite("Errors under corruptions")
struct CorruptionErrorsTests {
  private let noise = NoiseStream(seed: 131)
  private let suite: [any Corruption] = [
    Shift(name: "near", step: 0.1), Shift(name: "far", step: 0.2),
  ]
  // The last row is answered wrongly until it is shifted by more than 0.95.
  private let data = tenRows(ofClassOne: [9])

  private func errors(_ level: Float) -> CorruptionErrors {
    corruptionErrors(of: aboveLevel(level), on: data, under: suite, noise: noise)
  }

  @Test("Errors of a classifier that is known, and the mean corruption error of them by hand")
  func byHand() {
    let (own, reference) = (errors(0), errors(0.2))
    #expect(own.names == ["near", "far"] && own.cleanError == 0.1)
    let known = [[0.2, 0.3, 0.4, 0.5, 0.6], [0.3, 0.5, 0.7, 0.9, 0.9]]
    for (received, expected) in zip(own.errors, known) {
      for (one, other) in zip(received, expected) { #expect(abs(one - other) < 1e-12) }
    }
    #expect(abs(own.error(of: "near") - 0.4) < 1e-12 && abs(own.error(of: "far") - 0.66) < 1e-12)
    #expect(abs(own.meanError - 0.53) < 1e-12)
    // Σ of the reference: 0.1, 0.1, 0.2, 0.3, 0.4 and 0.1, 0.3, 0.5, 0.7, 0.9.
    #expect(
      abs(own.meanCorruptionError(relativeTo: reference) - (2 / 1.1 + 3.3 / 2.5) / 2) < 1e-12)
    let excess = own.relativeMeanCorruptionError(relativeTo: reference)
    #expect(abs(excess - (1.5 / 0.6 + 2.8 / 2) / 2) < 1e-12)
    #expect(own.meanCorruptionError(relativeTo: own) == 1)
    #expect(own.relativeMeanCorruptionError(relativeTo: own) == 1)
  }

  @Test("The interval of the mean corruption error is of both classifiers' same rows")
  func interval() throws {
    // So strong that every resample has errors of the reference.
    let digits = ImageShape(height: 8, width: 8)
    let suite = [
      ImageCorruption.blur(digits, standardDeviations: [0.8, 1, 1.5, 2, 3]), .contrast(digits),
      .occlusion(digits), .shotNoise(digits, photons: [60, 25, 12, 5, 3]),
    ]
    func errors(_ classifier: some Classifier) -> CorruptionErrors {
      corruptionErrors(of: classifier, on: TrainedDigits.test, under: suite, noise: noise)
    }
    let (plain, noisy) = (errors(TrainedDigits.plain), errors(TrainedDigits.noisy))
    let bootstrap = Bootstrap(resamples: 100, noise: noise)
    let itself = try #require(
      plain.meanCorruptionErrorEstimate(relativeTo: plain, by: bootstrap))
    #expect(itself.value == 1 && itself.interval == 1...1)
    let estimate = try #require(
      noisy.meanCorruptionErrorEstimate(relativeTo: plain, by: bootstrap))
    #expect(estimate.value == noisy.meanCorruptionError(relativeTo: plain))
    #expect(estimate.interval.contains(estimate.value) && estimate.standardError > 0)
    let difference = noisy.meanErrorDifference(from: plain, by: bootstrap)
    #expect(abs(difference.value - (noisy.meanError - plain.meanError)) < 1e-12)
    #expect(difference.interval.contains(difference.value))
    // Of one error in ten rows a resample has none with the probability 0.35: there is no ratio then.
    let right = corruptionErrors(
      of: aboveLevel(9), on: tenRows(ofClassOne: [9]), under: [Shift(name: "none", step: 0)],
      noise: noise)
    #expect(right.meanCorruptionErrorEstimate(relativeTo: right, by: bootstrap) == nil)
    #expect(plain.description.hasPrefix("not spoiled: \(plain.cleanError)\nblur: ["))
  }

  @Test("Two classifiers meet the same spoiled inputs, bit for bit, whatever the batches")
  func paired() {
    let data = TrainedDigits.test.subset(Array(0..<11))
    let suite = ImageCorruption.all(ImageShape(height: 8, width: 8))
    let (first, second) = (Recorder(), Recorder())
    let one = corruptionErrors(
      of: first.recording(TrainedDigits.plain), on: data, under: suite, noise: noise)
    _ = corruptionErrors(
      of: second.recording(TrainedDigits.noisy), on: data, under: suite, noise: noise, batchSize: 4)
    var expected = data.inputs.scalars
    for corruption in suite {
      for severity in 1...5 {
        expected += corruption.corrupted(data.inputs, severity: severity, noise: noise).scalars
      }
    }
    #expect(sameBits(first.values, expected) && sameBits(second.values, expected))
    let parts = corruptionErrors(
      of: TrainedDigits.plain, on: data, under: suite, noise: noise, batchSize: 3)
    #expect(parts.errors == one.errors && parts.cleanError == one.cleanError)
  }

  @Test("Misuse stops the program")
  func misuse() async {
    let names = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = corruptionErrors(
        of: aboveLevel(0), on: tenRows(),
        under: [SpeechCorruption.gain(), SpeechCorruption.gain()], noise: NoiseStream(seed: 1))
    }
    expect(names, says: "corruptionErrors: the corruptions are [\"gain\", \"gain\"]; expected")
    let severity = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ImageCorruption.blur(ImageShape(height: 1, width: 1)).corrupted(
        Tensor(zeros: [1, 1]), severity: 6, noise: NoiseStream(seed: 1))
    }
    expect(severity, says: "ImageCorruption: severity is 6; expected 1…5")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ImageCorruption.blur(ImageShape(height: 2, width: 3)).corrupted(
        Tensor(zeros: [1, 5]), severity: 1, noise: NoiseStream(seed: 1))
    }
    expect(shape, says: "the inputs have shape [1, 5]; expected [rows, 6], images of 2 × 3 × 1")
    let strengths = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ImageCorruption.shotNoise(ImageShape(height: 2, width: 3), photons: [1, 2, 3, 4, 0])
    }
    expect(strengths, says: "ImageCorruption: photons is [1.0, 2.0, 3.0, 4.0, 0.0]; expected 5")
    let lengths = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SpeechCorruption.gain().over(lengths: [1]).corrupted(
        Tensor(zeros: [2, 5]), severity: 1, noise: NoiseStream(seed: 1))
    }
    expect(lengths, says: "SpeechCorruption: 1 lengths for waveforms 0..<2; expected one for each")
    let reference = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let errors = [0, 9].map {
        corruptionErrors(
          of: aboveLevel($0), on: tenRows(), under: [SpeechCorruption.gain()],
          noise: NoiseStream(seed: 1))
      }
      _ = errors[0].meanCorruptionError(relativeTo: errors[1])
    }
    expect(
      reference,
      says:
        "the reference's errors under \"gain\" at all severities are 0 of 10 rows; expected more")
    // Of the class 1 all rows are wrong until a shift takes them over the level: the corruption helps.
    let helped = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let errors = corruptionErrors(
        of: aboveLevel(0), on: tenRows(ofClassOne: Set(0..<10)),
        under: [Shift(name: "near", step: 0.1)], noise: NoiseStream(seed: 1))
      _ = errors.relativeMeanCorruptionError(relativeTo: errors)
    }
    expect(
      helped,
      says:
        "under \"near\" at all severities, less those on clean inputs, are -15 of 10 rows; expected"
    )
    let range = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ImageCorruption.contrast(ImageShape(height: 1, width: 2)).corrupted(
        Tensor(rows: [[0, 1], [0.5, 16]]), severity: 1, noise: NoiseStream(seed: 1))
    }
    expect(
      range,
      says:
        "ImageCorruption: the input of row 1, column 1 is 16.0; expected one within 0.0…1.0, the range of the image"
    )
    let number = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ImageCorruption.shotNoise(ImageShape(height: 1, width: 1)).corrupted(
        Tensor([.nan], shape: [1, 1]), severity: 1, noise: NoiseStream(seed: 1))
    }
    expect(number, says: "ImageCorruption: the input of row 0, column 0 is nan; expected one")
  }
}
