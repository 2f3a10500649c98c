import DitherTraining
import Foundation

/// What a run's folder holds: its data, how far it is, and its network.
struct RunReport {
  private let folder: RunFolder
  private let settings: Configuration
  private let preprocessing: Preprocessing
  private let checkpoint: Checkpoint?

  init(_ path: String) throws {
    folder = RunFolder(path: path)
    settings = try folder.readConfiguration()
    preprocessing = try folder.readPreprocessing()
    checkpoint = try folder.readCheckpoint()
  }

  var text: String {
    get throws {
      let description = try checkpoint?.model ?? LayerDescription(contentsOf: folder.model)
      return Table(rows: facts, words: [1]).text + "\n\n"
        + (try ModelReport(description, folder.model).text)
    }
  }

  private var facts: [[String]] {
    var facts = [
      ["run", folder.path],
      ["data", settings.data.data ?? settings.data.images ?? ""],
      ["training rows", "\(preprocessing.trainingRows)"],
      ["features", "\(preprocessing.features)"],
      ["classes", classes],
      ["optimizer", settings.optimizer.optimizer ?? ""],
      ["seed", "\(settings.run.seed ?? 0)"],
    ]
    guard let checkpoint else { return facts + [["epochs", "no checkpoint yet"]] }
    facts.append(["epochs", "\(checkpoint.epoch) of \(settings.run.epochs ?? 0)"])
    facts.append(["steps", "\(checkpoint.step)"])
    guard let state = checkpoint.training?.state else { return facts }
    if let epoch = state.bestEpoch { facts.append(["best epoch", "\(epoch + 1)"]) }
    let best = state.history.first { $0.epoch == state.bestEpoch }
    if let record = best ?? state.history.last {
      facts.append(["training loss", figure(record.loss)])
      for (name, value) in record.validation.sorted(by: { $0.key < $1.key }) {
        facts.append([settings.optimizer.name(ofValidation: name), figure(value)])
      }
    }
    return facts
  }

  private var classes: String {
    let names = preprocessing.format.classNames
    let list = names.isEmpty ? "" : ": " + names.joined(separator: ", ")
    return ("\(preprocessing.classes)" + list).shortened(to: 60)
  }
}

extension OptimizerSettings {
  /// What reports call a figure of the validation rows: their loss is that of training, with labels that are smoothed.
  func name(ofValidation figure: String) -> String {
    figure == "loss" && labelSmoothing ?? 0 > 0
      ? "validation loss, smoothed" : "validation \(figure)"
  }
}
