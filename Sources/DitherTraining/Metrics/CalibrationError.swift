import DitherRuntime
public import DitherTensors
import NoiseDistributions

/// The expected calibration error: how far a network's confidence is from the share of its answers that are right.
///
/// The confidence of a row is the greatest of softmax(outputs). Rows fall into M bins of equal width, bin m holding
/// confidences in ((m − 1)/M, m/M]; the error is Σ_m |B_m|/n · |accuracy(B_m) − confidence(B_m)|, from 0 to 1. Each
/// confidence is 1 / Σ_c exp(z_c − max z) by `ReproducibleMath.exp`, added in double precision in the order of the rows.
///
/// Source: Guo, Pleiss, Sun & Weinberger 2017, *On calibration of modern neural networks*, equation 3.
public struct CalibrationError: Metric, Hashable, Codable, Sendable {
  /// The rows whose confidence lies in one interval.
  public struct Bin: Hashable, Codable, Sendable {
    /// Rows in the bin.
    public fileprivate(set) var rows = 0
    /// Those that were answered rightly.
    public fileprivate(set) var correct = 0
    /// The sum of their confidences.
    public fileprivate(set) var confidence = 0.0
  }

  /// The bins, from confidence 0 up: what a reliability diagram draws.
  public private(set) var bins: [Bin]

  /// Of no rows yet.
  ///
  /// - Parameter bins: M, at least 1; another stops the program.
  public init(bins: Int = 15) {
    require(bins >= 1, "CalibrationError: bins is \(bins); expected at least 1")
    self.bins = Array(repeating: Bin(), count: bins)
  }

  public var name: String { "calibration error" }
  public var higherIsBetter: Bool { false }
  /// Rows in all.
  public var rows: Int { bins.reduce(0) { $0 + $1.rows } }
  public var value: Double {
    bins.reduce(0) { $0 + abs(Double($1.correct) - $1.confidence) } / Double(rows)
  }

  /// A row whose greatest output is infinite or not a number has the confidence 1, and is right if that output is its label's.
  public mutating func add(_ outputs: Tensor, _ labels: [Int]) {
    requireAnswers(outputs, labels, "CalibrationError")
    if labels.isEmpty { return }
    let columns = outputs.shape[1]
    let predicted = outputs.indicesOfRowMaxima()
    outputs.withSpan { values in
      for (row, label) in labels.enumerated() {
        let first = row * columns
        let greatest = values[first + predicted[row]]
        var sum = 0.0
        for column in 0..<columns {
          sum += Double(ReproducibleMath.exp(values[first + column] - greatest))
        }
        // The greatest alone gives 1, so that only what is not finite makes the sum anything else than a number from 1.
        let confidence = sum >= 1 && sum.isFinite ? 1 / sum : 1
        let position = (confidence * Double(bins.count)).rounded(.up)
        let bin = min(max(Int(position) - 1, 0), bins.count - 1)
        bins[bin].rows += 1
        bins[bin].confidence += confidence
        if predicted[row] == label { bins[bin].correct += 1 }
      }
    }
  }
}

extension CalibrationError {
  private enum CodingKeys: CodingKey { case bins }

  /// Throws `DecodingError.dataCorrupted` unless there is a bin, and each has as many rows as right ones and confidence at
  /// least, of 2⁵³ rows in all at most.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    bins = try container.decode([Bin].self, forKey: .bins)
    let areSound = bins.allSatisfy { bin in
      bin.correct >= 0 && bin.correct <= bin.rows && bin.confidence >= 0
        && bin.confidence <= Double(bin.rows)
    }
    if bins.isEmpty || !areCounts(bins.map(\.rows)) || !areSound {
      throw DecodingError.dataCorruptedError(
        forKey: .bins, in: container,
        debugDescription:
          "bins of which none, or no such, can be filled; expected 0 ≤ correct, confidence ≤ rows ≤ 2⁵³"
      )
    }
  }
}
