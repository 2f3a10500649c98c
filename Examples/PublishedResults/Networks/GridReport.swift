import ExampleSupport

/// The settings that are compared on validation images, and what came of it.
struct GridReport: PrintedReport, Sendable {
  struct Row: Codable, Sendable {
    var regularizer: Regularizer
    var setting: TrainingSetting
    /// Percentages of wrong answers to the validation images.
    var error: Measured
  }

  var training: Int
  var validation: Int
  var layers: [Int]
  var batchSize: Int
  var seeds: [UInt64]
  var rows: [Row]

  /// The best of a regulariser; the first of equals.
  func best(_ regularizer: Regularizer) -> Row? {
    rows.filter { $0.regularizer == regularizer }.min { $0.error.mean < $1.error.mean }
  }

  var text: String {
    let head = ["trained with", "setting", "validation error, %"]
    let cells = rows.map { row in
      let isBest = best(row.regularizer)?.setting == row.setting
      let error = row.error.seeds.map(ResultsFile.fixed).joined(separator: ", ")
      return [
        row.regularizer.title, row.setting.text(row.regularizer), isBest ? "**\(error)**" : error,
      ]
    }
    return """
      \(training) training and \(validation) validation images; one figure a seed, the best mean in bold.

      \(ResultsFile.table([head] + cells))
      """
  }
}
