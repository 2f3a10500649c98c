/// What one epoch came to: a line of the log.
public struct EpochRecord: Codable, Hashable, Sendable {
  /// The epoch, from 0, as in `batches(of:seed:epoch:)`.
  public let epoch: Int
  /// Steps that the optimizer had taken at its end.
  public let step: Int
  /// The learning rate of its last step.
  public let learningRate: Double
  /// The mean loss of its rows, each in the pass in which it was trained on: with noise, before the step.
  public let loss: Double
  /// Without noise, at its end, on the validation data: `loss` and each metric, by name; empty without such data. A figure
  /// that is infinite or not a number is left out.
  public let validation: [String: Double]
  /// The seconds that it took in the process that finished it.
  public let seconds: Double
}

/// Why a run ended.
public enum TrainingOutcome: String, Codable, Sendable {
  /// It had all its epochs.
  case completed
  /// The validation figure had not improved for as many epochs as ``EarlyStopping/patience``.
  case stoppedEarly
  /// A callback asked for it.
  case stoppedByCallback
  /// It was asked to stop: by the user (SIGINT), by the system (SIGTERM), or as its terminal had gone (SIGHUP).
  case interrupted
}

/// What a run came to.
public struct TrainingHistory: Sendable {
  /// A record for each complete epoch, those before a checkpoint that it went on from included.
  public let epochs: [EpochRecord]
  /// Why it ended.
  public let outcome: TrainingOutcome
  /// The epoch whose parameters the network holds where early stopping restored the best; else nil.
  public let bestEpoch: Int?
}

/// What a callback answers.
public enum TrainingDecision: Hashable, Sendable {
  /// Train on.
  case proceed
  /// End the run here: ``TrainingOutcome/stoppedByCallback``.
  case stop
}

/// What a callback learns of a batch.
public struct BatchReport: Sendable {
  /// The epoch, from 0.
  public let epoch: Int
  /// The batch in the epoch, from 0.
  public let batch: Int
  /// Batches of the epoch.
  public let batches: Int
  /// The step in which it was trained on, from 0.
  public let step: Int
  /// Its mean loss, before the step.
  public let loss: Double
  /// The learning rate of the step.
  public let learningRate: Double
  /// The norm of all gradients together, before clipping.
  public let gradientNorm: Double
}
