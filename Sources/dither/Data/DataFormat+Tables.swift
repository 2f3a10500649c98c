import DitherData

extension DataFormat {
  /// Reads a table. Where the file is none, or its first line may be one of names, the error says so.
  func reading<Result>(_ path: String, _ read: () throws -> Result) throws -> Result {
    try requireTable(path)
    do {
      return try read()
    } catch let error as DataError {
      guard case .notANumber(let file, 1, let column, let found) = error, !header else {
        throw error
      }
      throw InputError(
        "\(file), line 1, column \(column): \"\(found.prefix(40))\"; expected a number, or --header for a first line of names"
      )
    }
  }
}

/// Throws at a file that is packed.
func requireUnpacked(_ path: String) throws {
  if try DataFile.beginning(of: path, bytes: 2) == [0x1F, 0x8B] {
    throw InputError("\(path): packed by gzip; expected it unpacked, as gunzip does it")
  }
}

/// Throws at a file whose beginning is that of something else than fields with commas between them.
private func requireTable(_ path: String) throws {
  try requireUnpacked(path)
  let beginning = try DataFile.beginning(of: path, bytes: 4096)
  let isIDX = beginning.count > 3 && beginning[0] == 0 && beginning[1] == 0 && beginning[3] > 0
  if beginning.first == 0x93 || isIDX {
    throw UsageError(
      "--data is \(path), an \(isIDX ? "IDX" : "NPY") file; expected it as --images with --labels")
  }
  let line = beginning.prefix { $0 != UInt8(ascii: "\n") }
  if line.contains(UInt8(ascii: ",")) { return }
  for (byte, name) in [(UInt8(ascii: ";"), "semicolons"), (UInt8(ascii: "\t"), "tabs")]
  where line.contains(byte) {
    throw InputError("\(path), line 1: fields with \(name) between them; expected commas")
  }
}
