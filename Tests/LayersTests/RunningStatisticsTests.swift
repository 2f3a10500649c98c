import DitherTensors
import Layers
import NoiseDistributions
import Testing

@Suite("Normalisation in training, at inference and at the ends")
struct RunningStatisticsTests {
  @Test(
    "Training passes alone move the running statistics, and the mean over many batches is found")
  func whatMovesStatistics() {
    let model = Sequential(seed: 1) {
      BatchNorm(features: 3, momentum: 0.5)
      Dropout(rate: 0.5)
    }
    func statistics() -> [[UInt32]] {
      let layer = model.layers[0] as! BatchNorm
      return [bits(layer.runningMean), bits(layer.runningVariance)]
    }
    let x = gaussians([20, 3], seed: 1, scale: 4)
    let stream = NoiseStream(seed: 1)
    let before = statistics()
    _ = model(x)
    _ = model.forward(x, .sampling(stream, gradients: .both))
    _ = model.forward(x, .withoutNoise(gradients: .both))
    _ = model.summary(inputShape: [5, 3])
    _ = model.copy().forward(x, .training(stream))
    _ = model.frozen()(x, .sampling(stream))
    #expect(statistics() == before)
    _ = model.forward(x, .training(stream, gradients: .none).noise(onlyAt: ["1"], of: model))
    let once = statistics()
    #expect(once != before)
    _ = model.forward(x, .training())
    #expect(statistics() != once)

    for step in 0..<40 { _ = model.forward(x, .training(stream.at(step: step))) }
    let layer = model.layers[0] as! BatchNorm
    let mean = x.sum(axis: 0) / 20
    let centred = x - mean
    #expect(layer.runningMean.isApproximatelyEqual(to: mean, absoluteTolerance: 1e-5))
    #expect(
      layer.runningVariance.isApproximatelyEqual(
        to: (centred * centred).sum(axis: 0) / 19, absoluteTolerance: 1e-3))
  }

  @Test("A momentum of 0 keeps the statistics and one of 1 takes the batch's, infinities or not")
  func ends() {
    let infinite = Tensor(rows: [[.infinity, 1], [2, 5]])
    let fixed = BatchNorm(features: 2, momentum: 0).initialized(seed: 1)
    _ = fixed.forward(infinite, .training())
    #expect(fixed.runningMean.scalars == [0, 0] && fixed.runningVariance.scalars == [1, 1])
    let last = BatchNorm(features: 2, momentum: 1).initialized(seed: 1)
    _ = last.forward(infinite, .training())
    #expect(!last.runningMean[0].isFinite && last.runningMean[1] == 3)
    _ = last.forward(Tensor(rows: [[1, 1], [3, 5]]), .training())
    #expect(last.runningMean.scalars == [2, 3] && last.runningVariance.scalars == [2, 8])
  }

  @Test("A sampling pass has its noise and the statistics that training left")
  func sampling() {
    let norm = BatchNorm(features: 4).initialized(seed: 1)
    _ = norm.forward(gaussians([30, 4], seed: 2, scale: 3), .training())
    let model = Sequential {
      norm
      Dropout(rate: 0.5)
    }
    let x = gaussians([9, 4], seed: 1)
    let pass = Pass.sampling(NoiseStream(seed: 3).at(step: 7))
    let expected = Dropout(rate: 0.5).forward(norm(x), pass.child("1")).output
    #expect(bits(model.forward(x, pass).output) == bits(expected))
    // One row is enough.
    #expect(bits(model.forward(x.rows(0..<1), pass).output) == bits(expected.rows(0..<1)))
  }

  @Test("What all elements have in common costs no digits")
  func largeMeans() {
    // Multiples of 2⁻⁶, so that adding 10⁵ rounds nothing.
    let x = gaussians([32, 48], seed: 1).map { ($0 * 64).rounded() / 64 }
    let shifted = x + 100_000
    let layers: [any Layer] = [LayerNorm(features: 48), BatchNorm(features: 48)]
    for layer in layers {
      let layer = layer.initialized(seed: 1)
      let near = layer.forward(x, .training()).output
      let far = layer.forward(shifted, .training()).output
      #expect(near.isApproximatelyEqual(to: far, absoluteTolerance: 2e-6), "\(type(of: layer))")
    }
  }

  @Test("Not a number makes its row, or its column, not a number and no other")
  func notANumber() {
    var x = gaussians([6, 5], seed: 1)
    x[2, 3] = .nan
    let rows = LayerNorm(features: 5).initialized(seed: 1)(x)
    let columns = BatchNorm(features: 5).initialized(seed: 1).forward(x, .training()).output
    for row in 0..<6 {
      for column in 0..<5 {
        #expect(rows[row, column].isNaN == (row == 2))
        #expect(columns[row, column].isNaN == (column == 3))
      }
    }
  }

  @Test("A network with a normalisation learns without noise, and predicts as it has learned")
  func learns() {
    let x = gaussians([64, 8], seed: 1, scale: 30)
    let labels = (0..<64).map { x[$0, 0] > x[$0, 1] ? 1 : 0 }
    let model = Sequential(seed: 7) {
      BatchNorm(features: 8)
      Linear(inputs: 8, outputs: 32)
      LayerNorm(features: 32)
      SiLU()
      Linear(inputs: 32, outputs: 2)
    }
    for _ in 0..<200 {
      let (logits, pullback) = model.forward(x, .training())
      pullback(crossEntropy(logits, labels).gradient)
      for parameter in model.parameters {
        parameter.update { value, gradient in
          for index in value.indices { value[index] -= 0.5 * gradient[index] }
        }
      }
    }
    let right = zip(model(x).indicesOfRowMaxima(), labels).filter { $0 == $1 }.count
    #expect(right >= 62)
  }
}
