import DitherData
import DitherTensors
import Foundation
import Testing

/// The error that reading `contents` throws; nil if it throws none.
private func errorReading(_ contents: String, classes: Int? = nil) throws -> (DataError?, String) {
  try withFile(contents) { path in
    do throws(DataError) {
      _ = try LabelledData(contentsOf: path, classes: classes)
      return (nil, path)
    } catch {
      return (error, path)
    }
  }
}

/// A file and, where it is a bad one, what the error says after the file's path.
struct CSVCase: Sendable, CustomTestStringConvertible {
  var contents: String
  var message = ""
  var classes: Int?
  /// On one line, whatever the contents.
  var testDescription: String { String(reflecting: String(contents.prefix(40))) }

  init(_ contents: String, _ message: String = "", classes: Int? = nil) {
    (self.contents, self.message, self.classes) = (contents, message, classes)
  }
}

@Suite("Reading CSV files")
struct CSVTests {
  @Test("Features, labels, classes and name come from the file")
  func reads() throws {
    try withFile("1,2.5,0\n-3,4e-2,2\n") { path in
      let data = try LabelledData(contentsOf: path)
      #expect(data.inputs == Tensor(rows: [[1, 2.5], [-3, 0.04]]))
      #expect(data.labels == [0, 2])
      #expect(data.classes == 3)
      #expect(data.count == 2)
      #expect(data.features == 2)
      #expect(data.name == "points")
      let named = try LabelledData(contentsOf: path, classes: 5, name: "other")
      #expect(named.classes == 5)
      #expect(named.name == "other")
    }
  }

  @Test(
    "Line ends, spaces, a byte order mark and empty last lines make no difference",
    arguments: [
      "1,2,0\n3,4,1", "1,2,0\r\n3,4,1\r\n", " 1 ,\t2,0 \n3, 4, 1 \n\n\n", "\u{FEFF}1,2,0\n3,4,1\n",
      "+1,2.,0\n3.0,.4e1,1", "1,2,0.0\n3,4,1e0\n", "01,2,-0\n3,4,1 \r\n \r\n",
    ].map { CSVCase($0) })
  func variants(file: CSVCase) throws {
    try withFile(file.contents) { path in
      let data = try LabelledData(contentsOf: path)
      #expect(data.inputs == Tensor(rows: [[1, 2], [3, 4]]))
      #expect(data.labels == [0, 1])
    }
  }

  @Test("Numbers are the nearest Float, as the standard library reads them")
  func numbers() throws {
    var written = [
      "0", "-0", "0.1", "16777216", "16777217", "16777219", "33554435", "123456789012345678901",
      "0.000000000001", "1e10", "1e-10", "3.4028234e38", "3.4028235e38", "1e-45", "1e-46",
      "7.0064923216240853547e-46", "0.30000001192092896", "1.00000005960464477539",
      "1.000000059604644775390625", "00000000000000000000000000000000001.5", "9.99999999999999999",
      "-123.456e+3", "5E-1", "0.0000000000000000000000000000000000000000000001e46",
    ]
    var state: UInt64 = 1
    for _ in 0..<2000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let bits = UInt32(state >> 32)
      let value = Float(bitPattern: bits)
      if value.isFinite { written.append("\(value)") }
      written.append("\(Double(bits) / 65536)")
      written.append("\(bits >> 12).\(bits & 0xFFF)")
    }
    let contents = written.map { $0 + ",0" }.joined(separator: "\n")
    let values = try withFile(contents) { try LabelledData(contentsOf: $0).inputs.scalars }
    #expect(values.count == written.count)
    for (text, value) in zip(written, values) {
      #expect(value.bitPattern == Float(text)!.bitPattern, "\(text)")
    }
  }

  @Test(
    "What is no number is named with its line and column",
    arguments: [
      CSVCase("1,2,0\n3,abc,1\n", "line 2, column 2: \"abc\"; expected a number"),
      CSVCase("1,2,0\n,4,1\n", "line 2, column 1: \"\"; expected a number"),
      CSVCase("1,2,0\n3,4,\n", "line 2, column 3: \"\"; expected a number"),
      CSVCase(
        "x,y,label\n1,2,0\n",
        "line 1, column 1: \"x\"; expected a number (a header is read only if the format says so)"),
      CSVCase("1,2,0\n3,4x,1\n", "line 2, column 2: \"4x\"; expected a number"),
      CSVCase("1,2,0\n3,0x10,1\n", "line 2, column 2: \"0x10\"; expected a number"),
      CSVCase("1,2,0\n3,1e,1\n", "line 2, column 2: \"1e\"; expected a number"),
      CSVCase("1,2,0\n3,-,1\n", "line 2, column 2: \"-\"; expected a number"),
      CSVCase("1,2,0\n3,.,1\n", "line 2, column 2: \".\"; expected a number"),
      CSVCase("1,2,0\n3,1.2.3,1\n", "line 2, column 2: \"1.2.3\"; expected a number"),
      CSVCase("1,2,0\n3,1 2,1\n", "line 2, column 2: \"1 2\"; expected a number"),
      CSVCase("1,2,0\n3,4,one\n", "line 2, column 3: \"one\"; expected a number"),
      CSVCase(
        "1,2,0\n3,\(String(repeating: "a", count: 90)),1\n",
        "line 2, column 2: \"\(String(repeating: "a", count: 40))\"…; expected a number"
      ),
      CSVCase("1,2,0\n3,a\rb\u{0}c,1\n", "line 2, column 2: \"a\\rb\\0c\"; expected a number"),
      CSVCase("1,2,0\n3,nan,1\n", "line 2, column 2: \"nan\"; expected a finite number"),
      CSVCase("1,2,0\n-inf,4,1\n", "line 2, column 1: \"-inf\"; expected a finite number"),
      CSVCase("1,2,0\n3,Infinity,1\n", "line 2, column 2: \"Infinity\"; expected a finite number"),
      CSVCase("1,2,0\n3,1e39,1\n", "line 2, column 2: \"1e39\"; expected a finite number"),
      CSVCase("1,2,0\n3,4,nan\n", "line 2, column 3: \"nan\"; expected a finite number"),
    ])
  func notNumbers(file: CSVCase) throws {
    try check(file)
  }

  @Test(
    "Lines of other lengths are named with their length",
    arguments: [
      CSVCase("1,2,0\n3,1\n", "line 2: 2 columns; expected 3, as in line 1"),
      CSVCase("1,2,0\n3,4,5,1\n", "line 2: 4 columns; expected 3, as in line 1"),
      CSVCase("1,2,0\n3\n", "line 2: 1 column; expected 3, as in line 1"),
      CSVCase("1,2,0\n\n3,4,1\n", "line 2: 0 columns; expected 3, as in line 1"),
      CSVCase("1,2,0\r\n\r\n3,4,1\r\n", "line 2: 0 columns; expected 3, as in line 1"),
      CSVCase("7\n8\n", "line 1: 1 column; expected at least 2, features and then a label"),
      CSVCase("\n1,2,0\n", "line 1: 0 columns; expected at least 2, features and then a label"),
    ])
  func ragged(file: CSVCase) throws {
    try check(file)
  }

  @Test(
    "Labels that are no class are named",
    arguments: [
      CSVCase("1,2,0\n3,4,1.5\n", "line 2: label \"1.5\"; expected a whole number"),
      CSVCase("1,2,0\n3,4,-1\n", "line 2: label \"-1\"; expected 0 to 65535"),
      CSVCase("1,2,65535\n3,4,65536\n", "line 2: label \"65536\"; expected 0 to 65535"),
      CSVCase("1,2,0\n3,4,1e30\n", "line 2: label \"1e30\"; expected 0 to 65535"),
      CSVCase("1,2,9\n3,4,10\n", "line 2: label \"10\"; expected 0 to 9", classes: 10),
      CSVCase("1,2,0\n3,4,-1\n", "line 2: label \"-1\"; expected 0 to 9", classes: 10),
    ])
  func labels(file: CSVCase) throws {
    try check(file)
  }

  private func check(_ file: CSVCase) throws {
    let (error, path) = try errorReading(file.contents, classes: file.classes)
    #expect(error?.description == "\(path), \(file.message)")
  }

  @Test(
    "Files without lines are named",
    arguments: ["", "\n", "\r\n \n", "\u{FEFF}"].map { CSVCase($0) })
  func empty(file: CSVCase) throws {
    let (error, path) = try errorReading(file.contents)
    #expect(error == .empty(file: path))
    #expect(
      error?.description
        == "\(path): empty; expected data")
  }

  @Test("Files that are not there and folders are named")
  func unreadable() throws {
    let missing = "/no/such/file.csv"
    #expect(throws: DataError.missing(file: missing)) { try LabelledData(contentsOf: missing) }
    #expect(
      DataError.missing(file: missing).description
        == "/no/such/file.csv: no such file")
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: DataError.unreadable(file: folder, reason: "a directory")) {
      try LabelledData(contentsOf: folder)
    }
    #expect(
      DataError.unreadable(file: folder, reason: "a directory").description
        == "\(folder): cannot be read (a directory); expected a file of data")
  }

  @Test("Bytes that are no text are an error like any other")
  func binary() throws {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x00, UInt8(ascii: ","), 0x80, 0x0A, 0x31]
    _ = try withFile(bytes) { path in
      #expect(throws: DataError.self) { try LabelledData(contentsOf: path) }
    }
  }
}
