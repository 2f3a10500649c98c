import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Peak

/// What is measured, through the public interface alone. Each function returns the figure of one run.
struct Workload {
  let side = 1024
  let drawCount = 1 << 20
  private let square: Linear
  private let squareInput: Tensor
  private let squareGradient: Tensor
  private let inputPullback: Pullback
  private let weightPullback: Pullback
  private let plain: Linear
  private let noisy: Linear
  private let batch: Tensor
  private var draws: [Float]

  init() {
    func gaussian(rows: Int, columns: Int, seed: UInt64) -> Tensor {
      Tensor(
        NoiseStream(seed: seed).draws(
          from: Gaussian(standardDeviation: 1), site: "benchmark", rows: rows, columns: columns),
        shape: [rows, columns])
    }
    square = Linear(inputs: side, outputs: side, bias: false).initialized(seed: 1)
    squareInput = gaussian(rows: side, columns: side, seed: 2)
    squareGradient = gaussian(rows: side, columns: side, seed: 3)
    inputPullback = square.forward(squareInput, .withoutNoise(gradients: .input)).pullback
    weightPullback = square.forward(squareInput, .withoutNoise(gradients: .parameters)).pullback
    plain = Linear(inputs: side, outputs: side).initialized(seed: 1)
    noisy = plain.noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
    batch = gaussian(rows: 256, columns: side, seed: 4)
    draws = [Float](repeating: 0, count: drawCount)
  }

  /// Floating point operations a second of bare fused multiply-adds on `threads` threads, for some 20 ms.
  func peak(threads: Int) -> Double {
    peak_fused_multiply_adds(Int32(threads), 3_000_000)
  }

  /// Floating point operations a second of the three products of a linear layer of 1024×1024×1024.
  func products() -> (forward: Double, inputGradient: Double, weightGradient: Double) {
    let operations = Double(2 * side * side * side)
    return (
      operations / seconds { _ = square(squareInput) },
      operations / seconds { _ = inputPullback(squareGradient) },
      operations / seconds { _ = weightPullback(squareGradient) }
    )
  }

  /// Nanoseconds a standard normal draw.
  mutating func drawing(step: Int) -> Double {
    let side = side
    var span = draws.mutableSpan
    let stream = NoiseStream(seed: 5).at(step: step)
    let elapsed = seconds {
      stream.fill(
        &span, from: Gaussian(standardDeviation: 1), site: "benchmark", rows: side, columns: side)
    }
    return elapsed / Double(drawCount) * 1e9
  }

  /// The time of a layer of 256×1024×1024 with Gaussian noise on its input over that of the same without.
  func noiseOverPlain(step: Int) -> Double {
    let stream = NoiseStream(seed: 6).at(step: step)
    return seconds { _ = noisy.forward(batch, .sampling(stream)) } / seconds { _ = plain(batch) }
  }
}
