import BenchmarkProtocol
import DitherTensors
import NoiseDistributions

/// Draws into one buffer, at another step each time.
func fillWorkload(_ distribution: Case.Distribution, count: Int) throws -> Workload {
  switch distribution {
  case .gaussian: try fillWorkload(Gaussian(standardDeviation: 1), count: count)
  case .uniform: try fillWorkload(Uniform(low: 0, high: 1), count: count)
  case .bernoulli: try fillWorkload(Bernoulli(probability: 0.5), count: count)
  case .logNormal: try fillWorkload(LogNormal(logStandardDeviation: 1), count: count)
  case .laplace: try fillWorkload(Laplace(scale: 1), count: count)
  case .logistic: try fillWorkload(Logistic(scale: 1), count: count)
  case .triangular: try fillWorkload(Triangular(halfWidth: 1), count: count)
  case .exponential: try fillWorkload(Exponential(scale: 1), count: count)
  case .rademacher: try fillWorkload(Rademacher(), count: count)
  case .impulse: try fillWorkload(Impulse(probability: 0.1), count: count)
  case .poisson: try fillWorkload(Poisson(rate: 4), count: count)
  case .saltAndPepper: try fillWorkload(SaltAndPepper(rate: 0.1), count: count)
  case .constant: try fillWorkload(Constant(value: 1), count: count)
  case .truncated:
    try fillWorkload(
      Truncated(Gaussian(standardDeviation: 1), low: -2, high: 2), count: count)
  case .mixture:
    try fillWorkload(
      Mixture(Gaussian(standardDeviation: 1), Gaussian(standardDeviation: 10), weight: 0.9),
      count: count)
  }
}

private func fillWorkload(_ distribution: some NoiseDistribution, count: Int) throws -> Workload {
  let columns = min(count, 1024)
  guard count % columns == 0 else { throw Unsupported("a count that is no multiple of 1024") }
  let buffer = Buffer(count: count)
  let stream = NoiseStream(seed: 5)
  var step = 0
  return {
    Answer(
      seconds: secondsOf($0) {
        buffer.tensor.withMutableSpan { span in
          stream.at(step: step).fill(
            &span, from: distribution, site: "benchmark", rows: count / columns, columns: columns)
        }
        step += 1
      })
  }
}

/// Memory that is written in place: held by one alone.
private final class Buffer {
  var tensor: Tensor
  init(count: Int) { tensor = Tensor(zeros: [count]) }
}
