import DitherTensors
import Foundation
import NoiseDistributions
import Optimizers
import Testing

/// What `Tests/Reference/make_optimizers_reference.py` wrote: runs of 100 steps on two parameters with given gradients.
private struct Reference: Decodable {
  struct Run: Decodable {
    var values: [[[Float]]?]
    var rates: [Double]?
  }

  var shapes: [[Int]]
  var initial: [[Float]]
  var gradients: [[[Float]?]]
  /// Of the losses ½·(w − c)ᵀ·A·(w − c) of the runs of sharpness-aware minimisation.
  var matrices: [[Float]]
  var centres: [[Float]]
  var recorded: [Int]
  var runs: [String: Run]

  static func load() throws -> Reference {
    let url = try #require(
      Bundle.module.url(
        forResource: "optimizers", withExtension: "json", subdirectory: "Resources"))
    return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url))
  }

  var parameters: [Parameter] { zip(initial, shapes).map { Parameter(Tensor($0, shape: $1)) } }

  func addGradients(_ step: Int, to parameters: [Parameter]) {
    for (parameter, gradient) in zip(parameters, gradients[step]) {
      if let gradient { parameter.addToGradient(Tensor(gradient, shape: parameter.shape)) }
    }
  }

  /// Those of the quadratic losses at the weights, too, in double precision.
  func addGradientsOfLosses(_ step: Int, to parameters: [Parameter]) {
    for (place, parameter) in parameters.enumerated() {
      guard let gradient = gradients[step][place] else { continue }
      let distances = zip(parameter.value.scalars, centres[place]).map { Double($0) - Double($1) }
      let sums = gradient.indices.map { row in
        distances.indices.reduce(Double(gradient[row])) {
          $0 + Double(matrices[place][row * distances.count + $1]) * distances[$1]
        }
      }
      parameter.addToGradient(Tensor(sums.map { Float($0) }, shape: parameter.shape))
    }
  }

  /// Expects the values after a step, where they are recorded.
  func expect(_ received: [Tensor], after step: Int, of run: Run) {
    guard let place = recorded.firstIndex(of: step + 1) else { return }
    guard let expected = run.values[place] else {
      Issue.record("step \(step + 1): nothing is recorded")
      return
    }
    for (received, expected) in zip(received, expected) {
      let isClose = zip(received.scalars, expected).allSatisfy {
        abs($0 - $1) <= 1e-5 * (1 + abs($1))
      }
      #expect(isClose, "step \(step + 1): \(received), the reference's \(expected)")
    }
  }
}

private let noise = NoiseStream(seed: 42)

/// The optimizers of the runs, by name, with the script's hyperparameters.
private let makers: [String: @Sendable ([Parameter]) -> any Optimizer] = [
  "rmsprop": { RMSprop($0) },
  "rmsprop momentum": {
    RMSprop(
      $0, learningRate: 0.005, smoothing: 0.9, epsilon: 1e-6, weightDecay: 0.1, momentum: 0.8)
  },
  "rmsprop centered": {
    RMSprop($0, learningRate: 0.01, smoothing: 0.95, epsilon: 1e-4, isCentered: true)
  },
  "rmsprop centered momentum": {
    RMSprop(
      $0, learningRate: 0.002, smoothing: 0.3, epsilon: 1e-2, weightDecay: 0.05, momentum: 0.5,
      isCentered: true)
  },
  "adagrad": { Adagrad($0) },
  "adagrad decays": {
    Adagrad(
      $0, learningRate: 0.2, learningRateDecay: 0.02, weightDecay: 0.1, initialSquareSum: 0.3,
      epsilon: 1e-6)
  },
  "lion": { Lion($0) },
  "lion weight decay": {
    Lion($0, learningRate: 0.01, beta1: 0.8, beta2: 0.95, weightDecay: 0.3)
  },
  "annealed noise": {
    SGD(
      $0, learningRate: 0.05,
      gradientNoise: .annealed(variance: 0.3, exponent: 0.55, from: noise))
  },
  "sgld": { SGLD($0, learningRate: 0.02, temperature: 0.1, noise: noise) },
  "sgld weight decay": {
    SGLD($0, learningRate: 0.01, temperature: 1, noise: noise, weightDecay: 0.5)
  },
  "preconditioned sgld": {
    PreconditionedSGLD($0, learningRate: 1e-3, temperature: 0.01, noise: noise, epsilon: 1e-2)
  },
  "preconditioned sgld weight decay": {
    PreconditionedSGLD(
      $0, learningRate: 1e-3, temperature: 0.1, noise: noise, smoothing: 0.9, epsilon: 0.1,
      weightDecay: 0.5)
  },
  "groups": {
    AdamW(
      $0, learningRate: 0.02, weightDecay: 0.05,
      groups: [ParameterGroup([$0[0]], learningRateFactor: 0.1, weightDecay: 0.3)])
  },
  "row norms": {
    SGD(
      $0, learningRate: 0.2, momentum: 0.5, groups: [ParameterGroup($0, maximumRowNorm: 0.8)])
  },
  "schedule": {
    let optimizer = SGD($0, learningRate: 7)
    optimizer.learningRateSchedule = .warmUp(
      from: 0.02, over: 20, then: .cosine(from: 0.1, to: 0, over: 80))
    return optimizer
  },
]

private let averages: [String: (kind: WeightAverage.Kind, isTaken: @Sendable (Int) -> Bool)] = [
  "average exponential": (.exponential(decay: 0.95), { _ in true }),
  "average equal": (.equal, { $0 >= 39 && $0 % 5 == 4 }),
]

private let sharpened: [String: (radius: Double, make: @Sendable ([Parameter]) -> any Optimizer)] =
  [
    "sharpness sgd": (0.1, { SGD($0, learningRate: 0.05, momentum: 0.9) }),
    "sharpness adamw": (0.5, { AdamW($0, learningRate: 0.01) }),
  ]

@Suite("Agreement with PyTorch, or with the paper's formula, over 100 steps, to 1e-5")
struct ReferenceTests {
  @Test("Every run is compared")
  func complete() throws {
    let compared = Set(makers.keys).union(averages.keys).union(sharpened.keys)
    #expect(try Set(Reference.load().runs.keys) == compared)
  }

  @Test("The weights agree, a skipped parameter included", arguments: makers.keys.sorted())
  func trajectory(name: String) throws {
    let reference = try Reference.load()
    let run = try #require(reference.runs[name])
    let parameters = reference.parameters
    let optimizer = makers[name]!(parameters)
    for step in reference.gradients.indices {
      if let rate = run.rates?[step] {
        #expect(abs(optimizer.learningRate - rate) <= 1e-12, "step \(step)")
      }
      reference.addGradients(step, to: parameters)
      optimizer.step()
      reference.expect(parameters.map(\.value), after: step, of: run)
    }
  }

  @Test(
    "Averages agree; what they are averages of goes on as without",
    arguments: averages.keys.sorted())
  func average(name: String) throws {
    let reference = try Reference.load()
    let run = try #require(reference.runs[name])
    let (kind, isTaken) = averages[name]!
    let parameters = reference.parameters
    let optimizer = SGD(parameters, learningRate: 0.1)
    let average = WeightAverage(parameters, kind)
    for step in reference.gradients.indices {
      reference.addGradients(step, to: parameters)
      optimizer.step()
      if isTaken(step) { average.update() }
      guard average.updateCount > 0 else { continue }
      let weights = parameters.map(\.value)
      average.withAverages { reference.expect(parameters.map(\.value), after: step, of: run) }
      #expect(zip(parameters, weights).allSatisfy { $0.value.isBitwiseEqual(to: $1) })
    }
  }

  @Test("Sharpness-aware steps agree", arguments: sharpened.keys.sorted())
  func sharpness(name: String) throws {
    let reference = try Reference.load()
    let run = try #require(reference.runs[name])
    let (radius, make) = sharpened[name]!
    let parameters = reference.parameters
    let optimizer = make(parameters)
    for step in reference.gradients.indices {
      reference.addGradientsOfLosses(step, to: parameters)
      optimizer.sharpnessAwareStep(radius: radius) {
        reference.addGradientsOfLosses(step, to: parameters)
      }
      reference.expect(parameters.map(\.value), after: step, of: run)
    }
  }
}
