import DitherData
import DitherTraining
import Foundation

/// What a run leaves behind: a folder with its configuration, its model, what is done to data, its checkpoints, and its log.
struct RunFolder {
  let path: String

  var configuration: String { file("configuration.json") }
  var model: String { file("model.json") }
  var preprocessing: String { file("preprocessing.json") }
  var log: String { file("log.jsonl") }
  var checkpoints: CheckpointFolder { CheckpointFolder(file("checkpoints")) }

  private func file(_ name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }

  /// Whether there is a run.
  var exists: Bool { FileManager.default.fileExists(atPath: configuration) }

  /// Throws where a run cannot begin: another is there, or something else.
  func requireFree(overwriting: Bool) throws {
    if exists {
      if overwriting { return }
      throw UsageError(
        "--output \(path): a run is there already; expected another folder, --resume \(shellQuoted(path)) to go on with it, or --overwrite"
      )
    }
    guard FileManager.default.fileExists(atPath: path) else { return }
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    if names?.isEmpty != true {
      throw UsageError(
        "--output \(path): \(names == nil ? "no folder" : "a folder with files in it"); expected a new one"
      )
    }
  }

  /// Makes the folder, and takes away what is there of an earlier run.
  ///
  /// - Parameter bytes: the room that checkpoints will take.
  /// - Throws: `DataError` where the folder cannot be written, `InputError` where there is not that room.
  func begin(
    _ settings: Configuration, _ description: LayerDescription, _ preprocessing: Preprocessing,
    bytes: Double
  ) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw DataError.unwritable(file: path, reason: error.localizedDescription)
    }
    let system = try? FileManager.default.attributesOfFileSystem(forPath: path)
    if let free = (system?[.systemFreeSize] as? NSNumber)?.doubleValue, free < bytes {
      throw InputError(
        "\(path): \(String(format: "%.3g", free / 1e6)) MB are free on the disk; expected \(String(format: "%.3g", bytes / 1e6)) MB for the checkpoints"
      )
    }
    // The configuration last: with it, it is a run.
    try? FileManager.default.removeItem(atPath: configuration)
    for old in [checkpoints.path, log] { try? FileManager.default.removeItem(atPath: old) }
    try DataFile.replace(model, with: Array((description.json + "\n").utf8))
    try DataFile.replace(self.preprocessing, with: jsonBytes(preprocessing))
    try DataFile.replace(configuration, with: settings.json)
  }

  /// Keeps settings in the place of those that are there.
  func update(_ settings: Configuration) throws(DataError) {
    try DataFile.replace(configuration, with: settings.json)
  }

  // MARK: Reading

  func readConfiguration() throws -> Configuration {
    if !exists {
      throw InputError(
        "\(path): no run is there; expected a folder that \"dither train --output\" made")
    }
    return try Configuration(contentsOf: configuration)
  }

  func readPreprocessing() throws -> Preprocessing {
    let bytes = try DataFile.contents(of: preprocessing)
    let read: Preprocessing
    do {
      read = try JSONDecoder().decode(Preprocessing.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw InputError("\(preprocessing): \(describe(error))")
    }
    try read.requireSound(preprocessing)
    return read
  }

  /// The newest checkpoint that loads; nil where none has been saved yet.
  func readCheckpoint() throws -> Checkpoint? {
    do throws(CheckpointError) {
      let (checkpoint, passedOver) = try checkpoints.load()
      if let passedOver {
        let note = "\(passedOver)\nThe checkpoint before it is used.\n"
        FileHandle.standardError.write(Data(note.utf8))
      }
      return checkpoint
    } catch .file(.missing) {
      return nil
    }
  }
}

/// A path as a shell takes it for one word.
func shellQuoted(_ path: String) -> String {
  let isPlain = path.utf8.allSatisfy {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 32 || UInt8(ascii: "-")...UInt8(ascii: "9") ~= $0
      || $0 == UInt8(ascii: "_")
  }
  return isPlain && !path.isEmpty
    ? path : "'" + path.replacing("'", with: "'\\''") + "'"
}
