import Foundation

/// What the progress line says: a function of these values alone.
package struct ProgressLine {
  /// From 0.
  package var epoch: Int
  package var epochs: Int
  /// Batches that are done in the epoch.
  package var batch: Int
  package var batches: Int
  /// The mean loss of the epoch so far.
  package var loss: Double?
  /// A figure of the validation data at the end of the epoch before.
  package var figure: (name: String, value: Double)?
  package var learningRate: Double
  package var secondsLeft: Double?

  package init(
    epoch: Int, epochs: Int, batch: Int, batches: Int, loss: Double? = nil,
    figure: (name: String, value: Double)? = nil, learningRate: Double, secondsLeft: Double? = nil
  ) {
    self.epoch = epoch
    self.epochs = epochs
    self.batch = batch
    self.batches = batches
    self.loss = loss
    self.figure = figure
    self.learningRate = learningRate
    self.secondsLeft = secondsLeft
  }

  /// Shorter than the terminal is wide, since a line that wraps could not be drawn over: what there is no room for is left
  /// out, the learning rate first, then the figure.
  ///
  /// - Parameter columns: of the terminal.
  package func text(columns: Int = 80) -> String {
    let width = max(0, columns - 1)
    var parts = ["epoch \(epoch + 1)/\(epochs)", "batch \(batch)/\(batches)"]
    if let loss { parts.append("loss " + String(format: "%.4f", loss)) }
    let optional = [
      figure.map { "\($0.name) " + String(format: "%.4f", $0.value) },
      "rate " + String(format: "%.3g", learningRate),
    ].compactMap { $0 }
    let last = secondsLeft.map { [ProgressLine.duration($0) + " left"] } ?? []
    for count in stride(from: optional.count, through: 0, by: -1) {
      let text = (parts + optional.prefix(count) + last).joined(separator: "  ")
      if text.count <= width { return text }
    }
    return String((parts + last).joined(separator: "  ").prefix(width))
  }

  /// `0:45`, `3:05`, `2:07:00`: rounded to the second.
  package static func duration(_ seconds: Double) -> String {
    let seconds = Int(min(max(seconds, 0), 1e9).rounded())
    let (minutes, hours) = (seconds / 60, seconds / 3600)
    func twoDigits(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let end = twoDigits(seconds % 60)
    return hours > 0 ? "\(hours):\(twoDigits(minutes % 60)):\(end)" : "\(minutes):\(end)"
  }
}
