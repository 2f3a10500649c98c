/// Why a checkpoint cannot be read, written, or gone on from. Its description is one line that says what was found and what
/// was expected.
public enum CheckpointError: Error, Hashable, Sendable {
  /// The file cannot be read or written, or is no safetensors file.
  case file(SafetensorsError)
  /// It is a safetensors file, and no checkpoint.
  case notACheckpoint(file: String)
  /// It was written by a version of the library whose checkpoints this one does not know.
  case formatVersion(file: String, found: String, expected: String)
  /// Its noise is of another version of the stream: the run could not go on with the same bits.
  case streamVersion(file: String, found: String, expected: String)
  /// What is in it is not what was written.
  case damaged(file: String, found: String, expected: String)
  /// Something that it says of itself is not as it should be.
  case metadata(file: String, name: String, found: String, expected: String)
  /// It has not what was asked for.
  case lacks(file: String?, what: String)
  /// It is of another model than the one to restore.
  case otherModel(file: String?, differences: [TensorDifference])
  /// It is of another optimizer than the one to restore.
  case otherOptimizer(file: String?, reason: String)
  /// Tensors of these names hold a number that is infinite or NaN: nothing could go on from them.
  case notFinite(file: String?, tensors: [String])
  /// The description of its model cannot be made a model of.
  case modelDescription(file: String?, error: LayerDescriptionError)
}

extension CheckpointError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .notACheckpoint(let file):
      "\(file): tensors without \"\(CheckpointKey.format)\" in their metadata; expected a checkpoint"
    case .formatVersion(let file, let found, let expected):
      "\(file): a checkpoint of format version \(found); expected \(expected)"
    case .streamVersion(let file, let found, let expected):
      "\(file): noise of stream version \(found); expected \(expected), whose draws are others"
    case .damaged(let file, let found, let expected):
      "\(file): damaged: the contents have the checksum \(found); expected \(expected), as they were written"
    case .metadata(let file, let name, let found, let expected):
      "\(file): \"\(name)\" in the metadata is \(found); expected \(expected)"
    case .lacks(let file, let what):
      "\(Self.name(file)): no such thing in it; expected \(what)"
    case .otherModel(let file, let differences):
      "\(Self.name(file)): of another model: "
        + differences.map(\.description).joined(separator: "; ")
    case .otherOptimizer(let file, let reason):
      "\(Self.name(file)): of another optimizer: \(reason)"
    case .notFinite(let file, let tensors):
      "\(Self.name(file)): a number that is infinite or NaN in \(tensors.joined(separator: ", ")); expected finite ones"
    case .modelDescription(let file, let error):
      "\(Self.name(file)): the model's description: \(error)"
    }
  }

  private static func name(_ file: String?) -> String { file ?? "the checkpoint" }
}
