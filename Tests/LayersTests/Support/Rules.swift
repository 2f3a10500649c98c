import CKernels
import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport

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
    case .addCustom: .adding(Tent(halfWidth: 0.7))
    case .addHeavyTailed: .adding(LogNormal(logMean: 0, logStandardDeviation: 2))
    case .multiplyLogNormal: .multiplying(LogNormal.unitMean(logStandardDeviation: 0.4))
    case .multiplyScaledGaussian:
      .multiplying(Gaussian(mean: 1, standardDeviation: 0.5), scale: .fixed(0.5))
    case .multiplyCustom: .multiplying(Tent(halfWidth: 0.5))
    case .multiplyBernoulli: .multiplying(Bernoulli(probability: 0.6))
    case .replaceUniform: .replacing(Uniform(halfWidth: 2), rate: 0.3)
    case .replaceCustom: .replacing(Tent(halfWidth: 1), rate: 0.001)
    case .saltAndPepper: .replacing(SaltAndPepper(rate: 0.25))
    case .dropout: .dropout(rate: 0.4)
    case .dropoutLowRate: .dropout(rate: 0.005)
    case .dropoutNothing: .dropout(rate: 0)
    case .dropoutAll: .dropout(rate: 1)
    }
  }

  /// The a and b of y = a·x + b at each element of the first `rows` rows of a site. The rows of a parameter are its own,
  /// from 0 on; a bias is one column.
  ///
  /// All come from draws at the address that the documentation promises, none from what a layer does: values from the
  /// rule's distribution, what dropout selects from Bernoulli's draws, what replacing selects from those in plane 255.
  func coefficients(
    _ pass: Pass, site: Linear.Site, slot: Int = 0, rows: Int, columns: Int
  ) -> (a: Matrix, b: Matrix) {
    let path = pass.path.isEmpty ? site.rawValue : "\(pass.path).\(site.rawValue)"
    let ofBatch = site == .input || site == .output
    let stream = ofBatch ? pass.noise! : pass.noise!.rows(from: 0)
    func draws(_ distribution: some NoiseDistribution) -> Matrix {
      Matrix(
        Tensor(
          stream.draws(
            from: distribution, site: path, slot: slot, rows: rows, columns: columns),
          shape: [rows, columns]))
    }
    func replacing(_ distribution: some NoiseDistribution, rate: Double) -> (a: Matrix, b: Matrix) {
      let selected = Matrix(
        Tensor(
          selection(
            rate, stream.address(of: path, slot: slot, rows: rows, columns: columns)),
          shape: [rows, columns]))
      let values = draws(distribution)
      return (
        selected.map { 1 - $0 },
        Matrix(rows: rows, columns: columns) { selected[$0, $1] * values[$0, $1] }
      )
    }
    func dropout(rate: Double) -> (a: Matrix, b: Matrix) {
      let drawn = Bernoulli(probability: rate)
      return (draws(drawn).map { $0 == 1 ? 0 : 1 / (1 - drawn.mean) }, zeros)
    }
    let zeros = Matrix(rows: rows, columns: columns) { _, _ in 0 }
    let ones = Matrix(rows: rows, columns: columns) { _, _ in 1 }
    switch self {
    case .addGaussian: return (ones, draws(Gaussian(standardDeviation: 0.3)))
    case .addScaledUniform: return (ones, 0.25 * draws(Uniform(low: -1, high: 2)))
    case .addCustom: return (ones, draws(Tent(halfWidth: 0.7)))
    case .addHeavyTailed: return (ones, draws(LogNormal(logMean: 0, logStandardDeviation: 2)))
    case .multiplyLogNormal:
      return (draws(LogNormal.unitMean(logStandardDeviation: 0.4)), zeros)
    case .multiplyScaledGaussian:
      return (draws(Gaussian(mean: 1, standardDeviation: 0.5)).map { 0.5 * $0 + 0.5 }, zeros)
    case .multiplyCustom: return (draws(Tent(halfWidth: 0.5)), zeros)
    case .multiplyBernoulli: return (draws(Bernoulli(probability: 0.6)), zeros)
    case .replaceUniform: return replacing(Uniform(halfWidth: 2), rate: 0.3)
    case .replaceCustom: return replacing(Tent(halfWidth: 1), rate: 0.001)
    case .saltAndPepper:
      let values = draws(SaltAndPepper(rate: 0.25))
      return (values.map { $0 == 0 ? 1 : 0 }, values)
    case .dropout: return dropout(rate: 0.4)
    case .dropoutLowRate: return dropout(rate: 0.005)
    case .dropoutNothing: return dropout(rate: 0)
    case .dropoutAll: return dropout(rate: 1)
    }
  }
}

/// 1 where replacing at a rate selects the element, else 0. Distributions may not draw in its plane, so a kernel is asked.
private func selection(_ rate: Double, _ address: NoiseAddress) -> [Float] {
  var place = address.kernelAddress
  place.plane = 255
  var draw = unsafe Bernoulli(probability: rate).draw
  var execution = unsafe Execution.current.kernelExecution
  var selected = [Float](repeating: .nan, count: address.rows * address.columns)
  let (rows, columns) = (address.rows, address.columns)
  check(unsafe ck_fill(&execution, &draw, &place, rows, columns, &selected, columns))
  return selected
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
