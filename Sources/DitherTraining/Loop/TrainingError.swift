/// What ended a run that could not go on. Its description is one line, or two, that say what was found.
public enum TrainingError: Error, Hashable, Sendable {
  /// Where a number that is infinite or not a number first appeared.
  public enum Place: Hashable, Sendable {
    /// In the inputs of the batch.
    case inputs
    /// In a parameter, by its name: an update took it out of the range of numbers.
    case parameter(String)
    /// In the output of the layer at a path, whose input was finite: the innermost and first, but that a layer of one's own within
    /// another of one's own is not seen, and the outer one named. The path is empty for the network itself.
    case layer(String)
    /// In the loss, whose outputs were finite.
    case loss
    /// In the gradient of a parameter, by its name, while the loss was finite.
    case gradient(String)
    /// In the loss of the validation data.
    case validationLoss
    /// In a buffer, by its name, such as a running variance.
    case buffer(String)
    /// In a tensor that the optimizer keeps of a parameter, by the names of both.
    case optimizerState(tensor: String, parameter: String)
  }

  /// The loss, a gradient, or something that a run keeps was infinite or not a number. The network, its optimizer and the
  /// trainer's checkpoint are left as they were at step `kept`: before the step, or, where what they keep was itself no number, or
  /// the network without noise has no finite output, at the start of an epoch or of this call from which a pass was finite. Where it
  /// was so from the beginning it stays. The epoch and the batch are counted from 0 here, and from 1 in the description.
  case notFinite(place: Place, epoch: Int, batch: Int, step: Int, kept: Int)
  /// The log could not be written, for the reason the system gives.
  case logNotWritten(file: String, reason: String)
  /// A checkpoint is of another run than the trainer's.
  case otherRun(what: String, found: String, expected: String)
}

extension TrainingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFinite(let place, let epoch, let batch, let step, let kept):
      "step \(step) (epoch \(epoch + 1), after \(batch) of its batches): \(place); the network is left as it was at step \(kept)"
    case .logNotWritten(let file, let reason):
      "\(file): the log cannot be written (\(reason))"
    case .otherRun(let what, let found, let expected):
      "the checkpoint is of another run: its \(what) is \(found); expected \(expected)"
    }
  }
}

extension TrainingError.Place: CustomStringConvertible {
  public var description: String {
    let what = "a number that is infinite or NaN first appeared in"
    return switch self {
    case .inputs: "\(what) the inputs"
    case .parameter(let name): "\(what) the parameter \"\(name)\""
    case .layer(let path):
      path.isEmpty ? "\(what) the network's output" : "\(what) the output of the layer \"\(path)\""
    case .loss: "\(what) the loss"
    case .gradient(let name): "\(what) the gradient of \"\(name)\""
    case .validationLoss: "\(what) the loss of the validation data"
    case .buffer(let name): "\(what) the buffer \"\(name)\""
    case .optimizerState(let tensor, let parameter):
      "\(what) the optimizer's \"\(tensor)\" of \"\(parameter)\""
    }
  }
}
