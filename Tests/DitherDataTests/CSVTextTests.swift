import DitherData
import DitherTensors
import Foundation
import Testing

private let labelNames = CSVFormat(labelCategories: .byFirstAppearance)

@Suite("Text in CSV files")
struct CSVTextTests {
  @Test(
    "Bytes that are no UTF-8 are refused in labels, categories, headers and numbers",
    arguments: [
      // Zoé and Zoè in Latin-1, which would be one name.
      ([0x31, 0x2C, 0x5A, 0x6F, 0xE9, 0x0A, 0x32, 0x2C, 0x5A, 0x6F, 0xE8], labelNames, 1, 2),
      (
        [0x78, 0x2C, 0x79, 0x0A, 0x61, 0x2C, 0x30, 0x0A, 0xE9, 0x2C, 0x31],
        CSVFormat(hasHeader: true, categoryColumns: [.named("x"): .byFirstAppearance]), 3, 1
      ),
      ([0x78, 0x2C, 0xFC, 0x0A, 0x31, 0x2C, 0x30], CSVFormat(hasHeader: true), 1, 2),
      ([0x31, 0x2C, 0x30, 0x0A, 0x22, 0xFC, 0x22, 0x2C, 0x30], CSVFormat(), 2, 1),
      // UTF-16 with its mark.
      ([0xFF, 0xFE, 0x31, 0x00, 0x2C, 0x00, 0x61, 0x00], labelNames, 1, 1),
    ] as [([UInt8], CSVFormat, Int, Int)])
  func notUTF8(bytes: [UInt8], format: CSVFormat, line: Int, column: Int) throws {
    try withFile(bytes) { path in
      _ = #expect(throws: DataError.notUTF8(file: path, line: line, column: column)) {
        try LabelledData(contentsOf: path, format: format)
      }
    }
    #expect(
      "\(DataError.notUTF8(file: "a.csv", line: 1, column: 3))"
        == "a.csv, line 1, column 3: bytes that are no UTF-8; expected UTF-8")
  }

  @Test("A label that is missing is no class of its own")
  func missingLabel() throws {
    try withFile("1,a\n2,\n3,b\n") { path in
      #expect(throws: DataError.noLabel(file: path, line: 2, column: 2)) {
        try LabelledData(contentsOf: path, format: labelNames)
      }
      #expect(
        "\(DataError.noLabel(file: "a.csv", line: 2, column: 2))"
          == "a.csv, line 2, column 2: no label; expected the name of a class")
    }
  }

  @Test("Without a label every column is a feature, and is read as features are")
  func withoutLabel() throws {
    try withFile("size,colour\n1,red\n2,blue\n3,red\n") { path in
      let format = CSVFormat(
        hasHeader: true, categoryColumns: [.named("colour"): .listed(["blue", "red"])])
      let features = try CSVFeatures(contentsOf: path, format: format)
      #expect(features.inputs == Tensor(rows: [[1, 0, 1], [2, 1, 0], [3, 0, 1]]))
      #expect(features.names == ["size", "colour=blue", "colour=red"])
    }
    // One column, of more numbers than there may be classes.
    let rows = 70_000
    try withFile((0..<rows).map { "\($0)" }.joined(separator: "\n")) { path in
      let features = try CSVFeatures(contentsOf: path, format: CSVFormat())
      #expect(features.inputs == Tensor((0..<rows).map { Float($0) }, shape: [rows, 1]))
    }
    try withFile("1,2\n0x10,3\n") { path in
      _ = #expect(throws: DataError.notANumber(file: path, line: 2, column: 1, found: "0x10")) {
        try CSVFeatures(contentsOf: path, format: CSVFormat())
      }
    }
  }
}
