import DitherRuntime
import DitherTensors
import DitherTraining
import Foundation
import Testing

/// A header and what is said of it.
struct HostileHeader: Sendable, CustomTestStringConvertible {
  var header: String
  var message: String
  var data = 0
  var testDescription: String { String(header.prefix(60)) }

  init(_ header: String, _ message: String, data: Int = 0) {
    (self.header, self.message, self.data) = (header, message, data)
  }
}

private let bomb = String(repeating: "[", count: 200_000)

@Suite("Hostile safetensors files end in an error that names the file and the byte")
struct HostileFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func fault(_ bytes: [UInt8]) throws -> SafetensorsError? {
    let path = try folder.write(bytes, to: "a.safetensors")
    do throws(SafetensorsError) {
      _ = try Safetensors(contentsOf: path)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "Each claim of a header is checked",
    arguments: [
      HostileHeader("", "byte 8: the end; expected an object"),
      HostileHeader("[]", "byte 8: \"[]\"; expected an object"),
      HostileHeader("{} x", "byte 11: \"x\"; expected nothing more"),
      HostileHeader("{\"a\":1}", "byte 13: \"1}\"; expected an object"),
      HostileHeader("{\"a\":{}}", "byte 9: the tensor \"a\" of type none, shape none"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F8\",\"shape\":[],\"data_offsets\":[0,1]}}",
        "byte 22: the type \"F8\"; expected one of F64, F32"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
        "the name \"a\" once more", data: 2),
      HostileHeader(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[3,7]}}",
        "the tensor \"b\" begins at byte 3 of the data; expected 4", data: 7),
      HostileHeader(
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[5,9]}}",
        "the tensor \"b\" begins at byte 5 of the data; expected 4", data: 9),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "the tensor \"a\" has 4 bytes; expected 8", data: 4),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1099511627776],\"data_offsets\":[0,4398046511104]}}",
        "4 bytes of data; expected 4398046511104", data: 4),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9007199254740992,9007199254740992],\"data_offsets\":[0,0]}}",
        "expected a shape whose elements can be counted"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9007199254740993],\"data_offsets\":[0,0]}}",
        "expected a length, 0 or more, at most 9007199254740992"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,0]}}",
        "expected a length, 0 or more"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,0]}}",
        "expected a length, 0 or more"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}",
        "expected a length, 0 or more", data: 4),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,0]}}",
        "expected a type, a shape and two data_offsets, the second not below the first"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0],\"x\":1}}",
        "the name \"x\"; expected dtype, shape or data_offsets"),
      HostileHeader("{}", "3 bytes of data; expected 0", data: 3),
      HostileHeader("{\"__metadata__\":{\"a\":1}}", "expected text in quotes"),
      HostileHeader("{\"\\ud800\":{}}", "expected a character"),
      HostileHeader("{\"a\u{1}\":{}}", "expected a quote"),
      HostileHeader("{\"a\":{\"shape\":\(bomb)", "expected a length, 0 or more"),
      HostileHeader(
        "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[0,2]}}",
        "byte 64: 2 in a BOOL tensor; expected 0 or 1", data: 2),
    ])
  func header(file: HostileHeader) throws {
    let data = (0..<file.data).map { UInt8($0 * 2) }
    let error = try #require(try fault(safetensorsFile(file.header, data: data)))
    guard case .malformed = error else {
      Issue.record("\(error)")
      return
    }
    #expect("\(error)".contains(file.message), "\(error)")
    #expect("\(error)".hasPrefix(folder.file("a.safetensors")))
  }

  #if os(Linux)
    @Test("Memory is taken for elements that the file has, not for those it claims")
    func memory() async {
      await #expect(processExitsWith: .success) {
        // In kilobytes, the greatest so far.
        func addressSpace() throws -> Int {
          let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
          let line = status.split(separator: "\n").first { $0.hasPrefix("VmPeak") }!
          return Int(line.filter(\.isNumber))!
        }
        let folder = try TemporaryFolder()
        let lengths = [UInt64(1) << 60, 1 << 40, 100_000_001].map { length in
          (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + [0x7B, 0x7D]
        }
        let shapes = ["4294967296", "1048576,1048576"].map { shape in
          safetensorsFile(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[0,17179869184]}}")
        }
        func read(_ bytes: [UInt8]) throws {
          let path = try folder.write(bytes, to: "a.safetensors")
          do {
            _ = try Safetensors(contentsOf: path)
            fatalError("read tensors from \(bytes)")
          } catch {}
        }
        try read(lengths[0])
        let (before, blocks) = (try addressSpace(), MemoryPool.freshBlocks)
        for bytes in lengths + shapes { try read(bytes) }
        guard MemoryPool.freshBlocks == blocks, try addressSpace() < before + 1_048_576 else {
          fatalError("memory was taken")
        }
      }
    }
  #endif

  @Test("A header that claims 2⁶⁰ bytes, or more than there are, is refused")
  func hugeHeader() throws {
    let path = folder.file("a.safetensors")
    for length in [UInt64(1) << 60, .max, 100_000_001, 3] {
      let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + [0x7B, 0x7D]
      guard case .malformed(path, 0, let found, _) = try fault(bytes) else {
        Issue.record("\(length)")
        continue
      }
      #expect(found == "a header of \(length) bytes")
    }
    #expect(
      try fault([1, 2, 3])
        == .malformed(
          file: path, offset: 3, found: "the file ends",
          expected: "8 bytes that hold the length of the header"))
  }

  @Test("Bytes that are no UTF-8 are no name")
  func invalidText() throws {
    var bytes = safetensorsFile("{\"__metadata__\":{\"ab\":\"\"}}")
    bytes[8 + 18] = 0xFF
    #expect("\(try #require(try fault(bytes)))".contains("bytes that are no UTF-8"))
  }

  @Test("A file that ends too early, at any byte, is refused")
  func truncated() throws {
    let path = folder.file("whole.safetensors")
    try Safetensors(
      tensors: ["a": Tensor([1, 2, 3]), "b": Tensor(zeros: [2, 2])], metadata: ["k": "v"]
    ).write(to: path)
    let whole = try bytes(of: path)
    for count in 0..<whole.count {
      guard case .malformed(_, let offset, _, _) = try fault(Array(whole[..<count])) else {
        Issue.record("\(count) bytes of \(whole.count)")
        continue
      }
      #expect(offset <= count)
    }
  }

  @Test("Bytes changed at random end in an error or in tensors no larger than the file")
  func changed() throws {
    let path = folder.file("whole.safetensors")
    try Safetensors(
      tensors: ["a": Tensor([1, 2, 3]), "b": Tensor(zeros: [2, 2]), "c": Tensor(zeros: [0])],
      metadata: ["k": "v"]
    ).write(to: path)
    let whole = try bytes(of: path)
    var generator = SeededGenerator(state: 20_261_126)
    var refused = 0
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      let changed = try folder.write(bytes, to: "a.safetensors")
      if let read = try? Safetensors(contentsOf: changed) {
        let elements = read.tensors.values.reduce(0) { $0 + $1.count }
        #expect(elements <= bytes.count)
      } else {
        refused += 1
      }
    }
    #expect(refused > 1000)
  }
}
