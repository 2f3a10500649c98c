import DitherTensors
import NoiseDistributions

// Scales that are not numbers known before the pass: relative to the signal, and learned. What a call does besides is
// as without them.
extension LinearCall {
  /// The output, with the scales that the rows of a site's signal give its rules.
  ///
  /// Rules relative to the output's rows wait for whole rows: the kernels would hand them parts.
  mutating func measuredOutput(of input: Tensor) -> Tensor {
    inputNoise = inputNoise.measuring(input)
    if !outputNoise.needsSignal { return output(of: input) }
    var product = self
    product.outputNoise = .none
    let signal = product.output(of: input)
    outputNoise = outputNoise.measuring(signal)
    return outputNoise.applied(to: signal)
  }

  /// The call's pullback, which also adds to the gradients of learned scales; itself where there are none to learn.
  func learning(
    _ scales: LearnedScales, _ pullback: Pullback, input: Tensor, _ pass: Pass
  ) -> Pullback {
    let atInput = inputNoise.isEmpty ? [] : scales.at(site: "input")
    let atOutput = outputNoise.isEmpty ? [] : scales.at(site: "output")
    if !pass.gradients.contains(.parameters) || (atInput + atOutput).isEmpty { return pullback }
    if atInput.isEmpty {
      return Pullback { outputGradient in
        let inputGradient = pullback(outputGradient)
        atOutput.requireUnchanged(layer: "Linear", path: pass.path)
        outputNoise.addScaleGradients(atOutput, outputGradient)
        return inputGradient
      }
    }
    // The scales at the input take the gradient of what its rules give; the rules then take it back to the input.
    var withoutInputNoise = self
    withoutInputNoise.inputNoise = .none
    let parameters = self.pullback(input: input, gradients: .parameters)
    let product = withoutInputNoise.pullback(input: input, gradients: .input)
    return Pullback { outputGradient in
      parameters(outputGradient)
      (atInput + atOutput).requireUnchanged(layer: "Linear", path: pass.path)
      outputNoise.addScaleGradients(atOutput, outputGradient)
      let gradient = product(outputGradient)!
      inputNoise.addScaleGradients(atInput, gradient)
      if !pass.gradients.contains(.input) { return nil }
      return inputNoise.scalesGradient ? inputNoise.gradient(of: gradient) : gradient
    }
  }
}
