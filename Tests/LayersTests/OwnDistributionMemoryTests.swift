import DitherTensors
import Layers
import NoiseDistributions
import Testing

/// Writes one element more than its tile has.
private struct Overrun: NoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { 0 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    for index in 0...tile.count { tile[index] = 1 }
  }
}

@Suite("A distribution that writes outside its tile stops the program at every site")
struct OwnDistributionMemoryTests {
  @Test("The input of a layer")
  func input() async {
    await #expect(processExitsWith: .failure) {
      let layer = Linear(inputs: 40, outputs: 3).initialized(seed: 1)
        .noise(.adding(Overrun()), on: .input)
      _ = layer.forward(Tensor(repeating: 1, shape: [9, 40]), .training(NoiseStream(seed: 1)))
    }
  }

  @Test("The output of a layer")
  func output() async {
    await #expect(processExitsWith: .failure) {
      let layer = Linear(inputs: 40, outputs: 3).initialized(seed: 1)
        .noise(.multiplying(Overrun()), on: .output)
      _ = layer.forward(Tensor(repeating: 1, shape: [9, 40]), .training(NoiseStream(seed: 1)))
    }
  }

  @Test("A rule as a layer")
  func rule() async {
    await #expect(processExitsWith: .failure) {
      _ = Perturb(.replacing(Overrun(), rate: 0.5)).forward(
        Tensor(repeating: 1, shape: [9, 40]), .training(NoiseStream(seed: 1)))
    }
  }
}
