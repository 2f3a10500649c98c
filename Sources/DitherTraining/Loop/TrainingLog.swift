import DitherData
import Foundation

/// A file of JSON lines, one an epoch. Each is with the system before training goes on: nothing waits in a buffer.
struct TrainingLog {
  private let path: String
  private let file: FileHandle

  /// Begins the file anew with the records of a history, so that the log of a resumed run is that of one that never
  /// stopped.
  init(path: String, history: [EpochRecord]) throws(TrainingError) {
    self.path = path
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 {
      throw .logNotWritten(file: path, reason: systemReason(errno))
    }
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    for record in history { try append(record) }
  }

  func append(_ record: EpochRecord) throws(TrainingError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      try file.write(contentsOf: encoder.encode(record) + Data("\n".utf8))
    } catch {
      throw .logNotWritten(file: path, reason: error.localizedDescription)
    }
  }
}
