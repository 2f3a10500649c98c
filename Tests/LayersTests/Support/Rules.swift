import CKernels
import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport

/// Each kind of rule, with what it does to an element in double precision.
enum RuleCase: String, CaseIterable, Sendable {
  case addGaussian, addScaledUniform, addScheduled, addCustom, addHeavyTailed
  case addShot, addScheduledShot
  case multiplyLogNormal, multiplyScaledGaussian, multiplyScheduled, multiplyCustom,
    multiplyBernoulli
  case replaceUniform, replaceCustom, saltAndPepper
  case dropout, dropoutLowRate, dropoutNothing, dropoutAll
  case gaussianDropout, gaussianDropoutNothing
  case alphaDropout, alphaDropoutLowRate, alphaDropoutNothing, alphaDropoutAll
  case addPerRow, addShotInBlocks, multiplyPerFeature, replaceInBlocks, saltAndPepperPerFeature,
    dropoutPerFeature, gaussianDropoutInBlocks, alphaDropoutPerRow

  /// The rule whose draws are shared, and how.
  private var shared: (rule: RuleCase, sharing: NoiseSharing)? {
    switch self {
    case .addPerRow: (.addGaussian, .perRow)
    case .addShotInBlocks: (.addShot, Self.blocks)
    case .multiplyPerFeature: (.multiplyLogNormal, .perFeature)
    case .replaceInBlocks: (.replaceUniform, Self.blocks)
    case .saltAndPepperPerFeature: (.saltAndPepper, .perFeature)
    case .dropoutPerFeature: (.dropout, .perFeature)
    case .gaussianDropoutInBlocks: (.gaussianDropout, Self.blocks)
    case .alphaDropoutPerRow: (.alphaDropout, .perRow)
    default: nil
    }
  }

  private static let blocks = NoiseSharing.blocks(of: 3)
  private static let schedule = Schedule.linear(from: 1, to: 0.2, over: 8)

  var rule: NoiseRule {
    if let (rule, sharing) = shared { return rule.rule.shared(sharing) }
    return unsharedRule
  }

  private var unsharedRule: NoiseRule {
    switch self {
    case .addGaussian: .adding(Gaussian(standardDeviation: 0.3))
    case .addScaledUniform: .adding(Uniform(low: -1, high: 2), scale: .fixed(0.25))
    case .addScheduled: .adding(Gaussian(standardDeviation: 0.3), scale: .scheduled(Self.schedule))
    case .addShot: .addingShotNoise(scale: .fixed(0.4))
    case .addScheduledShot:
      .addingShotNoise(Uniform(halfWidth: 1), scale: .scheduled(Self.schedule))
    case .addCustom: .adding(Tent(halfWidth: 0.7))
    case .addHeavyTailed: .adding(LogNormal(logMean: 0, logStandardDeviation: 2))
    case .multiplyLogNormal: .multiplying(LogNormal.unitMean(logStandardDeviation: 0.4))
    case .multiplyScaledGaussian:
      .multiplying(Gaussian(mean: 1, standardDeviation: 0.5), scale: .fixed(0.5))
    case .multiplyScheduled:
      .multiplying(
        LogNormal.unitMean(logStandardDeviation: 0.4), scale: .scheduled(Self.schedule))
    case .multiplyCustom: .multiplying(Tent(halfWidth: 0.5))
    case .multiplyBernoulli: .multiplying(Bernoulli(probability: 0.6))
    case .replaceUniform: .replacing(Uniform(halfWidth: 2), rate: 0.3)
    case .replaceCustom: .replacing(Tent(halfWidth: 1), rate: 0.001)
    case .saltAndPepper: .replacing(SaltAndPepper(rate: 0.25))
    case .dropout: .dropout(rate: 0.4)
    case .dropoutLowRate: .dropout(rate: 0.005)
    case .dropoutNothing: .dropout(rate: 0)
    case .dropoutAll: .dropout(rate: 1)
    case .gaussianDropout: .gaussianDropout(rate: 0.3)
    case .gaussianDropoutNothing: .gaussianDropout(rate: 0)
    case .alphaDropout: .alphaDropout(rate: 0.3)
    case .alphaDropoutLowRate: .alphaDropout(rate: 0.005)
    case .alphaDropoutNothing: .alphaDropout(rate: 0)
    case .alphaDropoutAll: .alphaDropout(rate: 1)
    case .addPerRow, .addShotInBlocks, .multiplyPerFeature, .replaceInBlocks,
      .saltAndPepperPerFeature, .dropoutPerFeature, .gaussianDropoutInBlocks, .alphaDropoutPerRow:
      preconditionFailure("\(self) shares its draws")
    }
  }

  /// The a and b of y = a·x + b at each element of the first `rows` rows of a site. The rows of a parameter are its own,
  /// from 0 on; a bias is one column.
  ///
  /// All come from draws at the address that the documentation promises, none from what a layer does: values from the
  /// rule's distribution, what dropout selects from Bernoulli's draws, what replacing selects from those in plane 255.
  ///
  /// - Parameter operand: the x that the rule is applied to. Shot noise alone depends on it: its b is a multiple of √|x|, which
  ///   the gradient holds constant.
  func coefficients(
    _ pass: Pass, site: Linear.Site, slot: Int = 0, rows: Int, columns: Int, operand: Matrix? = nil
  ) -> (a: Matrix, b: Matrix) {
    let (rule, sharing) = shared ?? (self, .perElement)
    let path = pass.path.isEmpty ? site.rawValue : "\(pass.path).\(site.rawValue)"
    let ofBatch = site == .input || site == .output
    let stream =
      ofBatch && sharing != .perFeature ? pass.noise! : pass.noise!.rows(from: 0)
    // How many neighbouring rows and columns share a draw, and the matrix of draws.
    let block: (rows: Int, columns: Int) =
      sharing == .perRow
      ? (1, columns) : sharing == .perFeature ? (rows, 1) : sharing == Self.blocks ? (1, 3) : (1, 1)
    let drawn = (
      rows: (rows + block.rows - 1) / block.rows,
      columns: (columns + block.columns - 1) / block.columns
    )
    func spread(_ draws: [Float]) -> Matrix {
      Matrix(rows: rows, columns: columns) { row, column in
        Double(draws[row / block.rows * drawn.columns + column / block.columns])
      }
    }
    func draws(_ distribution: some NoiseDistribution) -> Matrix {
      spread(
        stream.draws(
          from: distribution, site: path, slot: slot, rows: drawn.rows, columns: drawn.columns))
    }
    func replacing(_ distribution: some NoiseDistribution, rate: Double) -> (a: Matrix, b: Matrix) {
      let selected = spread(
        selection(
          rate, stream.address(of: path, slot: slot, rows: drawn.rows, columns: drawn.columns)))
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
    // Klambauer et al. 2017, "New dropout technique".
    func alphaDropout(rate: Double) -> (a: Matrix, b: Matrix) {
      let drawn = Bernoulli(probability: rate)
      let (p, q, alpha) = (drawn.mean, 1 - drawn.mean, -1.7580993408473766)
      if q == 0 { return (zeros, zeros) }
      let factor = 1 / (q + alpha * alpha * q * p).squareRoot()
      let shift = -factor * p * alpha
      let dropped = draws(drawn)
      return (
        dropped.map { $0 == 1 ? 0 : factor },
        dropped.map { $0 == 1 ? factor * alpha + shift : shift }
      )
    }
    func shot(_ draws: Matrix, scale: Double) -> (a: Matrix, b: Matrix) {
      (ones, draws.times(operand!.map { scale * abs($0).squareRoot() }))
    }
    // The schedule's line.
    let scheduled = max(0.2, 1 - 0.1 * Double(pass.noise!.step))
    let zeros = Matrix(rows: rows, columns: columns) { _, _ in 0 }
    let ones = Matrix(rows: rows, columns: columns) { _, _ in 1 }
    switch rule {
    case .addGaussian: return (ones, draws(Gaussian(standardDeviation: 0.3)))
    case .addScheduled: return (ones, scheduled * draws(Gaussian(standardDeviation: 0.3)))
    case .addShot: return shot(draws(Gaussian(standardDeviation: 1)), scale: 0.4)
    case .addScheduledShot: return shot(draws(Uniform(halfWidth: 1)), scale: scheduled)
    case .addScaledUniform: return (ones, 0.25 * draws(Uniform(low: -1, high: 2)))
    case .addCustom: return (ones, draws(Tent(halfWidth: 0.7)))
    case .addHeavyTailed: return (ones, draws(LogNormal(logMean: 0, logStandardDeviation: 2)))
    case .multiplyLogNormal:
      return (draws(LogNormal.unitMean(logStandardDeviation: 0.4)), zeros)
    case .multiplyScaledGaussian:
      return (draws(Gaussian(mean: 1, standardDeviation: 0.5)).map { 0.5 * $0 + 0.5 }, zeros)
    case .multiplyScheduled:
      let factors = draws(LogNormal.unitMean(logStandardDeviation: 0.4))
      return (factors.map { 1 + scheduled * ($0 - 1) }, zeros)
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
    case .gaussianDropout:
      let deviation = Float((0.3 / 0.7).squareRoot())
      return (draws(Gaussian(mean: 1, standardDeviation: deviation)), zeros)
    case .gaussianDropoutNothing: return (ones, zeros)
    case .alphaDropout: return alphaDropout(rate: 0.3)
    case .alphaDropoutLowRate: return alphaDropout(rate: 0.005)
    case .alphaDropoutNothing: return alphaDropout(rate: 0)
    case .alphaDropoutAll: return alphaDropout(rate: 1)
    case .addPerRow, .addShotInBlocks, .multiplyPerFeature, .replaceInBlocks,
      .saltAndPepperPerFeature, .dropoutPerFeature, .gaussianDropoutInBlocks, .alphaDropoutPerRow:
      preconditionFailure("\(self) shares the draws of another case")
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
