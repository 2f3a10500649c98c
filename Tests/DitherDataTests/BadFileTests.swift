import DitherData
import DitherRuntime
import DitherTensors
import Foundation
import Testing

/// The bytes of an NPY file with a header of one's own.
private func npy(_ header: String, _ elements: [UInt8] = []) -> [UInt8] {
  let text = Array((header + "\n").utf8)
  return numpy([1, 0, UInt8(text.count % 256), UInt8(text.count / 256)] + text + elements)
}

/// What follows the magic text.
private func numpy(_ rest: [UInt8]) -> [UInt8] { joined([0x93], Array("NUMPY".utf8), rest) }

func joined(_ parts: [UInt8]...) -> [UInt8] { parts.flatMap { $0 } }

/// A file of an array that is not as it should be, and what the error says after the file's path.
struct BadArray: Sendable, CustomTestStringConvertible {
  var bytes: [UInt8]
  var message: String
  var testDescription: String { message }

  init(_ bytes: [UInt8], _ message: String) { (self.bytes, self.message) = (bytes, message) }
}

@Suite("Bad files")
struct BadFileTests {
  @Test(
    "What is wrong with a NumPy file is named with its place",
    arguments: [
      BadArray(
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0]),
        ", byte 68: 3 bytes are left; expected 4"),
      BadArray(
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0, 0, 9]),
        ", byte 72: 1 byte is left; expected the file's end"),
      BadArray(
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", [0, 0, 0x80, 0x7F]),
        ", byte 68: inf; expected a finite number in the range of Float"),
      BadArray(
        npy(
          "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", [0, 0, 0, 0, 0, 0, 0xF8, 0x7F]),
        ", byte 66: nan; expected a finite number in the range of Float"),
      BadArray(
        npy("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", [1, 2]),
        ", byte 69: \"2\"; expected a truth value, 0 or 1"),
      BadArray(
        npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }"),
        ", byte 20: \"elements of type |O\"; expected <f4, <f8, |u1, |i1, |b1, or whole numbers of 2, 4 or 8 bytes"
      ),
      BadArray(
        npy("{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }"),
        ", byte 20: \"elements of type <c8\"; expected <f4, <f8, |u1, |i1, |b1, or whole numbers of 2, 4 or 8 bytes"
      ),
      BadArray(
        npy("{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }"),
        ", byte 44: \"0, \\'shape\\': (2,), }\\n\"; expected True or False"),
      BadArray(
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }"),
        ", byte 61: \"-1,), }\\n\"; expected a whole number below 2⁶³"),
      BadArray(
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,)}"),
        ", byte 61: \"9223372036854775808,)}\\n\"; expected a whole number below 2⁶³"),
      BadArray(
        npy("{'descr': '<f4', 'fortran_order': False}"),
        ", byte 10: \"a header without all of its entries\"; expected descr, fortran_order and shape"
      ),
      BadArray(
        npy("{'descr': '<f4', 'descr': '<f4'}"),
        ", byte 27: \"entry descr\"; expected descr, fortran_order and shape, once each"),
      BadArray(
        npy("{'descr': '<f4'} or else"), ", byte 27: \"or else\\n\"; expected the header's end"),
      BadArray(npy("import os"), ", byte 10: \"import os\\n\"; expected {"),
      BadArray(
        numpy([9, 0, 1, 0, 1]),
        ", byte 6: \"version 9.0\"; expected 1.0, 2.0 or 3.0"),
      BadArray(
        numpy([2, 0, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
        ", byte 12: 1 byte is left; expected 4294967295"),
      BadArray(
        [0x93, 1, 2, 3, 4, 5], ", byte 0: \"no NPY file\"; expected the magic text \\x93NUMPY"),
      BadArray(Array("PK".utf8), ", byte 0: \"PK\"; expected an NPY or IDX file"),
      BadArray([], ": empty; expected data"),
    ])
  func badNPY(file: BadArray) throws {
    try check(file)
  }

  @Test(
    "What is wrong with an IDX file is named with its place",
    arguments: [
      BadArray([0, 0, 8, 1, 0, 0, 0, 2, 7], ", byte 8: 1 byte is left; expected 2"),
      BadArray(
        [0, 0, 8, 1, 0, 0, 0, 1, 7, 7], ", byte 9: 1 byte is left; expected the file's end"),
      BadArray(
        [0, 0, 10, 1, 0, 0, 0, 1, 7],
        ", byte 2: \"element code 10\"; expected 8, 9, 11, 12, 13 or 14"),
      BadArray([0, 0, 8, 0], ", byte 3: \"no axes\"; expected at least one"),
      BadArray([0, 0, 8, 3, 0, 0], ", byte 4: 2 bytes are left; expected 12"),
      BadArray([0, 1, 8, 1], ", byte 0: \"no IDX file\"; expected two zeros"),
      BadArray([0], ", byte 0: 1 byte is left; expected 2"),
      BadArray(
        [0, 0, 13, 1, 0, 0, 0, 1, 0x7F, 0xC0, 0, 0],
        ", byte 8: nan; expected a finite number in the range of Float"),
      BadArray(
        [0, 0, 14, 1, 0, 0, 0, 1, 0x7F, 0xEF, 0, 0, 0, 0, 0, 0],
        ", byte 8: 1.7415152243978685e+308; expected a finite number in the range of Float"),
    ])
  func badIDX(file: BadArray) throws {
    try check(file)
  }

  private func check(_ file: BadArray) throws {
    try withFile(file.bytes, name: "array") { path in
      let found = try dataError { _ = try Tensor(contentsOf: path) }
      #expect(found?.description == path + file.message)
    }
  }

  @Test(
    "Headers that claim more elements than can be, with and without an axis of length 0",
    arguments: [
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1152921504606846976,), }"),
      npy("{'descr': '|u1', 'fortran_order': True, 'shape': (4294967296, 4294967296), }"),
      npy("{'descr': '<f4', 'fortran_order': True, 'shape': (0, 4294967296, 4294967296), }"),
      joined([0, 0, 8, 3], [UInt8](repeating: 0xFF, count: 12)),
      joined([0, 0, 8, 255], [UInt8](repeating: 0x40, count: 4 * 255)),
    ])
  func greatClaims(bytes: [UInt8]) throws {
    try withFile(bytes, name: "array") { path in
      let found = try dataError { _ = try Tensor(contentsOf: path) }
      guard case .truncated(file: _, offset: _, found: 0, expected: _)? = found else {
        Issue.record("\(String(describing: found))")
        return
      }
    }
  }

  @Test("A file that is cut short or has a bit changed is an error or a value")
  func corrupted() throws {
    for name in [
      "f4.npy", "f8-big-endian.npy", "i4-fortran.npy", "b1.npy", "int16.idx", "float64.idx",
    ] {
      try checkCorrupted(try bytes(at: fixture(name)), name: name) {
        _ = try Tensor(contentsOf: $0)
      }
    }
  }

  #if os(Linux)
    @Test("Memory is taken for elements that the file has, not for those it claims")
    func memory() async {
      await #expect(processExitsWith: .success) {
        let claims: [[UInt8]] = [
          [0, 0, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 8, 2, 0, 1, 0, 0, 0, 1, 0, 0],
          numpy([3, 0, 0xFF, 0xFF, 0xFF, 0x7F]),
          joined(Array("RIFF".utf8), [0xFF, 0xFF, 0xFF, 0x7F], Array("WAVE".utf8)),
        ]
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
          UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // In kilobytes, the greatest so far.
        func addressSpace() throws -> Int {
          let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
          let line = status.split(separator: "\n").first { $0.hasPrefix("VmPeak") }!
          return Int(line.filter(\.isNumber))!
        }
        let path = folder.path + "/file"
        try Data(claims[0]).write(to: URL(filePath: path))
        _ = try? Tensor(contentsOf: path)
        let (before, blocks) = (try addressSpace(), MemoryPool.freshBlocks)
        for bytes in claims {
          try Data(bytes).write(to: URL(filePath: path))
          do {
            _ = try Tensor(contentsOf: path)
            fatalError("read an array from \(bytes)")
          } catch is DataError {}
          do {
            _ = try Recording(contentsOf: path)
            fatalError("read a recording from \(bytes)")
          } catch is DataError {}
        }
        guard MemoryPool.freshBlocks == blocks, try addressSpace() < before + 1_048_576 else {
          fatalError("memory was taken")
        }
      }
    }
  #endif
}
