import BenchmarkProtocol
import CountingAllocator
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers

/// A network, what trains it, and a batch.
private final class Training {
  private let model: Sequential
  private let optimizer: any Optimizer
  private let inputs: Tensor
  private let labels: [Int]
  private let noise: NoiseStream?

  init(_ step: Case.Step, _ scale: Case.Scale? = nil) {
    model =
      if let scale { network(step.layers, scale) } else { network(step.layers, noise: step.noise) }
    optimizer =
      switch step.optimizer {
      case .sgd: SGD(model.parameters, learningRate: 0.01)
      case .adam: Adam(model.parameters, learningRate: 1e-3)
      }
    inputs = gaussian(rows: step.batch, columns: step.layers[0], seed: 2)
    let classes = step.layers.last!
    labels = (0..<step.batch).map { $0 * 7 % classes }
    noise = step.noise || scale != nil ? NoiseStream(seed: 6) : nil
  }

  func step() {
    let pass =
      noise.map { Pass.training($0.at(step: optimizer.stepCount)) }
      ?? .withoutNoise(gradients: .parameters)
    let (logits, pullback) = model.forward(inputs, pass)
    let (_, gradient) = crossEntropy(logits, labels)
    pullback(gradient)
    optimizer.step()
  }
}

/// Linear layers with ReLU between them; with noise, Gaussian 0.1 on the input and dropout 0.2 after each ReLU, which is
/// the input of the layer that follows.
func network(_ layers: [Int], noise: Bool) -> Sequential {
  Sequential(seed: 1) {
    for index in 1..<layers.count {
      let layer = Linear(
        inputs: layers[index - 1], outputs: layers[index], initializer: .heUniform)
      let rule =
        index == 1 ? .adding(Gaussian(standardDeviation: 0.1)) : NoiseRule.dropout(rate: 0.2)
      noise ? layer.noise(rule, on: .input) : layer
      if index + 1 < layers.count { ReLU() }
    }
  }
}

/// The same with Gaussian noise at a scale.
private func network(_ layers: [Int], _ scale: Case.Scale) -> Sequential {
  Sequential(seed: 1) {
    for index in 1..<layers.count {
      let layer = Linear(
        inputs: layers[index - 1], outputs: layers[index], initializer: .heUniform)
      scaled(layer, scale, isFirst: index == 1, isLast: index + 1 == layers.count)
      if index + 1 < layers.count { ReLU() }
    }
  }
}

private func scaled(
  _ layer: Linear, _ scale: Case.Scale, isFirst: Bool, isLast: Bool
) -> Linear {
  let site: Linear.Site
  switch scale {
  case .fixedOnOutput, .learnedOnOutput, .learnedByFeatureOnOutput: site = .output
  case .fixedOnInput, .learnedOnInput, .learnedByFeatureOnInput: site = .input
  case .fixedOnWeight, .learnedByElementOnWeight: site = .weight
  }
  if site == .output && isLast || site == .input && isFirst { return layer }
  let noiseScale: NoiseScale
  switch scale {
  case .fixedOnOutput, .fixedOnInput, .fixedOnWeight: noiseScale = .fixed(0.1)
  case .learnedOnOutput, .learnedOnInput: noiseScale = .learned(0.1)
  case .learnedByFeatureOnOutput, .learnedByFeatureOnInput:
    noiseScale = .learned(0.1, .perFeature)
  case .learnedByElementOnWeight: noiseScale = .learned(0.1, .perElement)
  }
  return layer.noise(.adding(Gaussian(standardDeviation: 1), scale: noiseScale), on: site)
}

func stepWorkload(_ step: Case.Step, _ scale: Case.Scale? = nil) -> Workload {
  let training = Training(step, scale)
  return { Answer(seconds: secondsOf($0) { training.step() }) }
}

func inferenceWorkload(layers: [Int], batch: Int, threads: Int) -> Workload {
  let frozen = network(layers, noise: false).frozen(threads: threads)
  let inputs = gaussian(rows: batch, columns: layers[0], seed: 2)
  return { Answer(seconds: secondsOf($0) { _ = frozen(inputs) }) }
}

/// What steps allocate once the pool has what they need.
func allocationsWorkload(_ step: Case.Step) throws -> Workload {
  guard counting_is_possible() else { throw Unsupported("allocations are counted on Linux alone") }
  let training = Training(step)
  for _ in 0..<10 { training.step() }
  return { repetitions in
    counting_begin()
    let elapsed = ContinuousClock().measure { for _ in 0..<repetitions { training.step() } }
    let counted = counting_end()
    return Answer(
      seconds: elapsed / .seconds(1),
      counts: Counts(allocations: Int(counted.all), large: Int(counted.large)))
  }
}

/// The most memory that the process held until the end of the run: of use only in a process that did nothing else.
func memoryWorkload(_ step: Case.Step) throws -> Workload {
  guard peakBytes() != nil else { throw Unsupported("peak memory is read on Linux alone") }
  let training = Training(step)
  return { repetitions in
    let seconds = secondsOf(repetitions) { training.step() }
    return Answer(
      seconds: seconds, counts: Counts(allocations: 0, large: 0, peakBytes: peakBytes()))
  }
}
