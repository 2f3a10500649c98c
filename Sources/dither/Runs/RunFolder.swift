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
  /// - Parameters:
  ///   - overwriting: whether an earlier run may be there.
  ///   - bytes: the room that checkpoints will take.
  /// - Returns: what keeps others from it.
  /// - Throws: `DataError` where the folder cannot be written, `InputError` where there is not that room, `UsageError` where
  ///   another run has begun there meanwhile.
  func begin(
    _ settings: Configuration, _ description: LayerDescription, _ preprocessing: Preprocessing,
    overwriting: Bool, bytes: Double
  ) throws -> FolderLock {
    try requireRoom(bytes)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw DataError.unwritable(file: path, reason: error.localizedDescription)
    }
    let lock = try FolderLock(path)
    try requireFree(overwriting: overwriting)
    // The configuration last: with it, it is a run.
    try? FileManager.default.removeItem(atPath: configuration)
    for old in [checkpoints.path, log] { try? FileManager.default.removeItem(atPath: old) }
    try DataFile.replace(model, with: Array((description.json + "\n").utf8))
    try DataFile.replace(self.preprocessing, with: jsonBytes(preprocessing))
    try DataFile.replace(configuration, with: settings.json)
    return lock
  }

  /// Throws where the disk has less room, before a folder is made.
  private func requireRoom(_ bytes: Double) throws(InputError) {
    var place = URL(fileURLWithPath: path)
    while !FileManager.default.fileExists(atPath: place.path), place.path != "/" {
      place.deleteLastPathComponent()
    }
    let system = try? FileManager.default.attributesOfFileSystem(forPath: place.path)
    if let free = (system?[.systemFreeSize] as? NSNumber)?.doubleValue, free < bytes {
      throw InputError(
        "\(path): \(String(format: "%.3g", free / 1e6)) MB are free on the disk; expected \(String(format: "%.3g", bytes / 1e6)) MB for the checkpoints"
      )
    }
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
    // What a run has written is no setting of the user's.
    var settings: Configuration
    do {
      settings = try Configuration(contentsOf: configuration)
    } catch let error as UsageError {
      throw InputError(error.description)
    }
    do {
      try settings.resolve()
      _ = try settings.data.requireLocation()
    } catch let error as UsageError {
      throw InputError("\(configuration): \(error.description)")
    }
    return settings
  }

  func readPreprocessing() throws -> Preprocessing {
    let bytes = try DataFile.contents(of: preprocessing)
    var read: Preprocessing
    do {
      read = try JSONDecoder().decode(Preprocessing.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw InputError("\(preprocessing): \(describe(error))")
    }
    try read.requireSound(preprocessing)
    read.format.isOfRun = true
    return read
  }

  /// The newest checkpoint that loads; nil where none has been saved yet.
  func readCheckpoint() throws -> Checkpoint? {
    do throws(CheckpointError) {
      let (checkpoint, passedOver) = try checkpoints.load()
      if let passedOver {
        StandardStreams.note("\(passedOver)\nThe checkpoint before it is used.")
      } else if checkpoint.file == checkpoints.previous {
        StandardStreams.note(
          "\(checkpoints.latest): no such file\nThe checkpoint before it is used.")
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
