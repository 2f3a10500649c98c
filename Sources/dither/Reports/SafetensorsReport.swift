import DitherTraining
import Foundation

/// The tensors of a safetensors file, with their types as the file has them, and its metadata.
struct SafetensorsReport {
  private let path: String
  private let contents: Safetensors
  private let types: [String: String]

  private struct Entry: Decodable {
    var dtype: String?
  }

  init(_ path: String) throws {
    self.path = path
    contents = try Safetensors(contentsOf: path)
    // The header is sound, or the contents would not have been read: its length, then as much JSON.
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    let length = try file.read(upToCount: 8)?.reversed().reduce(0) { $0 << 8 | Int($1) } ?? 0
    let header = try file.read(upToCount: length) ?? Data()
    types = try JSONDecoder().decode([String: Entry].self, from: header).compactMapValues(\.dtype)
  }

  var text: String {
    let names = contents.tensors.keys.sorted()
    let rows = names.map { name in
      let tensor = contents.tensors[name]!
      return [
        name.shortened(to: 44), types[name] ?? "", "\(tensor.shape)", "\(tensor.count)",
      ]
    }
    let total = contents.tensors.values.reduce(0) { $0 + $1.count }
    let tensors =
      "\(path): \(counted(names.count, "tensor")), \(counted(total, "element"))\n\n"
      + Table(header: ["tensor", "type", "shape", "elements"], rows: rows, words: [1, 2]).text
    if contents.metadata.isEmpty { return tensors }
    let metadata = contents.metadata.sorted { $0.key < $1.key }.map { name, value in
      [name.shortened(to: 30), value.shortened(to: 46)]
    }
    return tensors + "\n\n" + Table(header: ["metadata", ""], rows: metadata, words: [1]).text
  }
}
