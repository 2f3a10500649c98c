import DitherTensors
import Layers
import NoiseDistributions
import Optimizers

/// A network with parameters and buffers.
func smallNetwork(_ seed: UInt64, hidden: Int = 5) -> Sequential {
  Sequential(seed: seed) {
    Linear(inputs: 4, outputs: hidden)
    BatchNorm(features: hidden)
    Linear(inputs: hidden, outputs: 3, bias: false)
  }
}

/// A step that gives every parameter a gradient and moves the buffers.
func takeStep(_ model: some Layer, _ optimizer: any Optimizer) {
  let input = Tensor((0..<24).map { Float($0 % 7) - 3 }, shape: [6, 4])
  let noise = NoiseStream(seed: 1).at(step: optimizer.stepCount)
  let (output, pullback) = model.forward(input, .training(noise))
  pullback(output)
  optimizer.step()
}

/// Whether two models have the same parameters and buffers, to the bit.
func haveSameBits(_ a: some Layer, _ b: some Layer) -> Bool {
  let (a, b) = (tensors(of: a), tensors(of: b))
  return Set(a.keys) == Set(b.keys) && a.allSatisfy { b[$0.key]!.isBitwiseEqual(to: $0.value) }
}

private func tensors(of model: some Layer) -> [String: Tensor] {
  var tensors: [String: Tensor] = [:]
  var visitor = LayerVisitor(
    parameter: { name, parameter in
      tensors[name] = parameter.value
      return parameter
    },
    buffer: { name, buffer in
      tensors[name] = buffer
      return buffer
    })
  var model = model
  model.visit(&visitor)
  return tensors
}
