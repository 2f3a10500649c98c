public import DitherData
import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// Growing noise on the inputs of a test set: how accuracy, loss and calibration fall with it.
///
/// Every classifier that one sweep measures meets the same noisy inputs, to the bit, and every strength the same draws at another
/// scale (common random numbers): differences between classifiers are paired, and what their noise has in common drops out.
///
/// ```swift
/// let noise = NoiseStream(seed: 42)
/// let sweep = NoiseSweep(
///   .adding(Gaussian(standardDeviation: 1)), strengths: [0.1, 0.2, 0.4], range: 0...1, noise: noise)
/// let plain = sweep.curve(of: NetworkClassifier(model, inputShape: [64]), on: data)
/// let linear = Sequential(seed: 8) { Linear(inputs: 64, outputs: 10) }
/// let other = sweep.curve(of: NetworkClassifier(linear, inputShape: [64]), on: data)
/// let gain = other.areaDifference(in: .accuracy, from: plain, by: Bootstrap(resamples: 200, noise: noise))
/// print(plain, other, gain)
/// ```
///
/// The draw for row r of the data in trial t is that at the stream's first row plus r and step plus t, in the domain of evaluation. The
/// classifier's own noise, if it is used, has the same rows in the domain of sampling, at steps of each trial's own.
public struct NoiseSweep: Sendable {
  /// What is put on the inputs.
  public let testNoise: TestNoise
  /// How strong, one after the other.
  public let strengths: [Float]
  /// Times that the data are tested at each strength, with draws of their own.
  public let trials: Int
  /// Where noisy inputs are cut to; nil for nowhere.
  public let range: ClosedRange<Float>?
  /// Bins of the calibration error.
  public let bins: Int
  /// Where the draws come from.
  public let noise: NoiseStream

  /// - Parameters:
  ///   - testNoise: what is put on the inputs.
  ///   - strengths: at least one, finite, each above the one before or each below it.
  ///   - trials: at least 1: the more, the less a figure depends on the draws.
  ///   - range: of the data, if their noisy inputs are to stay in it.
  ///   - bins: of the calibration error, at least 1.
  ///   - noise: where the draws come from. Other numbers stop the program.
  public init(
    _ testNoise: TestNoise, strengths: [Float], trials: Int = 1, range: ClosedRange<Float>? = nil,
    bins: Int = 15, noise: NoiseStream
  ) {
    let pairs = zip(strengths, strengths.dropFirst())
    require(
      !strengths.isEmpty && strengths.allSatisfy(\.isFinite)
        && (pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }),
      "NoiseSweep: strengths is \(strengths); expected finite numbers, at least one, that rise or that fall"
    )
    require(trials >= 1, "NoiseSweep: trials is \(trials); expected at least 1")
    require(bins >= 1, "NoiseSweep: bins is \(bins); expected at least 1")
    noise.requireSteps(trials, "NoiseSweep")
    self.testNoise = testNoise
    self.strengths = strengths
    self.trials = trials
    self.range = range
    self.bins = bins
    self.noise = noise
  }

  /// The inputs that every classifier gets at a strength.
  ///
  /// - Parameters:
  ///   - inputs: a row a sample; another rank than 2 stops the program.
  ///   - strength: as in ``strengths``, or another.
  ///   - trial: 0 or more.
  ///   - firstRow: of the whole data, where `inputs` are a part of them.
  public func noisyInputs(
    _ inputs: Tensor, strength: Float, trial: Int = 0, firstRow: Int = 0
  ) -> Tensor {
    require(
      inputs.rank == 2,
      "NoiseSweep: the inputs have shape \(inputs.shape); expected [rows, features]")
    require(trial >= 0, "NoiseSweep: trial is \(trial); expected 0 or more")
    noise.requireSteps(trial + 1, "NoiseSweep")
    let stream = noise.at(step: noise.step + trial).advanced(byRows: firstRow)
    return testNoise.noisy(inputs, strength: strength, range: range, stream, site: "sweep")
  }

  /// Measures a classifier without test noise and at every strength.
  ///
  /// - Parameters:
  ///   - classifier: that is measured.
  ///   - data: with at least one row. Data that do not fit the classifier stop the program.
  ///   - mode: how the classifier is used. Of one with noise of its own the outputs are the logarithms of the mean probabilities.
  ///   - batchSize: samples at once, at least 1. It changes no result.
  public func curve(
    of classifier: some Classifier, on data: LabelledData, mode: InferenceMode = .clean,
    batchSize: Int = 256
  ) -> SweepCurve {
    classifier.requireFits(data, "NoiseSweep")
    require(batchSize >= 1, "NoiseSweep: batchSize is \(batchSize); expected at least 1")
    func measured(_ strength: Float?, trials: Int) -> RowMeasures {
      var outcomes: [RowOutcome] = []
      outcomes.reserveCapacity(trials * data.count)
      for trial in 0..<trials {
        for first in stride(from: 0, to: data.count, by: batchSize) {
          let rows = first..<min(first + batchSize, data.count)
          var inputs = data.inputs.rows(rows)
          if let strength {
            inputs = noisyInputs(inputs, strength: strength, trial: trial, firstRow: first)
          }
          let scores = classifier.scores(
            ofRows: inputs, mode, noise.advanced(byRows: first), round: trial)
          outcomes += rowOutcomes(scores, data.labels[rows], bins: bins)
        }
      }
      return RowMeasures(outcomes, rows: data.count, bins: bins)
    }
    let isDetermined = mode == .clean
    return SweepCurve(
      sweep: self, labels: data.labels,
      cleanMeasures: measured(nil, trials: isDetermined ? 1 : trials),
      measures: strengths.map { measured($0, trials: trials) })
  }
}
