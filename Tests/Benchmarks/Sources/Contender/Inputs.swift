import DitherTensors
import NoiseDistributions

/// Standard normal draws, the same at each run.
func gaussian(rows: Int, columns: Int, seed: UInt64) -> Tensor {
  Tensor(uninitialized: [rows, columns]) { span in
    NoiseStream(seed: seed).fill(
      &span, from: Gaussian(standardDeviation: 1), site: "benchmark", rows: rows, columns: columns)
  }
}
