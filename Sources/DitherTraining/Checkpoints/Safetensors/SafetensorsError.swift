/// What is wrong with a safetensors file, and where. Its description is one line that says what was found and what was
/// expected.
public enum SafetensorsError: Error, Hashable, Sendable {
  /// There is no such file.
  case missing(file: String)
  /// The file is there and cannot be read, for the reason the system gives.
  case unreadable(file: String, reason: String)
  /// The file is not as the format has it. The offset counts bytes from the file's start.
  case malformed(file: String, offset: Int, found: String, expected: String)
  /// There is no room for the file: the disk, a quota or a limit is full. The file that was there before still is.
  case noSpace(file: String)
  /// The file could not be written, for the reason the system gives. The file that was there before still is, or, where the folder
  /// alone could not be brought to the disk, the new one, whole.
  case notWritten(file: String, reason: String)
}

extension SafetensorsError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let file):
      "\(file): no such file; expected a safetensors file"
    case .unreadable(let file, let reason):
      "\(file): cannot be read (\(reason)); expected a safetensors file"
    case .malformed(let file, let offset, let found, let expected):
      "\(file), byte \(offset): \(found); expected \(expected)"
    case .noSpace(let file):
      "\(file): no space left to write it"
    case .notWritten(let file, let reason):
      "\(file): cannot be written (\(reason))"
    }
  }
}
