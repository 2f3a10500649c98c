import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Testing

@Suite("Off means off")
struct NoiseOffTests {
  /// A distribution that stops the program when it is asked.
  private struct Untouchable: NoiseDistribution {
    var mean: Double { 0 }
    var variance: Double { 0 }
    func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
      fatalError("the generator was touched")
    }
  }

  @Test("Passes without noise touch no generator and are bit-equal to the network without noise")
  func offMeansOff() {
    let first = Linear(inputs: 8, outputs: 40).initialized(seed: 1)
    let last = Linear(inputs: 40, outputs: 5).initialized(seed: 2)
    let plain = Sequential {
      first
      ReLU()
      last
    }
    let noisy = Sequential {
      Perturb(.adding(Untouchable()))
      first.noise(.adding(Untouchable()), on: .input).noise(.dropout(rate: 1), on: .output)
      ReLU()
      Dropout(rate: 1)
      last.noise(.replacing(Untouchable(), rate: 1), on: .input)
        .noise(.multiplying(Untouchable()), on: .output)
        .noise(.multiplying(Untouchable()), on: .weight).noise(.adding(Untouchable()), on: .bias)
    }
    let x = gaussians([7, 8], seed: 3)
    for instructionSet in InstructionSet.available {
      withInstructionSet(instructionSet) {
        #expect(bits(noisy(x)) == bits(plain(x)))
        #expect(bits(noisy.frozen()(x)) == bits(plain(x)))
        let one = plain.forward(x, .withoutNoise(gradients: .both))
        let other = noisy.forward(x, .withoutNoise(gradients: .both))
        #expect(bits(one.output) == bits(other.output))
        let gradient = gaussians([7, 5], seed: 4)
        #expect(bits(one.pullback(gradient)!) == bits(other.pullback(gradient)!))
      }
    }
  }

  @Test("In a pass with noise that distribution is asked")
  func onMeansOn() async {
    await #expect(processExitsWith: .failure) {
      let layer = Linear(inputs: 2, outputs: 2).initialized(seed: 1)
        .noise(.adding(Untouchable()), on: .input)
      _ = layer.forward(Tensor(zeros: [1, 2]), .training(NoiseStream(seed: 1)))
    }
  }
}
