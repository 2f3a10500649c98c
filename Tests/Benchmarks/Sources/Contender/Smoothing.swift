import BenchmarkProtocol
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions

/// How often each class is answered to one image under noise, as a certificate counts it: other draws at each call.
func smoothingWorkload(layers: [Int], draws: Int) -> Workload {
  let image = gaussian(rows: 1, columns: layers[0], seed: 2)
  let smoothed = RandomizedSmoothing(
    of: NetworkClassifier(network(layers, noise: false), inputShape: [layers[0]]),
    standardDeviation: 1, noise: NoiseStream(seed: 7))
  var sample = 0
  return { repetitions in
    let elapsed = ContinuousClock().measure {
      for _ in 0..<repetitions {
        _ = smoothed.votes(for: image, sample: sample, draws: 0..<draws)
        sample += 1
      }
    }
    return Answer(seconds: elapsed / .seconds(1))
  }
}
