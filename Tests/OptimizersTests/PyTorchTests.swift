import DitherTensors
import Foundation
import Optimizers
import Testing

/// What `Tests/Reference/make_pytorch_reference.py` wrote: runs of 100 steps on two parameters with given gradients.
private struct Reference: Decodable {
  struct Run: Decodable {
    var name: String
    var maximumNorm: Double?
    var halveRateAt: Int?
    var norms: [Double]?
    var values: [[[Float]]]
  }

  var shapes: [[Int]]
  var initial: [[Float]]
  var gradients: [[[Float]?]]
  var recorded: [Int]
  var runs: [Run]

  static func load() throws -> Reference {
    let url = try #require(
      Bundle.module.url(
        forResource: "pytorch-optimizers", withExtension: "json", subdirectory: "Resources"))
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }
}

/// The optimizers of the runs, by name, with the script's hyperparameters.
private let makers: [String: @Sendable ([Parameter]) -> any Optimizer] = [
  "sgd": { SGD($0, learningRate: 0.05) },
  "sgd weight decay": { SGD($0, learningRate: 0.05, weightDecay: 0.1) },
  "sgd momentum": { SGD($0, learningRate: 0.02, momentum: 0.9) },
  "sgd nesterov": { SGD($0, learningRate: 0.02, momentum: 0.9, nesterov: true) },
  "sgd nesterov weight decay": {
    SGD($0, learningRate: 0.02, momentum: 0.8, nesterov: true, weightDecay: 0.05)
  },
  "sgd clipped": { SGD($0, learningRate: 0.05, momentum: 0.5) },
  "adam": { Adam($0, learningRate: 0.01) },
  "adam weight decay": {
    Adam($0, learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-4, weightDecay: 0.1)
  },
  "adamw": { AdamW($0, learningRate: 0.01) },
  "adamw weight decay": {
    AdamW($0, learningRate: 0.02, beta1: 0.7, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.5)
  },
  "adamw clipped": { AdamW($0, learningRate: 0.01) },
]

@Suite("Agreement with PyTorch over 100 steps")
struct PyTorchTests {
  @Test("Every run is compared")
  func complete() throws {
    #expect(try Set(Reference.load().runs.map(\.name)) == Set(makers.keys))
  }

  @Test(
    "The weights agree to 1e-5, a skipped parameter and a changed rate included",
    arguments: makers.keys.sorted())
  func trajectory(name: String) throws {
    let reference = try Reference.load()
    let run = try #require(reference.runs.first { $0.name == name })
    let parameters = zip(reference.initial, reference.shapes).map {
      Parameter(Tensor($0, shape: $1))
    }
    let optimizer = makers[name]!(parameters)
    var recorded = 0
    for (step, gradients) in reference.gradients.enumerated() {
      #expect(optimizer.stepCount == step)
      if step == run.halveRateAt { optimizer.learningRate /= 2 }
      for (parameter, gradient) in zip(parameters, gradients) {
        if let gradient { parameter.addToGradient(Tensor(gradient, shape: parameter.shape)) }
      }
      if let maximumNorm = run.maximumNorm {
        let norm = clipGradients(of: parameters, maximumNorm: maximumNorm)
        #expect(abs(norm - run.norms![step]) <= 1e-6 * norm)
      }
      optimizer.step()
      guard reference.recorded.contains(step + 1) else { continue }
      for (parameter, expected) in zip(parameters, run.values[recorded]) {
        let received = parameter.value.scalars
        let isClose = zip(received, expected).allSatisfy { abs($0 - $1) <= 1e-5 * (1 + abs($1)) }
        #expect(isClose, "step \(step + 1): \(received), PyTorch's \(expected)")
      }
      recorded += 1
    }
    #expect(recorded == run.values.count && recorded == 16)
  }
}
