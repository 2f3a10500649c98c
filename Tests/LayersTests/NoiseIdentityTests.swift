import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

/// A linear regression of one output: n rows of four inputs, and weights to be tried.
private struct Regression {
  let x = gaussians([12, 4], seed: 1)
  let y = gaussians([12, 1], seed: 2)
  let w = gaussians([1, 4], seed: 3)
  var rows: Int { x.shape[0] }
  var inputs: Int { x.shape[1] }

  /// Xw − y.
  func residuals(_ w: [Double]) -> [Double] {
    let (x, y) = (Matrix(x), Matrix(y))
    return (0..<rows).map { row in
      var residual = -y[row, 0]
      for j in 0..<inputs { residual += x[row, j] * w[j] }
      return residual
    }
  }

  /// (XᵀX + λI)⁻¹Xᵀy, by elimination; XᵀX + λI is positive definite, so that no rows need change places.
  func ridge(_ penalty: Double) -> [Double] {
    let (x, y) = (Matrix(x), Matrix(y))
    var system = [[Double]](
      repeating: [Double](repeating: 0, count: inputs + 1), count: inputs)
    for i in 0..<inputs {
      system[i][i] = penalty
      for row in 0..<rows {
        for j in 0..<inputs { system[i][j] += x[row, i] * x[row, j] }
        system[i][inputs] += x[row, i] * y[row, 0]
      }
    }
    for pivot in 0..<inputs {
      for row in 0..<inputs where row != pivot {
        let factor = system[row][pivot] / system[pivot][pivot]
        for column in 0...inputs { system[row][column] -= factor * system[pivot][column] }
      }
    }
    return (0..<inputs).map { system[$0][inputs] / system[$0][$0] }
  }

  /// Σⱼ (XᵀX)ⱼⱼ wⱼ².
  func adaptivePenalty(_ w: [Double]) -> Double {
    let x = Matrix(x)
    var sum = 0.0
    for row in 0..<rows {
      for j in 0..<inputs { sum += x[row, j] * x[row, j] * w[j] * w[j] }
    }
    return sum
  }

  /// The rows, `copies` times over.
  func repeated(_ copies: Int) -> (x: Tensor, y: Tensor) {
    (
      Tensor(concatenating: [Tensor](repeating: x, count: copies)),
      Tensor(concatenating: [Tensor](repeating: y, count: copies))
    )
  }

  func layer(_ w: [Double]) -> Linear {
    Linear(weight: Tensor(w.map(Float.init), shape: [1, inputs]), bias: nil)
  }
}

/// Every mask of four bits, with its probability where a bit is set at a rate.
private func masks(rate: Double) -> [(dropped: [Bool], probability: Double)] {
  (0..<16).map { mask in
    let dropped = (0..<4).map { mask >> $0 & 1 == 1 }
    return (dropped, dropped.reduce(1) { $0 * ($1 ? rate : 1 - rate) })
  }
}

@Suite("What noise is known to do to a linear regression")
struct NoiseIdentityTests {
  private let regression = Regression()
  private let copies = 20_000

  @Test("Bishop 1995: Gaussian noise on the input adds nσ²‖w‖² to the expected squared error")
  func bishopLoss() {
    let sigma = 0.5
    let w = Matrix(regression.w).values
    let residuals = regression.residuals(w)
    let layer = regression.layer(w)
      .noise(.adding(Gaussian(standardDeviation: Float(sigma))), on: .input)
    let (x, y) = regression.repeated(copies)
    let error = layer.forward(x, .training(NoiseStream(seed: 7))).output - y
    let spread = sigma * sigma * w.reduce(0) { $0 + $1 * $1 }
    let reach = greatestNormal * sigma * w.reduce(0) { $0 + $1.magnitude }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    // (e + g)² with g normal of variance s² has the variance 4e²s² + 2s⁴.
    expectMean(
      error.scalars.map { Double($0) * Double($0) },
      (squares + Double(regression.rows) * spread) / Double(regression.rows),
      variance: 4 * squares / Double(regression.rows) * spread + 2 * spread * spread,
      bound: residuals.map { ($0.magnitude + reach) * ($0.magnitude + reach) }.max()!,
      "the squared error of a row")
  }

  @Test(
    "Bishop 1995: the expected gradient is 0 at the ridge solution, and not at that without noise")
  func bishopGradient() {
    let sigma = 0.5
    let rows = Double(regression.rows)
    let (x, y) = regression.repeated(copies)
    /// The mean over copies of the gradient of ‖(X + N)w − y‖², and how far it may lie from its expectation.
    func gradient(_ w: [Double]) -> (mean: [Double], threshold: [Double]) {
      let layer = regression.layer(w)
        .noise(.adding(Gaussian(standardDeviation: Float(sigma))), on: .input)
      let (output, pullback) = layer.forward(x, .training(NoiseStream(seed: 8)))
      pullback((output - y) * (2 / Float(copies)))
      let residuals = regression.residuals(w)
      let norm = w.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let reach = greatestNormal * sigma * w.reduce(0) { $0 + $1.magnitude }
      // E of the fourth power of a normal number.
      func fourth(_ mean: Double, _ deviation: Double) -> Double {
        let (a, b) = (mean * mean, deviation * deviation)
        return a * a + 6 * a * b + 3 * b * b
      }
      let inputs = Matrix(regression.x)
      let threshold = (0..<regression.inputs).map { j in
        // Of 2·(x + n)ⱼ·(e + n·w), by Cauchy and Schwarz.
        let variances = (0..<regression.rows).map { row in
          4 * (fourth(inputs[row, j], sigma) * fourth(residuals[row], sigma * norm)).squareRoot()
        }
        let bounds = (0..<regression.rows).map { row in
          4 * (inputs[row, j].magnitude + greatestNormal * sigma)
            * (residuals[row].magnitude + reach)
        }
        return rows
          * Threshold.mean(
            count: regression.rows * copies, variance: variances.reduce(0, +) / rows,
            bound: bounds.max()!, rate: Threshold.failureRate / 4)
      }
      return (Matrix(layer.weight.gradient!).values, threshold)
    }
    let ridge = gradient(regression.ridge(rows * sigma * sigma))
    for (mean, threshold) in zip(ridge.mean, ridge.threshold) {
      #expect(mean.magnitude <= threshold, "\(ridge)")
    }
    let plain = regression.ridge(0)
    let (mean, threshold) = gradient(plain)
    for (index, w) in plain.enumerated() {
      #expect((mean[index] - 2 * rows * sigma * sigma * w).magnitude <= threshold[index])
    }
    #expect(zip(mean, threshold).contains { $0.0.magnitude > 2 * $0.1 })
  }

  @Test(
    "Wager 2013: dropout on the input adds p/(1 − p)·Σⱼ (XᵀX)ⱼⱼ wⱼ² to the expected squared error")
  func wager() {
    let rate = 0.25
    let w = Matrix(regression.w).values
    let layer = regression.layer(w).noise(.dropout(rate: rate), on: .input)
    let (x, y) = regression.repeated(copies)
    let error = layer.forward(x, .training(NoiseStream(seed: 9))).output - y
    let rows = Double(regression.rows)
    let (inputs, targets) = (Matrix(regression.x), Matrix(regression.y))
    // Mean, variance and bound of each row's squared error over the sixteen masks.
    let moments = (0..<regression.rows).map { row in
      squaredErrorMoments(rate: rate) { dropped in
        var error = -targets[row, 0]
        for j in 0..<4 where !dropped[j] { error += inputs[row, j] * w[j] / (1 - rate) }
        return error * error
      }
    }
    let squares = regression.residuals(w).reduce(0) { $0 + $1 * $1 }
    expectMean(
      error.scalars.map { Double($0) * Double($0) },
      (squares + rate / (1 - rate) * regression.adaptivePenalty(w)) / rows,
      variance: moments.reduce(0) { $0 + $1.variance } / rows,
      bound: moments.map(\.bound).max()!, "the squared error of a row")
  }

  @Test("DropConnect, one mask for all rows, adds the same penalty")
  func dropConnect() {
    let rate = 0.25
    let w = Matrix(regression.w).values
    let layer = regression.layer(w).noise(.dropout(rate: rate), on: .weight)
    let losses = (0..<copies).map { step in
      let output = layer.forward(regression.x, .training(NoiseStream(seed: 10).at(step: step)))
        .output
      return (output - regression.y).scalars.reduce(0.0) { $0 + Double($1) * Double($1) }
    }
    let moments = squaredErrorMoments(rate: rate) { dropped in
      let masked = w.enumerated().map { dropped[$0] ? 0 : $1 / (1 - rate) }
      return regression.residuals(masked).reduce(0) { $0 + $1 * $1 }
    }
    let squares = regression.residuals(w).reduce(0) { $0 + $1 * $1 }
    expectMean(
      losses, squares + rate / (1 - rate) * regression.adaptivePenalty(w),
      variance: moments.variance, bound: moments.bound, "the squared error")
  }

  private func squaredErrorMoments(
    rate: Double, _ squaredError: ([Bool]) -> Double
  ) -> (variance: Double, bound: Double) {
    let values = masks(rate: rate).map { ($0.probability, squaredError($0.dropped)) }
    let mean = values.reduce(0) { $0 + $1.0 * $1.1 }
    return (
      values.reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) },
      values.map { ($0.1 - mean).magnitude }.max()!
    )
  }
}
