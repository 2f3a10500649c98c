import DitherTraining
import Foundation

/// What a training came to, as a short table.
struct TrainingReport {
  private let job: TrainingJob
  private let history: TrainingHistory
  private let seconds: Double

  init(_ job: TrainingJob, _ history: TrainingHistory, seconds: Double) {
    self.job = job
    self.history = history
    self.seconds = seconds
  }

  var text: String {
    let data = job.data
    let parameters = job.network.parameters.reduce(0) { $0 + $1.shape.reduce(1, *) }
    var rows = [
      ["run", job.folder.path],
      [
        "data",
        "\(counted(data.training.count, "training row")), \(counted(data.validation?.count ?? 0, "validation row"))",
      ],
      [
        "network",
        "\(counted(data.preprocessing.features, "feature")), \(counted(data.preprocessing.classes, "class")), \(counted(parameters, "parameter"))",
      ],
      ["epochs", epochs], ["steps", "\(history.epochs.last?.step ?? 0)"],
    ]
    if let record {
      rows.append(["training loss", figure(record.loss)])
      if let loss = record.validation["loss"] {
        rows.append([job.configuration.optimizer.name(ofValidation: "loss"), figure(loss)])
      }
      if let accuracy = record.validation["accuracy"], let part = data.validation {
        rows.append(["validation accuracy", percentage(accuracy, ofRows: part.count)])
      }
    }
    rows.append(["time", String(format: "%.1f s", seconds)])
    return Table(rows: rows, words: [1]).text
  }

  /// The epoch whose weights evaluation takes.
  private var record: EpochRecord? {
    history.bestEpoch.flatMap { best in history.epochs.first { $0.epoch == best } }
      ?? history.epochs.last
  }

  private var epochs: String {
    let number = "\(history.epochs.count)"
    let best = history.bestEpoch.map { ", the best is epoch \($0 + 1)" } ?? ""
    return number + (history.outcome == .stoppedEarly ? ", stopped early" : "") + best
  }
}
