import DitherTensors

/// The output of a layer that is a linear product plus, in passes with noise, another of the same input.
func sum(
  of mean: LinearCall, and noise: LinearCall?, of input: Tensor, _ pass: Pass
) -> (output: Tensor, pullback: Pullback) {
  var output = mean.output(of: input)
  if let noise { output += noise.output(of: input) }
  if pass.gradients.isEmpty { return (output, .none) }
  let meanPullback = mean.pullback(input: input, gradients: pass.gradients)
  guard let noise else { return (output, meanPullback) }
  let noisePullback = noise.pullback(input: input, gradients: pass.gradients)
  return (
    output,
    Pullback { outputGradient in
      let first = meanPullback(outputGradient)
      let second = noisePullback(outputGradient)
      guard var inputGradient = first, let second else { return nil }
      inputGradient += second
      return inputGradient
    }
  )
}

/// The product of a layer's mean: no noise on it.
func meanCall(
  _ layer: String, weight: Parameter, bias: Parameter?, batch: Int, _ pass: Pass
) -> LinearCall {
  LinearCall(
    layer: layer, path: pass.path, weight: LinearOperand(weight, "weight", pass: pass),
    bias: bias.map { LinearOperand($0, "bias", pass: pass) }, inputNoise: .none,
    outputNoise: .none, batch: batch)
}
