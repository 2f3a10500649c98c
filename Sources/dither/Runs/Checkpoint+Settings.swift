import DitherTraining

extension Configuration {
  /// The settings that a run goes on with alone, as JSON, a setting a line: those that change its bits and that no checksum
  /// of the data or description of the model holds.
  var settingsOfCheckpoints: String {
    var kept = Configuration()
    kept.data.normalization = data.normalization
    kept.optimizer = optimizer
    kept.run = run
    (kept.run.epochs, kept.run.threads, kept.run.saveEvery) = (nil, nil, nil)
    return String(decoding: kept.json, as: UTF8.self)
  }
}

extension Checkpoint {
  /// The name of the metadata with the settings.
  static let settings = "settings"

  /// Throws unless the model and the settings of a run's folder are those that the checkpoint was made with.
  func requireSame(
    _ model: LayerDescription, _ configuration: Configuration, in folder: RunFolder
  ) throws(InputError) {
    try require(layers(model), self.model.map(layers), folder.model)
    try require(
      configuration.settingsOfCheckpoints, metadata[Self.settings], folder.configuration)
  }

  /// Throws at the first line that is another; a text that nobody kept is any.
  private func require(
    _ found: String, _ expected: String?, _ file: String
  ) throws(InputError) {
    guard let expected, found != expected else { return }
    let (own, kept) = (lines(found), lines(expected))
    let place = zip(own, kept).prefix { $0 == $1 }.count
    func line(_ lines: [String]) -> String { place < lines.count ? lines[place] : "nothing" }
    throw InputError(
      "\(file): \(line(own)); expected \(line(kept)), as the run's checkpoint has it")
  }

  /// A layer a line.
  private func layers(_ model: LayerDescription) -> String {
    model.json.replacing("{", with: "\n{")
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      let text = line.trimmingPrefix { $0 == " " }
      return String(text.last == "," ? text.dropLast() : text)
    }
  }
}
