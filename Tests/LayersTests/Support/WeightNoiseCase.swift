import DitherTensors
import Foundation
import Layers
import NoiseDistributions

/// The layers whose weight noise is a row's own.
enum WeightNoiseCase: String, CaseIterable, Sendable {
  case noisy, flipout, localReparameterization

  private func plain(inputs: Int, outputs: Int, bias: Bool) -> any Layer {
    switch self {
    case .noisy: NoisyLinear(inputs: inputs, outputs: outputs, bias: bias)
    case .flipout:
      FlipoutLinear(inputs: inputs, outputs: outputs, standardDeviation: 0.2, bias: bias)
    case .localReparameterization:
      LocalReparameterizationLinear(
        inputs: inputs, outputs: outputs, standardDeviation: 0.2, bias: bias)
    }
  }

  /// A layer whose parameters are all random numbers, by name.
  func layer(
    inputs: Int, outputs: Int, bias: Bool
  ) -> (layer: any Layer, parameters: [(name: String, parameter: Parameter)]) {
    let layer: any Layer = plain(inputs: inputs, outputs: outputs, bias: bias)
      .initialized(seed: 1)
    let parameters = layer.namedParameters
    for (index, (name, parameter)) in parameters.enumerated() {
      parameter.value = gaussians(parameter.shape, seed: UInt64(20 + index), scale: 0.5)
      if name == "logStandardDeviation" { parameter.value -= 1 }
    }
    return (layer, parameters)
  }

  /// What the layer's documentation says, in double precision, with draws at the addresses that it names.
  func reference(
    _ x: Matrix, _ parameters: [String: Matrix], _ noise: NoiseStream, path: String
  ) -> Matrix {
    let weight = parameters["weight"]!
    let (batch, inputs, outputs) = (x.rows, x.columns, weight.rows)
    func normal(_ site: String, _ rows: Int, _ columns: Int, _ stream: NoiseStream) -> Matrix {
      Matrix(
        Tensor(
          stream.draws(
            from: Gaussian(standardDeviation: 1), site: path + site, rows: rows, columns: columns),
          shape: [rows, columns]))
    }
    func signs(_ site: String, _ columns: Int) -> Matrix {
      Matrix(
        Tensor(
          noise.draws(
            from: Bernoulli(probability: 0.5), site: path + site, rows: batch, columns: columns),
          shape: [batch, columns])
      ).map { 2 * $0 - 1 }
    }
    var mean = x.timesTransposed(weight)
    if let bias = parameters["bias"] { mean = mean + bias }
    let deviation = parameters["logStandardDeviation"].map { $0.map(Foundation.exp) }
    switch self {
    case .noisy:
      func factor(_ site: String, _ columns: Int) -> Matrix {
        normal(site, batch, columns, noise).map { ($0 < 0 ? -1 : 1) * $0.magnitude.squareRoot() }
      }
      var product = x.times(factor("input", inputs)).timesTransposed(parameters["weightSigma"]!)
      if let sigma = parameters["biasSigma"] { product = product + sigma }
      return mean + product.times(factor("output", outputs))
    case .flipout:
      let drawn = deviation!.times(normal("weight", outputs, inputs, noise.rows(from: 0)))
      let product = x.times(signs("input", inputs)).timesTransposed(drawn)
      return mean + product.times(signs("output", outputs))
    case .localReparameterization:
      let variance = x.times(x).timesTransposed(deviation!.times(deviation!))
      return mean + variance.map { $0.squareRoot() }.times(normal("output", batch, outputs, noise))
    }
  }
}
