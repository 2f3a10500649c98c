import DitherRuntime
import DitherTensors
import Foundation
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

  /// Floating point operations a second of bare fused multiply-adds on `threads` threads: the best of three times 20 ms.
  func peak(threads: Int) -> Double {
    // OpenMP's threads spin for 200 ms after their work, and would take half of a processor from the probe.
    Thread.sleep(forTimeInterval: 0.3)
    let rate = (0..<3).map { _ in peak_fused_multiply_adds(Int32(threads), 3_000_000) }.max()!
    // They sleep by now: what is measured next must not pay for waking them.
    _ = square(squareInput)
    return rate
  }

  /// Floating point operations a second of the three products of a linear layer of 1024×1024×1024.
  func products() -> (forward: Double, inputGradient: Double, weightGradient: Double) {
    let repetitions = 3
    func rate(_ product: () -> Void) -> Double {
      let elapsed = seconds { for _ in 0..<repetitions { product() } }
      return Double(2 * side * side * side * repetitions) / elapsed
    }
    return (
      rate { _ = square(squareInput) },
      rate { _ = inputPullback(squareGradient) },
      rate { _ = weightPullback(squareGradient) }
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
    _ = plain(batch)  // whatever ran before has the caches
    var (with, without) = (0.0, 0.0)
    for _ in 0..<5 {
      with += seconds { _ = noisy.forward(batch, .sampling(stream)) }
      without += seconds { _ = plain(batch) }
    }
    return with / without
  }
}
