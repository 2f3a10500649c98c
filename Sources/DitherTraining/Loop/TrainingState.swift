import DitherData
public import DitherTensors
import NoiseDistributions

/// Where a run stands between two steps, apart from what the network and its optimizer hold: how far it has come, its
/// seeds, and its history, by which early stopping decides.
///
/// A run that goes on from here with the same network, optimizer and data ends with the same bits as one that never
/// stopped.
public struct TrainingState: Codable, Hashable, Sendable {
  /// Epochs that are complete.
  public internal(set) var epoch = 0
  /// Batches of the next epoch that are done.
  public internal(set) var batch = 0
  /// Steps that the optimizer has taken: the step of the noise, and of the learning rate's schedule.
  public internal(set) var step: Int
  /// The records of the complete epochs.
  public internal(set) var history: [EpochRecord] = []
  /// The epoch whose values ``TrainingCheckpoint/best`` has; nil where it has none.
  public internal(set) var bestEpoch: Int?
  /// The learning rate of the last step.
  var learningRate = 0.0
  /// The sum of the losses of the rows in the batches that are done.
  var lossSum = 0.0
  /// The number of these rows.
  var lossRows = 0

  /// The seed of the noise.
  public let noiseSeed: UInt64
  /// The version of the noise stream.
  public let streamVersion: Int
  /// The seed of the batches' order.
  public let shuffleSeed: UInt64
  /// Rows of a batch.
  public let batchSize: Int
  /// Rows of the training data.
  public let rows: Int
  /// Whether a last batch of fewer rows is left out.
  public let dropsIncompleteBatch: Bool

  init(
    step: Int, noiseSeed: UInt64, shuffleSeed: UInt64, batchSize: Int, rows: Int,
    dropsIncompleteBatch: Bool
  ) {
    self.step = step
    self.dropsIncompleteBatch = dropsIncompleteBatch
    self.noiseSeed = noiseSeed
    streamVersion = NoiseStream.version
    self.shuffleSeed = shuffleSeed
    self.batchSize = batchSize
    self.rows = rows
  }

  /// Batches of an epoch.
  var batches: Int {
    BatchOrder.count(rows: rows, size: batchSize, dropsIncompleteBatch: dropsIncompleteBatch)
  }

  /// The mean loss of the rows that the running epoch has seen; nil before the first.
  var meanLoss: Double? { lossRows == 0 ? nil : lossSum / Double(lossRows) }

  /// The batch is done.
  mutating func finishBatch(loss: Double, rows: Int, learningRate: Double) {
    self.learningRate = learningRate
    lossSum += loss * Double(rows)
    lossRows += rows
    batch += 1
    step += 1
  }

  /// The epoch is done.
  mutating func finishEpoch(_ record: EpochRecord) {
    history.append(record)
    epoch += 1
    batch = 0
    lossSum = 0
    lossRows = 0
  }

  /// Throws unless a run that begins as `start` may go on from here.
  func requireFits(_ start: TrainingState) throws(TrainingError) {
    let pairs: [(what: String, found: String, expected: String)] = [
      ("version of the noise stream", String(streamVersion), String(start.streamVersion)),
      ("seed of the noise", String(noiseSeed), String(start.noiseSeed)),
      ("seed of the batches", String(shuffleSeed), String(start.shuffleSeed)),
      ("batch size", String(batchSize), String(start.batchSize)),
      ("number of rows", String(rows), String(start.rows)),
      (
        "choice to drop incomplete batches", String(dropsIncompleteBatch),
        String(start.dropsIncompleteBatch)
      ),
      ("number of steps", String(step), String(start.step)),
    ]
    for pair in pairs where pair.found != pair.expected {
      throw .otherRun(what: pair.what, found: pair.found, expected: pair.expected)
    }
    // A file may hold anything.
    if epoch < 0 || batch < 0 || batch > batches || history.count != epoch
      || lossRows < 0 || lossRows > rows
    {
      throw .otherRun(
        what: "position", found: "epoch \(epoch), batch \(batch), \(history.count) records",
        expected: "a batch of \(batches), and a record for each epoch")
    }
  }
}

/// What a run needs to go on, beside the network and its optimizer.
public struct TrainingCheckpoint: Sendable {
  /// Where the run stands.
  public let state: TrainingState
  /// The parameters and buffers of the best epoch so far, by name; empty where there is no early stopping, and before the
  /// first epoch.
  public let best: [String: Tensor]

  /// A checkpoint from its parts, as a file gives them.
  public init(state: TrainingState, best: [String: Tensor] = [:]) {
    self.state = state
    self.best = best
  }
}
