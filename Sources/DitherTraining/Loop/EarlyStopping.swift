import DitherRuntime

/// Ends a run when a figure of the validation data has stopped improving, and gives the network the parameters and buffers
/// of its best epoch back, also where the run had all its epochs.
public struct EarlyStopping: Hashable, Sendable {
  /// `loss`, or the name of one of the trainer's metrics.
  public let figure: String
  /// Epochs without improvement after which the run ends.
  public let patience: Int
  /// By how much a figure must be better than the best to be an improvement; it must be better in any case.
  public let minimumImprovement: Double

  /// - Parameters:
  ///   - figure: `loss`, or the name of one of the trainer's metrics.
  ///   - patience: at least 1; another stops the program.
  ///   - minimumImprovement: finite, 0 or more; another stops the program.
  public init(on figure: String = "loss", patience: Int, minimumImprovement: Double = 0) {
    require(patience >= 1, "EarlyStopping: patience is \(patience); expected at least 1")
    require(
      minimumImprovement >= 0 && minimumImprovement.isFinite,
      "EarlyStopping: minimumImprovement is \(minimumImprovement); expected a finite number, 0 or more"
    )
    self.figure = figure
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }

  /// The place of the best record: a function of the history alone, so that a resumed run decides as one that never
  /// stopped. Nil where none has the figure.
  func best(in history: [EpochRecord], higherIsBetter: Bool) -> Int? {
    var best: (place: Int, value: Double)?
    for (place, record) in history.enumerated() {
      guard let value = record.validation[figure] else { continue }
      guard let former = best else {
        best = (place, value)
        continue
      }
      let improvement = higherIsBetter ? value - former.value : former.value - value
      if improvement > 0 && improvement >= minimumImprovement { best = (place, value) }
    }
    return best?.place
  }

  /// Whether the run has come to its end.
  func isOver(_ history: [EpochRecord], higherIsBetter: Bool) -> Bool {
    let best = best(in: history, higherIsBetter: higherIsBetter) ?? -1
    return history.count - 1 - best >= patience
  }
}
