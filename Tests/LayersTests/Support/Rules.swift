import DitherTensors
import Layers
import NoiseDistributions

/// A distribution of a user's own, by its quantile, through the public interface alone.
struct Triangular: QuantileDistribution {
  var halfWidth: Float
  var mean: Double { 0 }
  var variance: Double { Double(halfWidth * halfWidth) / 6 }

  func quantile(_ p: Float) -> Float {
    p < 0.5
      ? halfWidth * ((2 * p).squareRoot() - 1)
      : halfWidth * (1 - (2 * (1 - p)).squareRoot())
  }
}

/// Each kind of rule, with what it does to an element in double precision.
enum RuleCase: String, CaseIterable, Sendable {
  case addGaussian, addScaledUniform, addCustom, addHeavyTailed
  case multiplyLogNormal, multiplyScaledGaussian, multiplyCustom, multiplyBernoulli
  case replaceUniform, replaceCustom, saltAndPepper
  case dropout, dropoutLowRate, dropoutNothing, dropoutAll

  var rule: NoiseRule {
    switch self {
    case .addGaussian: .adding(Gaussian(standardDeviation: 0.3))
    case .addScaledUniform: .adding(Uniform(low: -1, high: 2), scale: .fixed(0.25))
    case .addCustom: .adding(Triangular(halfWidth: 0.7))
    case .addHeavyTailed: .adding(LogNormal(logMean: 0, logStandardDeviation: 2))
    case .multiplyLogNormal: .multiplying(LogNormal.unitMean(logStandardDeviation: 0.4))
    case .multiplyScaledGaussian:
      .multiplying(Gaussian(mean: 1, standardDeviation: 0.5), scale: .fixed(0.5))
    case .multiplyCustom: .multiplying(Triangular(halfWidth: 0.5))
    case .multiplyBernoulli: .multiplying(Bernoulli(probability: 0.6))
    case .replaceUniform: .replacing(Uniform(halfWidth: 2), rate: 0.3)
    case .replaceCustom: .replacing(Triangular(halfWidth: 1), rate: 0.001)
    case .saltAndPepper: .replacing(SaltAndPepper(rate: 0.25))
    case .dropout: .dropout(rate: 0.4)
    case .dropoutLowRate: .dropout(rate: 0.005)
    case .dropoutNothing: .dropout(rate: 0)
    case .dropoutAll: .dropout(rate: 1)
    }
  }

  /// The a and b of y = a·x + b at each element of the first `rows` rows of a site.
  ///
  /// Draws of adding and multiplying come from the stream at the address that the documentation promises. What is
  /// selected by replacing and dropout is observed: where an element's output does not depend on its input.
  func coefficients(
    _ pass: Pass, site: Linear.Site, slot: Int = 0, rows: Int, columns: Int
  ) -> (a: Matrix, b: Matrix) {
    func draws(_ distribution: some NoiseDistribution) -> Matrix {
      let path = pass.path.isEmpty ? site.rawValue : "\(pass.path).\(site.rawValue)"
      return Matrix(
        Tensor(
          pass.noise!.draws(
            from: distribution, site: path, slot: slot, rows: rows, columns: columns),
          shape: [rows, columns]))
    }
    let zeros = Matrix(rows: rows, columns: columns) { _, _ in 0 }
    let ones = Matrix(rows: rows, columns: columns) { _, _ in 1 }
    switch self {
    case .addGaussian: return (ones, draws(Gaussian(standardDeviation: 0.3)))
    case .addScaledUniform: return (ones, 0.25 * draws(Uniform(low: -1, high: 2)))
    case .addCustom: return (ones, draws(Triangular(halfWidth: 0.7)))
    case .addHeavyTailed: return (ones, draws(LogNormal(logMean: 0, logStandardDeviation: 2)))
    case .multiplyLogNormal:
      return (draws(LogNormal.unitMean(logStandardDeviation: 0.4)), zeros)
    case .multiplyScaledGaussian:
      return (draws(Gaussian(mean: 1, standardDeviation: 0.5)).map { 0.5 * $0 + 0.5 }, zeros)
    case .multiplyCustom: return (draws(Triangular(halfWidth: 0.5)), zeros)
    case .multiplyBernoulli: return (draws(Bernoulli(probability: 0.6)), zeros)
    case .replaceUniform, .replaceCustom, .saltAndPepper, .dropout, .dropoutLowRate,
      .dropoutNothing, .dropoutAll:
      let atZero = observed(pass, site, slot, rows, columns, input: 0)
      let atOne = observed(pass, site, slot, rows, columns, input: 1)
      let a = Matrix(rows: rows, columns: columns) { atOne[$0, $1] - atZero[$0, $1] }
      return (a, atZero)
    }
  }

  /// What the rule makes of one number at each element.
  private func observed(
    _ pass: Pass, _ site: Linear.Site, _ slot: Int, _ rows: Int, _ columns: Int, input: Float
  ) -> Matrix {
    var layer: Linear
    let x: Tensor
    switch site {
    case .input:
      var identity = Tensor(zeros: [columns, columns])
      for index in 0..<columns { identity[index, index] = 1 }
      layer = Linear(weight: identity, bias: nil)
      x = Tensor(repeating: input, shape: [rows, columns])
    case .output:
      layer = Linear(
        weight: Tensor(zeros: [columns, 1]), bias: Tensor(repeating: input, shape: [columns]))
      x = Tensor(zeros: [rows, 1])
    }
    // Rules of scale 0 change nothing and take the slots before.
    for _ in 0..<slot {
      layer = layer.noise(.adding(Gaussian(standardDeviation: 1), scale: .fixed(0)), on: site)
    }
    return Matrix(layer.noise(rule, on: site).forward(x, pass).output)
  }
}

extension Matrix {
  /// a·x + b, element by element, where a = 0 selects b.
  func applying(_ coefficients: (a: Matrix, b: Matrix)) -> Matrix {
    Matrix(rows: rows, columns: columns) { row, column in
      let a = coefficients.a[row, column]
      return a == 0
        ? coefficients.b[row, column] : a * self[row, column] + coefficients.b[row, column]
    }
  }
}
