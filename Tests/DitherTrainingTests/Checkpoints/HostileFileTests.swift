import DitherRuntime
import DitherTensors
import DitherTraining
import Foundation
import Testing

@Suite("Hostile safetensors files end in an error that names the file and the byte")
struct HostileFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

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
      guard case .malformed(path, 0, let found, _) = try folder.fault(bytes) else {
        Issue.record("\(length)")
        continue
      }
      #expect(found == "a header of \(length) bytes")
    }
    #expect(
      try folder.fault([1, 2, 3])
        == .malformed(
          file: path, offset: 3, found: "the file ends",
          expected: "8 bytes that hold the length of the header"))
  }

  @Test("Bytes that are no UTF-8 are no name")
  func invalidText() throws {
    var bytes = safetensorsFile("{\"__metadata__\":{\"ab\":\"\"}}")
    bytes[8 + 18] = 0xFF
    #expect("\(try #require(try folder.fault(bytes)))".contains("bytes that are no UTF-8"))
  }

  @Test("A file that ends too early, at any byte, is refused")
  func truncated() throws {
    let path = folder.file("whole.safetensors")
    try Safetensors(
      tensors: ["a": Tensor([1, 2, 3]), "b": Tensor(zeros: [2, 2])], metadata: ["k": "v"]
    ).write(to: path)
    let whole = try bytes(of: path)
    for count in 0..<whole.count {
      guard case .malformed(_, let offset, _, _) = try folder.fault(Array(whole[..<count])) else {
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
