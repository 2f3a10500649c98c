import Foundation

/// A file to write at the end, found to be writable at the beginning: before hours of training, not after.
package struct OutputFile {
  private let name: String
  private let url: URL

  /// - Parameters:
  ///   - path: of a file, whether it is there or not.
  ///   - option: that names it.
  /// - Throws: ``FileError`` where no file can be written there.
  package init(path: String, option: String) throws(FileError) {
    name = "\(option) \(path)"
    url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    if let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
      attributes[.type] as? FileAttributeType != .typeRegular
    {
      throw FileError("\(name): is not a file; expected one, or a new name")
    }
    try requireWritable(url.deletingLastPathComponent(), name)
  }

  /// Writes the whole file as JSON or, on failure, leaves what was there.
  package func write(_ results: some Encodable) throws(FileError) {
    do {
      try ResultsFile.write(results, to: url.path)
    } catch {
      throw FileError("\(name): could not be written (\(error.localizedDescription))")
    }
  }
}

/// A folder to write files in at the end, found to be writable at the beginning.
package struct OutputFolder {
  private let name: String
  private let url: URL

  /// - Parameters:
  ///   - path: of a folder, which is made at the end if it is not there.
  ///   - option: that names it.
  /// - Throws: ``FileError`` where no folder can be made there, or no file in it.
  package init(path: String, option: String) throws(FileError) {
    name = "\(option) \(path)"
    url = URL(fileURLWithPath: path, isDirectory: true).resolvingSymlinksInPath()
    var existing = url
    while !FileManager.default.fileExists(atPath: existing.path) {
      existing.deleteLastPathComponent()
    }
    try requireWritable(existing, name)
  }

  /// Writes a file of that name, whole or not at all.
  package func write(_ text: String, to file: String) throws(FileError) {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url.appending(path: file), options: .atomic)
    } catch {
      throw FileError("\(name): \(file) could not be written (\(error.localizedDescription))")
    }
  }
}

/// A file that the caller named cannot be used. The description says which, and what was expected.
package struct FileError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Only trying tells whether a file can be made in a folder; it is gone again at once.
private func requireWritable(_ folder: URL, _ name: String) throws(FileError) {
  let probe = folder.appendingPathComponent(".\(UUID().uuidString)")
  do {
    try Data().write(to: probe)
    try FileManager.default.removeItem(at: probe)
  } catch {
    throw FileError(
      "\(name): cannot write in \(folder.path); expected a folder that is writable")
  }
}
