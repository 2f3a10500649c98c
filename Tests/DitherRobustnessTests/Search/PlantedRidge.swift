import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers

/// A linear regression that is judged under noise on its input, for which the best scale of noise in training is known.
///
/// Trained with noise of variance σ² on its input it becomes the ridge regression with λ = N·σ² (Bishop 1995, *Training with noise is
/// equivalent to Tikhonov regularization*; exact for a linear model). Inputs are standard normal, so that of weights w the expected
/// squared error under test noise of variance τ² is |w − w*|² + τ²·|w|², and a constant.
struct PlantedRidge {
  static let features = 8
  static let rows = 64
  static let validationRows = 8000
  private static let labelNoise: Float = 0.2

  let testDeviation: Float
  private let seed: UInt64
  private let weights: [Float]
  private let training: (inputs: [Float], targets: [Float])
  private let validation: (inputs: [Float], targets: [Float])

  init(seed: UInt64, testDeviation: Float) {
    self.seed = seed
    self.testDeviation = testDeviation
    let stream = NoiseStream(seed: seed).in(.evaluation)
    func draws(_ site: String, _ rows: Int, _ columns: Int) -> [Float] {
      stream.draws(
        from: Gaussian(standardDeviation: 1), site: site, rows: rows, columns: columns)
    }
    // Of length 1.
    let direction = draws("planted weights", 1, Self.features)
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let weights = direction.map { $0 / length }
    func part(_ name: String, _ rows: Int) -> (inputs: [Float], targets: [Float]) {
      let inputs = draws("\(name) inputs", rows, Self.features)
      let errors = draws("\(name) errors", rows, 1)
      let targets = (0..<rows).map { row in
        (0..<Self.features).reduce(Self.labelNoise * errors[row]) {
          $0 + weights[$1] * inputs[row * Self.features + $1]
        }
      }
      return (inputs, targets)
    }
    self.weights = weights
    training = part("training", Self.rows)
    validation = part("validation", Self.validationRows)
  }

  /// A regression that is given, to compare what is known of it; judged on what it is trained on.
  init(testDeviation: Float, weights: [Float], inputs: [Float], targets: [Float]) {
    seed = 0
    self.testDeviation = testDeviation
    self.weights = weights
    training = (inputs, targets)
    validation = training
  }

  var validationTargets: [Float] { validation.targets }

  /// The scale with the least expected error under test noise, of exact ridge regressions a factor of 1.002 apart.
  var bestScale: Double {
    var best = (scale: 0.0, error: Double.infinity)
    var scale = 0.02
    while scale < 5 {
      let ridge = ridgeWeights(lambda: Double(Self.rows) * scale * scale)
      var error = 0.0
      for (own, planted) in zip(ridge, weights) {
        let difference = own - Double(planted)
        let deviation = Double(testDeviation)
        error += difference * difference + deviation * deviation * own * own
      }
      if error < best.error { best = (scale, error) }
      scale *= 1.002
    }
    return best.scale
  }

  /// (XᵀX + λI)⁻¹·Xᵀy, by Gaussian elimination in double precision.
  func ridgeWeights(lambda: Double) -> [Double] {
    let size = Self.features
    var system = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
    for row in 0..<Self.rows {
      let inputs = training.inputs[row * size..<(row + 1) * size].map(Double.init)
      for i in 0..<size {
        for j in 0..<size { system[i][j] += inputs[i] * inputs[j] }
        system[i][size] += inputs[i] * Double(training.targets[row])
      }
    }
    for i in 0..<size { system[i][i] += lambda }
    // Symmetric and positive definite: no pivots are needed.
    for pivot in 0..<size {
      for row in 0..<size where row != pivot {
        let factor = system[row][pivot] / system[pivot][pivot]
        for column in pivot...size { system[row][column] -= factor * system[pivot][column] }
      }
    }
    return (0..<size).map { system[$0][size] / system[$0][$0] }
  }

  /// The trials of a search: labels are the numbers of rows, the score is the negative squared error.
  func trials() throws -> NetworkTrials {
    func data(_ inputs: [Float], _ rows: Int, _ name: String) -> LabelledData {
      LabelledData(
        inputs: Tensor(inputs, shape: [rows, Self.features]), labels: Array(0..<rows),
        classes: Self.validationRows, name: name)
    }
    let targets = Tensor(training.targets, shape: [Self.rows, 1])
    let expected = validation.targets
    return try NetworkTrials(
      training: data(training.inputs, Self.rows, "planted training"),
      validation: data(validation.inputs, Self.validationRows, "planted validation"),
      noisyInputs: .adding(Gaussian(standardDeviation: testDeviation), draws: 4), seed: seed,
      batchSize: Self.rows,
      loss: { outputs, rows, count in
        meanSquaredError(outputs, targets.rows(at: rows), count: count)
      },
      score: { outputs, rows in
        zip(outputs.scalars, rows).map { output, row in
          let error = output - expected[row]
          return -error * error
        }
      },
      network: { rule, site in
        let linear = Linear(inputs: Self.features, outputs: 1, bias: false)
        guard let rule else { return Sequential([linear]) }
        return Sequential([linear.noise(rule, on: site == "input" ? .input : .output)])
      },
      optimizer: { parameters, steps in
        let optimizer = SGD(parameters, learningRate: 0.1)
        optimizer.learningRateSchedule = .linear(from: 0.1, to: 0, over: steps)
        return optimizer
      })
  }

  /// Scales a factor of 2 apart, one that is learned, and noise on the output, which does nothing for a regression.
  static func search() throws -> NoiseSearch {
    let gaussian = Gaussian(standardDeviation: 1)
    return try NoiseSearch(
      families: [
        NoiseFamily(
          adding: gaussian, "gaussian", at: "input", scales: [0.0625, 0.125, 0.25, 0.5, 1],
          learnedFrom: 0.5),
        NoiseFamily(adding: gaussian, "gaussian", at: "output", scales: [0.125, 0.25, 0.5]),
      ],
      epochs: 400, budget: 20_400, replicates: 4, finalists: 3)
  }
}
