import DitherTensors
import DitherTraining
import Foundation
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The path of a file that Tests/Reference/make_safetensors_reference.py wrote.
  private func reference(_ name: String) -> String? {
    Bundle.module.url(
      forResource: name, withExtension: "safetensors", subdirectory: "Resources")?.path
  }

  @Test("Tensors and metadata come back as they were, to the bit")
  func roundTrip() throws {
    let path = folder.file("a.safetensors")
    let special: [Float] = [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .pi, 1e38]
    let written = Safetensors(
      tensors: [
        "special": Tensor(special), "quiet NaN": Tensor([Float(bitPattern: 0x7FC0_1234)]),
        "scalar": Tensor([3], shape: []), "empty": Tensor(zeros: [0, 7]),
        "größe\n\"\\\u{1}": Tensor(zeros: [2, 3]),
        "large": Tensor((0..<600_000).map(Float.init), shape: [600, 1000]),
      ],
      metadata: ["purpose": "a test", "json": "{\"a\":[1,2]}", "emoji": "🙂\t"])
    try written.write(to: path)
    let read = try Safetensors(contentsOf: path)
    #expect(read.metadata == written.metadata)
    #expect(Set(read.tensors.keys) == Set(written.tensors.keys))
    for (name, tensor) in written.tensors {
      #expect(read.tensors[name]?.isBitwiseEqual(to: tensor) == true, "\(name)")
    }
    #expect(try folder.names == ["a.safetensors"])
  }

  @Test("A file is the header's length, the header, and the elements in row order")
  func layout() throws {
    let path = folder.file("a.safetensors")
    try Safetensors(
      tensors: ["b": Tensor([1, -2]), "a": Tensor([0.5], shape: [1, 1])], metadata: ["k": "v"]
    ).write(to: path)
    var header =
      "{\"__metadata__\":{\"k\":\"v\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},"
      + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}"
    while header.utf8.count % 8 != 0 { header += " " }
    let data: [UInt8] = [0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    #expect(try bytes(of: path) == safetensorsFile(header, data: data))
  }

  @Test("Nothing at all is a file too")
  func empty() throws {
    let path = folder.file("a.safetensors")
    try Safetensors().write(to: path)
    let read = try Safetensors(contentsOf: path)
    #expect(read.tensors.isEmpty && read.metadata.isEmpty)
  }

  @Test("Every type that Python writes is read: exactly, or as the nearest Float")
  func typesOfPython() throws {
    let path = try #require(reference("python-types"))
    let tensors = try Safetensors(contentsOf: path).tensors
    let whole: [Float] = [0, 1, 2, 127]
    #expect(tensors["U8"]?.scalars == [0, 1, 2, 255])
    #expect(tensors["I8"]?.scalars == [0, 1, -128, 127])
    #expect(tensors["U16"]?.scalars == [0, 1, 2, 65_535])
    #expect(tensors["I16"]?.scalars == [0, 1, -32_768, 32_767])
    #expect(tensors["BOOL"] == Tensor(rows: [[1, 0], [0, 1]]))
    // 2²⁴ + 1 lies between two Floats and becomes the even one; 2²⁴ + 3 the one above.
    #expect(tensors["I32"]?.scalars == [-16_777_216, 16_777_216, 16_777_220, -2_147_483_648])
    #expect(tensors["U32"]?.scalars == [0, 16_777_216, 16_777_220, 4_294_967_296])
    #expect(
      tensors["I64"]?.scalars
        == [-16_777_216, 16_777_216, 9_007_199_254_740_992, -9_223_372_036_854_775_808])
    #expect(tensors["U64"]?.scalars == [0, 16_777_216, 16_777_220, 18_446_744_073_709_551_616])
    #expect(
      tensors["F64"]?.scalars.map(\.bitPattern)
        == [Float(0.1), -0.0, .infinity, 0x1p-149, 1 + 0x1p-23, 0].map(\.bitPattern))
    #expect(
      tensors["F16"]?.scalars.map(\.bitPattern)
        == [1, -2.5, 65_504, 0x1p-24, 1023 * 0x1p-24, 0x1p-14, -0.0, .infinity].map(
          \Float.bitPattern))
    #expect(
      tensors["BF16"]?.scalars.map(\.bitPattern)
        == [1, -2.5, 0x1p127, 0x1p-133, -0.0, -.infinity].map(\Float.bitPattern))
    #expect(tensors["F32"]?.scalars == whole)
  }

  @Test("What is written has the bytes that Python writes, so that Python reads it")
  func bytesOfPython() throws {
    let expected = try #require(reference("python-float32"))
    let path = folder.file("a.safetensors")
    try Safetensors(
      tensors: [
        "0.weight": Tensor((0..<6).map { Float($0) / 7 }, shape: [2, 3]),
        "0.bias": Tensor([-1, 1e-30]), "scalar": Tensor([2.5], shape: []),
        "empty": Tensor(zeros: [0, 3]),
      ],
      metadata: ["format": "pt"]
    ).write(to: path)
    #expect(try bytes(of: path) == bytes(of: expected))
  }

  @Test("A file that is not there, a directory, and a folder that is not there are named")
  func unreachable() throws {
    let missing = folder.file("missing.safetensors")
    #expect(throws: SafetensorsError.missing(file: missing)) {
      try Safetensors(contentsOf: missing)
    }
    #expect(throws: SafetensorsError.unreadable(file: folder.path, reason: "a directory")) {
      try Safetensors(contentsOf: folder.path)
    }
    let nowhere = folder.file("no/a.safetensors")
    #expect(
      throws: SafetensorsError.notWritten(
        file: nowhere, reason: "open: No such file or directory")
    ) {
      try Safetensors().write(to: nowhere)
    }
  }
}
