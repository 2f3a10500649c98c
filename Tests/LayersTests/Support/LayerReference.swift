import DitherTensors
import Foundation
import Layers
import Testing

/// What `Tests/Reference/make_layers_reference.py` wrote.
struct LayerReference: Decodable {
  struct Activation: Decodable {
    var name: String
    var x: [Float], y: [Float], dy: [Float], dx: [Float]
  }
  struct Softmax: Decodable {
    var shape: [Int]
    var x: [Float], y: [Float], dy: [Float], dx: [Float]
  }
  struct LayerNorm: Decodable {
    var shape: [Int], epsilon: Float
    var x: [Float], y: [Float], dy: [Float], dx: [Float]
    var scale: [Float]?, shift: [Float]?, dscale: [Float]?, dshift: [Float]?
  }
  struct BatchNorm: Decodable {
    struct Pass: Decodable {
      var training: Bool
      var x: [Float], y: [Float], dy: [Float], dx: [Float]
      var dscale: [Float]?, dshift: [Float]?
      var runningMean: [Float], runningVariance: [Float]
    }
    var rows: Int, features: Int, epsilon: Float, momentum: Float
    var scale: [Float]?, shift: [Float]?
    var passes: [Pass]
  }
  struct CrossEntropy: Decodable {
    var shape: [Int], input: [Float], labels: [Int], smoothing: Float, weights: [Float]?
    var loss: Float, gradient: [Float]
    /// Divided by the sum of the labels' weights.
    var mean: Float, meanGradient: [Float]
  }
  struct Loss: Decodable {
    var shape: [Int], input: [Float], targets: [Float], delta: Float?
    var loss: Float, gradient: [Float]
  }

  var activations: [Activation]
  var softmax: [Softmax]
  var layerNorm: [LayerNorm]
  var batchNorm: [BatchNorm]
  var crossEntropy: [CrossEntropy]
  var binaryCrossEntropy: [Loss]
  var meanAbsoluteError: [Loss]
  var huberLoss: [Loss]

  static func load() throws -> LayerReference {
    let url = try #require(
      Bundle.module.url(
        forResource: "pytorch-activations-normalisations-losses", withExtension: "json",
        subdirectory: "Resources"))
    return try JSONDecoder().decode(LayerReference.self, from: Data(contentsOf: url))
  }
}

/// Expects of each layer the output and the gradient of the reference of its name, to 10⁻⁶.
func expectActivations(
  _ layers: [String: any Layer], agreeWith references: [LayerReference.Activation]
) throws {
  #expect(references.count == layers.count)
  for reference in references {
    let layer = try #require(layers[reference.name])
    let (y, pullback) = layer.forward(Tensor(reference.x), .withoutNoise(gradients: .input))
    expectClose(y, reference.y, 1e-6, "\(reference.name) y")
    expectClose(pullback(Tensor(reference.dy))!, reference.dx, 1e-6, "\(reference.name) dx")
  }
}
