import Foundation

/// A file to write at the end, found to be writable at the beginning: before hours of training, not after.
struct OutputFile {
  private let path: String
  private let url: URL

  init(path: String) throws {
    self.path = path
    url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    if let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
      attributes[.type] as? FileAttributeType != .typeRegular
    {
      throw StudyError(message: "--json \(path): is not a file; expected one, or a new name")
    }
    // Only trying tells whether a file can be made there; it is gone again at once.
    let probe = url.deletingLastPathComponent().appendingPathComponent(".\(UUID().uuidString)")
    do {
      try Data().write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      let folder = url.deletingLastPathComponent().path
      throw StudyError(
        message: "--json \(path): cannot write in \(folder); expected a folder that is writable")
    }
  }

  /// Writes the whole file or, on failure, leaves what was there.
  func write(_ report: StudyReport) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    do {
      try (encoder.encode(report) + Data("\n".utf8)).write(to: url, options: .atomic)
    } catch {
      throw StudyError(
        message: "--json \(path): could not be written (\(error.localizedDescription))")
    }
  }
}
