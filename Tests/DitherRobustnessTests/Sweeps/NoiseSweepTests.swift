import DitherData
import DitherRobustness
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Noise sweeps")
struct NoiseSweepTests {
  private let noise = NoiseStream(seed: 71)
  private let data = TrainedDigits.test.subset(Array(0..<30))

  private func sweep(trials: Int = 2, range: ClosedRange<Float>? = 0...1) -> NoiseSweep {
    NoiseSweep(
      .adding(Gaussian(standardDeviation: 1)), strengths: [0.1, 0.3], trials: trials, range: range,
      noise: noise)
  }

  @Test("Two classifiers meet the same noisy inputs, bit for bit, whatever the batches")
  func paired() {
    let (first, second) = (Recorder(), Recorder())
    let sweep = sweep()
    _ = sweep.curve(of: first.recording(TrainedDigits.plain), on: data, batchSize: 7)
    _ = sweep.curve(of: second.recording(TrainedDigits.noisy), on: data)
    var expected = data.inputs.scalars
    for strength: Float in [0.1, 0.3] {
      for trial in 0..<2 {
        expected += sweep.noisyInputs(data.inputs, strength: strength, trial: trial).scalars
      }
    }
    #expect(sameBits(first.values, expected))
    #expect(sameBits(second.values, expected))
    // Of another stream they are others.
    let other = Recorder()
    _ = NoiseSweep(
      .adding(Gaussian(standardDeviation: 1)), strengths: [0.1, 0.3], trials: 2, range: 0...1,
      noise: NoiseStream(seed: 72)
    ).curve(of: other.recording(TrainedDigits.plain), on: data)
    #expect(other.values.count == expected.count && !sameBits(other.values, expected))
  }

  @Test("Strengths scale the same draws, trials have draws of their own, and the range is kept")
  func draws() {
    let free = sweep(range: nil)
    func added(_ strength: Float, _ trial: Int) -> Tensor {
      (free.noisyInputs(data.inputs, strength: strength, trial: trial) - data.inputs) / strength
    }
    let weak = added(0.1, 0)
    #expect(weak.isApproximatelyEqual(to: added(0.3, 0), absoluteTolerance: 1e-5))
    #expect(!weak.isApproximatelyEqual(to: added(0.1, 1), absoluteTolerance: 0.1))
    // 1,920 squares of standard normal draws.
    let range = Threshold.chiSquared(degrees: weak.count, z: 6.3)
    #expect(range.contains(weak.sumOfSquares()))
    let cut = sweep().noisyInputs(data.inputs, strength: 0.3)
    #expect(cut.minimum() == 0 && cut.maximum() == 1)
    let whole = free.noisyInputs(data.inputs, strength: 0.3)
    #expect(cut == whole.clamped(to: 0...1) && cut != whole)
  }

  @Test("At a signal-to-noise ratio the noise has that share of each row's root mean square")
  func ratio() {
    let sweep = NoiseSweep(
      .signalToNoiseRatio(of: Rademacher()), strengths: [20, 0], noise: noise)
    let x = Tensor(rows: [[3, -4, 0, 5], [0, 0, 0, 0]])
    for (decibels, share) in [(20, 0.1), (0, 1)] as [(Float, Double)] {
      let added = sweep.noisyInputs(x, strength: decibels) - x
      for column in 0..<4 {
        #expect(abs(Double(abs(added[0, column])) - share * 12.5.squareRoot()) < 2e-6)
        #expect(added[1, column] == 0)
      }
    }
  }

  @Test("Without test noise the figures are those of evaluate(_:on:), to the bit")
  func clean() {
    let network = Sequential(seed: 3) {
      Linear(inputs: 64, outputs: 24)
      ReLU()
      Linear(inputs: 24, outputs: 10)
    }
    let expected = evaluate(network, on: TrainedDigits.test)
    let curve = sweep().curve(
      of: NetworkClassifier(network, inputShape: [64]), on: TrainedDigits.test)
    #expect(curve.clean.strength == nil && curve.rows == 100)
    #expect(curve.clean.accuracy == expected.accuracy)
    #expect(curve.clean.loss == expected.loss)
    #expect(curve.clean.calibrationError == expected.calibrationError)
  }

  @Test("Each point is what evaluate(_:on:) says of the noisy inputs; trials are in the mean")
  func points() {
    let network = Sequential(seed: 3) { Linear(inputs: 64, outputs: 10) }
    let sweep = sweep(trials: 3)
    let curve = sweep.curve(of: NetworkClassifier(network, inputShape: [64]), on: data)
    for (index, strength) in sweep.strengths.enumerated() {
      var (metric, loss) = (Accuracy(), MeanLoss())
      var calibration = CalibrationError()
      for trial in 0..<3 {
        let logits = network(sweep.noisyInputs(data.inputs, strength: strength, trial: trial))
        metric.add(logits, data.labels)
        loss.add(logits, data.labels)
        calibration.add(logits, data.labels)
      }
      let point = curve.points[index]
      #expect(point.strength == strength)
      #expect(abs(point.accuracy - metric.value) < 1e-12)
      #expect(abs(point.loss - loss.value) < 1e-12)
      #expect(abs(point.calibrationError - calibration.value) < 1e-12)
    }
  }

  @Test("Of a trained network accuracy falls and loss grows with the noise")
  func falls() {
    let sweep = NoiseSweep(
      .adding(Gaussian(standardDeviation: 1)), strengths: [0.1, 0.4, 1.2], noise: noise)
    let curve = sweep.curve(of: TrainedDigits.plain, on: TrainedDigits.test)
    let points = [curve.clean] + curve.points
    for (one, next) in zip(points, points.dropFirst()) { #expect(next.loss > one.loss) }
    let (data, plain) = (TrainedDigits.test, TrainedDigits.plain)
    func areRight(_ inputs: Tensor) -> [Bool] {
      zip(plain.logits(of: inputs, .inference).indicesOfRowMaxima(), data.labels).map { $0 == $1 }
    }
    let pairs = zip(areRight(data.inputs), areRight(sweep.noisyInputs(data.inputs, strength: 1.2)))
    let (losses, gains) = (pairs.count { $0 && !$1 }, pairs.count { !$0 && $1 })
    #expect(areBeyondChance(losses: losses, gains: gains))
    let difference = curve.clean.accuracy - curve.points[2].accuracy
    #expect(abs(difference - Double(losses - gains) / 100) < 1e-12)
  }

  @Test(
    "A known curve has its known area: accuracy 1 − s over 0…1 has ½, whatever the strengths and their order",
    arguments: [
      [0, 0.2, 0.4, 0.6, 0.8, 1], [0, 0.5, 0.6, 1], [1, 0.6, 0.5, 0], [0, 1],
    ] as [[Float]])
  func area(strengths: [Float]) {
    let sweep = NoiseSweep(.adding(Constant(value: 1)), strengths: strengths, noise: noise)
    let curve = sweep.curve(of: aboveLevel(0), on: tenRows())
    for (point, strength) in zip(curve.points, strengths) {
      #expect(abs(point.accuracy - (1 - Double(strength))) < 1e-6)
    }
    #expect(abs(curve.area(under: .accuracy) - 0.5) < 1e-6)
  }

  @Test("The area is the mean over the range: a parabola's trapezoids, in the figure's own unit")
  func unevenArea() {
    // Accuracies 1, 0.8 and 0 at 0, 0.2 and 1.
    let curve = NoiseSweep(.adding(Constant(value: 2)), strengths: [0, 0.1, 0.5], noise: noise)
      .curve(of: aboveLevel(0), on: tenRows())
    #expect(abs(curve.area(under: .accuracy) - (0.1 * 0.9 + 0.4 * 0.4) / 0.5) < 1e-6)
  }

  @Test(
    "Bits depend neither on threads and instruction set nor on the size of batches",
    arguments: [InferenceMode.clean, .sampled(draws: 3)])
  func bits(mode: InferenceMode) {
    let sweep = sweep()
    func points(_ batchSize: Int) -> [SweepCurve.Point] {
      let curve = sweep.curve(
        of: TrainedDigits.noisy, on: data, mode: mode, batchSize: batchSize)
      return [curve.clean] + curve.points
    }
    let expected = expectSameBits(of: { points(256) })
    for batchSize in [1, 7, 30] { #expect(points(batchSize) == expected) }
    #expect(Set(expected.map(\.loss)).count == 3)
  }

  @Test("A rule of one's own has its name and its axis in the table")
  func ownRule() {
    let blocks = TestNoise("blocks of zeros", axis: "rate") {
      .dropout(rate: Double($0)).shared(.blocks(of: 8))
    }
    let sweep = NoiseSweep(blocks, strengths: [0.5], noise: noise)
    let noisy = sweep.noisyInputs(Tensor(repeating: 1, shape: [20, 64]), strength: 0.5)
    for row in 0..<20 {
      for block in 0..<8 {
        let values = Set((0..<8).map { noisy[row, 8 * block + $0] })
        #expect(values == [0] || values == [2])
      }
    }
    let table = sweep.curve(of: TrainedDigits.plain, on: data).description
    #expect(table.hasPrefix("blocks of zeros, rate:\nno noise: accuracy "))
    #expect(table.contains("\n0.5: accuracy "))
  }
}
