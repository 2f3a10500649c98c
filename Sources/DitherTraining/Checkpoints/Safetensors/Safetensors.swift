import DitherData
import DitherRuntime
public import DitherTensors

/// What a safetensors file holds: tensors by name, and strings by name.
///
/// It is the format that PyTorch models are shared in; Python's `safetensors` reads what this writes, and the reverse. A file
/// is a header in JSON, with each tensor's type, shape and place, and then the elements of all, in row order:
///
/// ```swift
/// let path = "/tmp/weights.safetensors"
/// try Safetensors(tensors: ["weight": Tensor(zeros: [3, 2])]).write(to: path)
/// let read = try Safetensors(contentsOf: path)
/// assert(read.tensors["weight"]?.shape == [3, 2])
/// ```
///
/// Elements are written as F32 and read as `Float`: from F32, F16, BF16, BOOL, U8, I8, U16 and I16 exactly; from F64, I32,
/// U32, I64 and U64 as the nearest `Float`, the even one of two (beyond the greatest, an infinity). Other types are refused.
///
/// Source: the format in the README of https://github.com/huggingface/safetensors.
public struct Safetensors: Sendable {
  /// By name. No tensor may be called `__metadata__`.
  public var tensors: [String: Tensor]
  /// Text by name: what the file has under `__metadata__`.
  public var metadata: [String: String]

  /// The most bytes that a header may have, here as in Python: 100,000,000.
  public static let maximumHeaderBytes = 100_000_000

  /// What a file is to hold.
  public init(tensors: [String: Tensor] = [:], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads a file.
  ///
  /// Everything that the header claims is checked against the file's size before memory is taken for a tensor: the places of
  /// tensors neither overlap nor leave a hole, each is as long as its shape and type make it, and no name comes twice.
  ///
  /// - Throws: ``SafetensorsError``, with the file and the byte where it is not as it should be.
  public init(contentsOf path: String) throws(SafetensorsError) {
    let file = try FileReader(path)
    let header = try SafetensorsHeader(file)
    self.init(metadata: header.metadata)
    for entry in header.entries {
      tensors[entry.name] = try entry.tensor(from: file, dataStart: header.dataStart)
    }
  }
}

// MARK: Writing

extension Safetensors {
  /// Writes a file, in the place of what was there.
  ///
  /// It is written beside, under another name, brought to the disk, and then renamed: whatever happens, `path` is the old file
  /// or the new one, whole.
  ///
  /// - Throws: ``SafetensorsError/noSpace(file:)``, ``SafetensorsError/notWritten(file:reason:)``. The old file is still
  ///   there, or the new one is, whole. A tensor called `__metadata__` stops the program.
  public func write(to path: String) throws(SafetensorsError) {
    try write(to: path, keepingOldAs: nil)
  }

  /// The same; the old file goes on under another name.
  func write(to path: String, keepingOldAs previous: String?) throws(SafetensorsError) {
    let names = tensors.keys.sorted(by: precedes)
    let header = headerBytes(names)
    if header.count - 8 > Self.maximumHeaderBytes {
      throw .notWritten(
        file: path,
        reason:
          "a header of \(header.count - 8) bytes, more than \(Self.maximumHeaderBytes)")
    }
    do throws(SystemCallFailure) {
      try replaceFile(at: path, keepingOldAs: previous) { file throws(SystemCallFailure) in
        try file.append(header)
        for name in names {
          let tensor = tensors[name]!
          try unsafe tensor.withUnsafePointer { elements throws(SystemCallFailure) in
            try unsafe file.append(
              UnsafeRawBufferPointer(start: elements, count: tensor.count * Self.elementBytes))
          }
        }
      }
    } catch {
      throw error.isFull ? .noSpace(file: path) : .notWritten(file: path, reason: error.reason)
    }
  }

  private static let elementBytes = MemoryLayout<Float>.size

  /// The header's length in eight bytes, and the header, with spaces at its end so that the elements are aligned.
  private func headerBytes(_ names: [String]) -> [UInt8] {
    require(
      tensors[SafetensorsHeader.metadataName] == nil,
      "Safetensors: a tensor is called \(SafetensorsHeader.metadataName); expected another name")
    var members: [String] = []
    if !metadata.isEmpty {
      let strings = jsonObject(metadata.mapValues(jsonText))
      members.append("\(jsonText(SafetensorsHeader.metadataName)):\(strings)")
    }
    var end = 0
    for name in names {
      let tensor = tensors[name]!
      let start = end
      end += tensor.count * Self.elementBytes
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      members.append(
        "\(jsonText(name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}"
      )
    }
    var header = Array("{\(members.joined(separator: ","))}".utf8)
    while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
    let length = UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + header
  }
}

#if _endian(big)
  #error("safetensors files are little-endian, and elements are written as they lie in memory")
#endif
