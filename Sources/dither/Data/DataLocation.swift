import Foundation

/// Where data are.
enum DataLocation {
  /// A CSV file.
  case table(String)
  /// Two files, each IDX or NPY; without labels where none are needed.
  case pair(inputs: String, labels: String?)
  /// A folder with one sub-folder a class, or, where no labels are needed, of files.
  case folder(String)
  /// A WAV file, where no labels are needed.
  case recording(String)
  /// The handwritten digits that come with the program.
  case digits

  /// What says ``digits`` in the place of a path.
  static let nameOfDigits = "built-in:digits"

  /// Nil where nothing is given.
  init?(
    data: String?, images: String?, labels: String?,
    keys: (data: any CodingKey, images: any CodingKey, labels: any CodingKey)
  ) throws(UsageError) {
    if let data {
      if images != nil || labels != nil {
        throw UsageError(
          "\(flag(keys.data)) beside \(flag(keys.images)) or \(flag(keys.labels)); expected one place of the data"
        )
      }
      if data == Self.nameOfDigits {
        self = .digits
        return
      }
      switch URL(fileURLWithPath: data).pathExtension.lowercased() {
      case _ where isFolder(data): self = .folder(data)
      case "wav": self = .recording(data)
      case "npy":
        throw UsageError(
          "\(flag(keys.data)) is \(data), an NPY file; expected it as \(flag(keys.images)) with \(flag(keys.labels))"
        )
      default: self = .table(data)
      }
      return
    }
    if let images {
      self = .pair(inputs: images, labels: labels)
      return
    }
    if labels != nil {
      throw UsageError("\(flag(keys.labels)) without \(flag(keys.images)); expected both")
    }
    return nil
  }

  /// How messages and reports name it.
  var description: String {
    switch self {
    case .table(let path), .folder(let path), .recording(let path): path
    case .pair(let inputs, _): inputs
    case .digits: Self.nameOfDigits
    }
  }
}

/// Whether there is a folder at a path.
func isFolder(_ path: String) -> Bool {
  var isDirectory: ObjCBool = false
  let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
  return exists && isDirectory.boolValue
}
