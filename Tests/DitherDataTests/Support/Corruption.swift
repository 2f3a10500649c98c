import DitherData
import Foundation
import Testing

/// Expects that reading any beginning of a file throws a `DataError`, and that with any bit changed it throws one or gives a
/// value: nothing stops the program, and no other error comes.
func checkCorrupted(
  _ contents: [UInt8], name: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ read: (String) throws -> Void
) throws {
  try withFolder { folder in
    let path = folder + "/" + name
    func outcome(_ bytes: [UInt8]) throws -> DataError? {
      try Data(bytes).write(to: URL(filePath: path))
      do {
        try read(path)
        return nil
      } catch let error as DataError {
        #expect(error.description.hasPrefix(path), sourceLocation: sourceLocation)
        return error
      }
    }
    #expect(try outcome(contents) == nil, sourceLocation: sourceLocation)
    for count in contents.indices {
      #expect(
        try outcome(Array(contents[..<count])) != nil, "the first \(count) bytes",
        sourceLocation: sourceLocation)
    }
    for place in contents.indices {
      for bit in 0..<8 {
        var changed = contents
        changed[place] ^= 1 << bit
        _ = try outcome(changed)
      }
    }
  }
}

/// The error that `body` throws; nil if it throws none.
func dataError(_ body: () throws -> Void) throws -> DataError? {
  do {
    try body()
    return nil
  } catch let error as DataError {
    return error
  }
}
