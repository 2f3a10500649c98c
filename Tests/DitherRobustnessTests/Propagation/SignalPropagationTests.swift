import DitherRobustness
import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Propagation of noise")
struct SignalPropagationTests {
  private let noise = NoiseStream(seed: 101)
  private let weight = Tensor(rows: [[1, 2, -0.5], [0.25, -1, 3]])
  private let bias = Tensor([0.5, -0.25])
  private let x = Tensor(rows: [[1, 0, 2], [-1, 0.5, 0.25], [2, 2, -1]])

  /// S and N in double precision of a linear layer whose input has c added to each element.
  private func expected(_ shift: Double) -> (signal: Double, noise: Double) {
    var (signal, noise) = (0.0, 0.0)
    for row in 0..<3 {
      for output in 0..<2 {
        var (sum, factor) = (Double(bias[output]), 0.0)
        for column in 0..<3 {
          sum += Double(weight[output, column]) * Double(x[row, column])
          factor += Double(weight[output, column])
        }
        signal += sum * sum / 3
        noise += factor * factor * shift * shift / 3
      }
    }
    return (signal, noise)
  }

  @Test(
    "Through a linear layer a known shift of the input has the ratio ‖Wx + b‖² / ‖W·c‖²")
  func linear() {
    let network = Sequential([Linear(weight: weight, bias: bias)])
    for shift: Float in [0.5, 0.125] {
      let spread = signalPropagation(
        through: network, of: x, placing: .adding(Constant(value: shift)), at: .input(of: 0),
        noise: noise, draws: 2)
      let (signal, energy) = expected(Double(shift))
      #expect(abs(spread["0"].signalEnergy - signal) < 1e-6 * signal)
      #expect(abs(spread["0"].noiseEnergy - energy) < 1e-5 * energy)
      #expect(abs(spread["0"].decibels - 10 * log10(signal / energy)) < 1e-4)
      // The network is its only layer.
      #expect(spread.rows.map(\.path) == ["0", ""])
      #expect(spread[""].noiseEnergy == spread["0"].noiseEnergy)
    }
  }

  @Test(
    "Gaussian noise through a matrix with orthogonal rows is Gaussian: the energy is σ²·‖W‖² times χ² over its degrees"
  )
  func gaussian() {
    // Four rows of norm 2, orthogonal to each other.
    let hadamard = Tensor(rows: [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])
    let rule = NoiseRule.adding(Gaussian(standardDeviation: 0.3))
    let layer = Linear(weight: hadamard, bias: nil)
    let inputs = Tensor(repeating: 0.5, shape: [500, 4])
    let placed = signalPropagation(
      through: Sequential([layer]), of: inputs, placing: rule, at: .input(of: 0), noise: noise,
      draws: 4)
    let own = signalPropagation(
      through: Sequential([layer.noise(rule, on: .input)]), of: inputs, noise: noise, draws: 4)
    let output = signalPropagation(
      through: Sequential([layer]), of: inputs, placing: rule, at: .output(of: 0), noise: noise,
      draws: 4)
    let range = Threshold.chiSquared(degrees: 4 * 4 * 500, z: 6.5)
    // σ²·4 a number behind the layer, σ² where the noise is put on the output.
    for (spread, variance) in [(placed, 0.36), (own, 0.36), (output, 0.09)] {
      #expect(range.contains(spread["0"].noiseEnergy * 2000 / variance))
      // Each row's output is (2, 0, 0, 0).
      #expect(abs(spread["0"].signalEnergy - 4) < 1e-6)
    }
    let decibels = [range.upperBound, range.lowerBound].map { 10 * log10(4 / ($0 * 0.36 / 2000)) }
    #expect(placed["0"].decibels > decibels[0] && placed["0"].decibels < decibels[1])
    // Rows and draws are one as likely as the other, and not the same.
    #expect(placed["0"].noiseEnergy != own["0"].noiseEnergy)
  }

  private func network() -> Sequential {
    Sequential(seed: 5) {
      Linear(inputs: 6, outputs: 8)
      Tanh()
      Linear(inputs: 8, outputs: 8)
      Tanh()
      Linear(inputs: 8, outputs: 3)
    }
  }

  private var inputs: Tensor {
    Tensor(
      noise.draws(from: Gaussian(standardDeviation: 1), site: "x", rows: 40, columns: 6),
      shape: [40, 6])
  }

  @Test(
    "Noise on an input touches its layer and all later ones, noise on an output begins at its own: the same place has one ratio"
  )
  func places() {
    let rule = NoiseRule.adding(Gaussian(standardDeviation: 0.1))
    func reached(_ place: NoisePlace) -> [Bool] {
      signalPropagation(through: network(), of: inputs, placing: rule, at: place, noise: noise)
        .rows.map(\.isNoisy)
    }
    for layer in 0..<5 {
      let expected = (0..<5).map { $0 >= layer } + [true]
      #expect(reached(.input(of: layer)) == expected, "input of \(layer)")
      #expect(reached(.output(of: layer)) == expected, "output of \(layer)")
    }
    // A shift after one layer is a shift before the next.
    let shift = NoiseRule.adding(Constant(value: 0.25))
    let before = signalPropagation(
      through: network(), of: inputs, placing: shift, at: .input(of: 3), noise: noise)
    let after = signalPropagation(
      through: network(), of: inputs, placing: shift, at: .output(of: 2), noise: noise)
    #expect(before["3"].decibels == after["3"].decibels)
    #expect(before[""].decibels == after[""].decibels)
    #expect(before["2"].decibels == .infinity && after["2"].decibels < 40)
    #expect(before.rows.map(\.path) == ["0", "1", "2", "3", "4", ""])
    #expect(before.description.hasPrefix("0: no noise\n1: no noise\n2: no noise\n3: "))
  }

  @Test("Of a network with noise of its own it is measured at the layers that are named, or at all")
  func ownNoise() {
    let rule = NoiseRule.adding(Gaussian(standardDeviation: 0.2))
    let model = Sequential(seed: 5) {
      Linear(inputs: 6, outputs: 8).noise(rule, on: .input)
      Residual { Tanh() }
      Linear(inputs: 8, outputs: 3).noise(rule, on: .output)
    }
    let all = signalPropagation(through: model, of: inputs, noise: noise)
    let last = signalPropagation(through: model, of: inputs, noiseAt: ["2"], noise: noise)
    #expect(all.rows.filter(\.isNoisy).count == all.rows.count)
    #expect(last.rows.filter(\.isNoisy).map(\.path) == ["2", ""])
    #expect(all.rows.map(\.path).contains("1.inner"))
    // The draws are those of the pass: its outputs' difference.
    let pass = Pass.sampling(noise.at(step: 0)).noise(onlyAt: ["2"], of: model)
    let difference = model.forward(inputs, pass).output - model(inputs)
    #expect(abs(last[""].noiseEnergy - difference.sumOfSquares() / 40) < 1e-9)
  }

  @Test("Twice the noise is 6.02 decibels less through what is linear")
  func doubled() {
    let linear = Sequential(seed: 2) {
      Linear(inputs: 6, outputs: 5)
      Linear(inputs: 5, outputs: 4)
    }
    func decibels(_ deviation: Float) -> [Double] {
      signalPropagation(
        through: linear, of: inputs, placing: .adding(Gaussian(standardDeviation: deviation)),
        at: .input(of: 0), noise: noise
      ).rows.map(\.decibels)
    }
    for (one, two) in zip(decibels(0.25), decibels(0.5)) {
      #expect(abs(one - two - 20 * log10(2)) < 1e-3)
    }
  }

  @Test(
    "Bits depend neither on threads and instruction set nor on the size of batches; the interval holds the ratio"
  )
  func bits() {
    let network = network()
    func spread(_ batchSize: Int) -> SignalPropagation {
      signalPropagation(
        through: network, of: inputs, placing: .adding(Gaussian(standardDeviation: 0.1)),
        at: .output(of: 1), noise: noise, draws: 3, batchSize: batchSize)
    }
    func numbers(_ batchSize: Int) -> [Double] {
      spread(batchSize).rows.flatMap { [$0.signalEnergy, $0.noiseEnergy, $0.decibels] }
    }
    let expected = expectSameBits(of: { numbers(256) })
    for batchSize in [1, 7, 40] { #expect(numbers(batchSize) == expected) }
    let whole = spread(256)
    let estimates = whole.estimates(by: Bootstrap(resamples: 200, noise: noise))
    #expect(estimates.map(\.path) == ["1", "2", "3", "4", ""])
    for estimate in estimates {
      #expect(abs(estimate.decibels.value - whole[estimate.path].decibels) < 1e-9)
      #expect(estimate.decibels.interval.contains(estimate.decibels.value))
      #expect(estimate.decibels.standardError > 0)
    }
  }

  @Test("Misuse stops the program")
  func misuse() async {
    let place = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = signalPropagation(
        through: Sequential([ReLU()]), of: Tensor(zeros: [1, 2]),
        placing: .adding(Constant(value: 1)), at: .output(of: 1), noise: NoiseStream(seed: 1))
    }
    expect(
      place,
      says: "signalPropagation: the place is the output of layer 1; expected a layer of 0 ..< 1"
    )
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = signalPropagation(
        through: ReLU(), of: Tensor(zeros: [0, 2]), noise: NoiseStream(seed: 1))
    }
    expect(rows, says: "signalPropagation: the inputs have shape [0, 2]; expected [rows, …]")
    let path = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ =
        signalPropagation(
          through: Sequential([ReLU()]), of: Tensor(zeros: [1, 2]), noise: NoiseStream(seed: 1))[
          "7"]
    }
    expect(path, says: "SignalPropagation: there is no layer at path \"7\"; expected one of")
  }
}
