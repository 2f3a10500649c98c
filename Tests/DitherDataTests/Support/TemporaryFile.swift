import Foundation

/// A folder of its own for the time of `body`.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// A file of its own for the time of `body`.
func withFile<Result>(
  _ contents: [UInt8], name: String = "points.csv", _ body: (String) throws -> Result
) throws -> Result {
  try withFolder { folder in
    let path = folder + "/" + name
    try Data(contents).write(to: URL(filePath: path))
    return try body(path)
  }
}

func withFile<Result>(
  _ contents: String, name: String = "points.csv", _ body: (String) throws -> Result
) throws -> Result {
  try withFile(Array(contents.utf8), name: name, body)
}

/// The path of a file that Tests/Reference/make_data_reference.py wrote.
func fixture(_ name: String) -> String {
  Bundle.module.bundleURL.appendingPathComponent("Resources/" + name).path
}

func bytes(at path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(filePath: path)))
}
