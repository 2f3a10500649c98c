import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions

extension TrainedRun {
  /// The outputs for rows of inputs that are prepared: logits, or logarithms of mean probabilities over samples.
  ///
  /// - Parameters:
  ///   - name: of the data, for messages.
  ///   - rules: noise on the inputs, in the order in which it applies.
  ///   - samples: noisy passes of the network over whose probabilities the mean is taken; nil for one pass without its noise.
  ///   - seed: of both.
  /// - Throws: `InputError` at the first row that has an output that is infinite or not a number.
  func outputs(
    _ inputs: Tensor, of name: String, rules: [NoiseRule] = [], samples: Int? = nil,
    seed: UInt64 = 0
  ) throws(InputError) -> Tensor {
    try predict(inputs) { rows, first throws(InputError) in
      if let samples {
        try mean(rows, of: name, from: first, rules, samples, seed: seed)
      } else {
        try answer(rows, of: name, from: first, rules, seed: seed)
      }
    }
  }

  /// The outputs without the network's noise.
  private func answer(
    _ inputs: Tensor, of name: String, from row: Int, _ rules: [NoiseRule], seed: UInt64
  ) throws(InputError) -> Tensor {
    let noisy = try perturbed(inputs, of: name, from: row, rules, sample: 0, seed: seed)
    let outputs = network(noisy)
    try requireFinite(outputs, "outputs", of: name, from: row)
    return outputs
  }

  private func mean(
    _ inputs: Tensor, of name: String, from row: Int, _ rules: [NoiseRule], _ samples: Int,
    seed: UInt64
  ) throws(InputError) -> Tensor {
    var sum: Tensor?
    for sample in 0..<samples {
      let noisy = try perturbed(inputs, of: name, from: row, rules, sample: sample, seed: seed)
      // A seed for each sample: the step is that of the network's schedules.
      let own = seed &+ UInt64(sample) &* 0x9E37_79B9_7F4A_7C15
      let pass = Pass.sampling(NoiseStream(seed: own).at(step: step).rows(from: row))
      let outputs = network.forward(noisy, pass).output
      try requireFinite(outputs, "outputs", of: name, from: row)
      let probabilities = outputs.softmax()
      sum = sum.map { $0 + probabilities } ?? probabilities
    }
    // A class that no sample gives a chance keeps a finite logarithm.
    let mean = sum! / Float(samples)
    return mean.clamped(to: Float.leastNormalMagnitude...1).log()
  }

  /// The inputs with noise, which is of fixed scale.
  private func perturbed(
    _ inputs: Tensor, of name: String, from row: Int, _ rules: [NoiseRule], sample: Int,
    seed: UInt64
  ) throws(InputError) -> Tensor {
    if rules.isEmpty { return inputs }
    let pass = Pass.sampling(NoiseStream(seed: seed).at(step: sample).rows(from: row))
    var noisy = inputs
    for (index, rule) in rules.enumerated() {
      noisy = Perturb(rule).forward(noisy, pass.child("noise\(index)")).output
    }
    try requireFinite(noisy, "noisy inputs", of: name, from: row)
    return noisy
  }
}
