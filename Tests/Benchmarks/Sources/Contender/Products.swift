import BenchmarkProtocol
import DitherTensors
import Layers
import NoiseDistributions

/// One of the three products of a linear layer, as the layer itself computes it.
func productWorkload(_ direction: Case.Direction, _ product: Case.Product) -> Workload {
  let layer = Linear(inputs: product.inputs, outputs: product.outputs, bias: false)
    .initialized(seed: 1)
  let input = gaussian(rows: product.batch, columns: product.inputs, seed: 2)
  let gradient = gaussian(rows: product.batch, columns: product.outputs, seed: 3)
  switch direction {
  case .forward:
    return { Answer(seconds: secondsOf($0) { _ = layer(input) }) }
  case .inputGradient:
    let pullback = layer.forward(input, .withoutNoise(gradients: .input)).pullback
    return { Answer(seconds: secondsOf($0) { pullback(gradient) }) }
  case .weightGradient:
    let pullback = layer.forward(input, .withoutNoise(gradients: .parameters)).pullback
    return {
      Answer(
        seconds: secondsOf($0) {
          // As after a step: what is computed replaces what was there, as a product's result does.
          layer.weight.clearGradient()
          pullback(gradient)
        })
    }
  }
}

/// A layer with its bias, and a batch: the same memory for all noises of a shape, so that their times differ by nothing else.
final class SharedLayer {
  private var made: (product: Case.Product, layer: Linear, input: Tensor)?

  func of(_ product: Case.Product) -> (layer: Linear, input: Tensor) {
    if let made, made.product == product { return (made.layer, made.input) }
    let layer = Linear(inputs: product.inputs, outputs: product.outputs).initialized(seed: 1)
    let input = gaussian(rows: product.batch, columns: product.inputs, seed: 2)
    made = (product, layer, input)
    return (layer, input)
  }
}

/// The forward pass of a linear layer, and noise at another step each time.
func noisyForwardWorkload(
  _ noise: Case.Noise, _ product: Case.Product, _ shared: SharedLayer
) -> Workload {
  let (plain, input) = shared.of(product)
  let layer: Linear
  switch noise {
  case .none: return { Answer(seconds: secondsOf($0) { _ = plain(input) }) }
  case .inputGaussian: layer = plain.noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
  case .outputGaussian: layer = plain.noise(.adding(Gaussian(standardDeviation: 0.1)), on: .output)
  case .outputDropout: layer = plain.noise(.dropout(rate: 0.2), on: .output)
  case .weightGaussian: layer = plain.noise(.adding(Gaussian(standardDeviation: 0.1)), on: .weight)
  case .weightDropout: layer = plain.noise(.dropout(rate: 0.2), on: .weight)
  case .inputTriangular:
    layer = plain.noise(.adding(Tent(standardDeviation: 0.1)), on: .input)
  case .inputLogistic:
    layer = plain.noise(.adding(CustomLogistic(standardDeviation: 0.1)), on: .input)
  case .inputLogisticTile:
    layer = plain.noise(.adding(LogisticByTile(standardDeviation: 0.1)), on: .input)
  }
  let stream = NoiseStream(seed: 4)
  var step = 0
  return {
    Answer(
      seconds: secondsOf($0) {
        _ = layer.forward(input, .sampling(stream.at(step: step))).output
        step += 1
      })
  }
}
