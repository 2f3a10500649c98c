import DitherTensors
import Foundation

// What a Trainer needs beside the network and its optimizer.

extension Safetensors {
  mutating func add(_ training: TrainingCheckpoint) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Numbers and strings alone: there is nothing that could not be encoded.
    let json = try! encoder.encode(training.state)
    metadata[CheckpointKey.training] = String(decoding: json, as: UTF8.self)
    for (name, tensor) in training.best { tensors[CheckpointKey.bestTensors + name] = tensor }
  }
}

extension CheckpointContents {
  func training() throws(CheckpointError) -> TrainingCheckpoint? {
    guard let text = metadata[CheckpointKey.training] else { return nil }
    // The decoder is given what is JSON, of bounded depth and without a name twice.
    var reader = JSONReader(Array(text.utf8))
    do throws(JSONFault) {
      try reader.skip()
      try reader.end()
    } catch {
      throw self.error(
        CheckpointKey.training, error.expected, found: "\(error.found) at byte \(error.position)")
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let state: TrainingState
    do {
      state = try decoder.decode(TrainingState.self, from: Data(text.utf8))
    } catch {
      throw self.error(CheckpointKey.training, "the state of a run (\(error))")
    }
    return TrainingCheckpoint(state: state, best: tensors(CheckpointKey.bestTensors))
  }
}
