import DitherData
import DitherTensors
import Foundation
import TestSupport
import Testing

@Suite("Columns of CSV files")
struct CSVFormatTests {
  @Test("Fields in quotes hold commas, line ends and doubled quotes")
  func quotes() throws {
    let contents = "\"1\", \"2\" ,\"a, \"\"b\"\"\nc\"\r\n3,4,\" d \"\r\n5,\"6\",e\r\n"
    try withFile(contents) { path in
      let data = try LabelledData(
        contentsOf: path, format: CSVFormat(labelCategories: .byFirstAppearance))
      #expect(data.inputs == Tensor(rows: [[1, 2], [3, 4], [5, 6]]))
      #expect(data.classNames == ["a, \"b\"\nc", " d ", "e"])
      #expect(data.labels == [0, 1, 2])
    }
  }

  @Test("A header names columns; classes are numbered in the order in which they appear")
  func header() throws {
    try withFile("x,kind,\"y, scaled\"\n1,cat,2\n3,dog,4\n5,cat,6\n") { path in
      let data = try LabelledData(
        contentsOf: path,
        format: CSVFormat(
          hasHeader: true, labelColumn: .named("kind"), labelCategories: .byFirstAppearance))
      #expect(data.inputs == Tensor(rows: [[1, 2], [3, 4], [5, 6]]))
      #expect(data.labels == [0, 1, 0])
      #expect(data.classes == 2)
      #expect(data.classNames == ["cat", "dog"])
      #expect(data.featureNames == ["x", "y, scaled"])
      #expect(data.subset([1]).classNames == ["cat", "dog"])
      let listed = try LabelledData(
        contentsOf: path,
        format: CSVFormat(
          hasHeader: true, labelColumn: .at(1), labelCategories: .listed(["bird", "dog", "cat"])))
      #expect(listed.labels == [2, 1, 2])
      #expect(listed.classes == 3)
    }
  }

  @Test("A label that is a number may stand in any column")
  func labelColumn() throws {
    try withFile("1,2,3\n0,4,5\n") { path in
      let data = try LabelledData(contentsOf: path, format: CSVFormat(labelColumn: .at(0)))
      #expect(data.inputs == Tensor(rows: [[2, 3], [4, 5]]))
      #expect(data.labels == [1, 0])
      #expect(data.featureNames.isEmpty && data.classNames.isEmpty)
    }
  }

  @Test("A column of categories becomes a feature for each")
  func categories() throws {
    try withFile("colour,size,class\nred,1,0\nblue,2,1\nred,3,0\n") { path in
      let data = try LabelledData(
        contentsOf: path,
        format: CSVFormat(
          hasHeader: true, categoryColumns: [.named("colour"): .byFirstAppearance]))
      #expect(data.inputs == Tensor(rows: [[1, 0, 1], [0, 1, 2], [1, 0, 3]]))
      #expect(data.featureNames == ["colour=red", "colour=blue", "size"])
      let listed = try LabelledData(
        contentsOf: path,
        format: CSVFormat(
          hasHeader: true, categoryColumns: [.at(0): .listed(["green", "blue", "red"])]))
      #expect(listed.inputs == Tensor(rows: [[0, 0, 1, 1], [0, 1, 0, 2], [0, 0, 1, 3]]))
    }
  }

  @Test(
    "Quotes that do not fit, and fields and columns that are not there, are named",
    arguments: [
      CSVCase("1,2,0\n3,\"4\n\n5,1\n", "line 2, column 2: a quote that is not closed"),
      CSVCase("1,2,0\n3,4\",1\n", "line 2, column 2: a quote within a field"),
      CSVCase("1,2,0\n3,\"4\"5,1\n", "line 2, column 2: a quote within a field"),
      CSVCase("1,2,0\n\"3\n\",4,1\n", "line 2, column 1: \"3\\n\"; expected a number"),
      CSVCase("\"1\",\"2\n", "line 1, column 2: a quote that is not closed"),
      CSVCase("1,2,0\n\"3\",\"\n\n4\"x,1\n", "line 4, column 2: a quote within a field"),
      CSVCase("1,2,0\n\"3\",4\n", "line 2: 2 columns; expected 3, as in line 1"),
      CSVCase("\"1\"\n", "line 1: 1 column; expected at least 2"),
    ])
  func badQuotes(file: CSVCase) throws {
    try withFile(file.contents) { path in
      let found = try dataError { _ = try LabelledData(contentsOf: path) }?.description ?? ""
      #expect(found.hasPrefix("\(path), \(file.message)"), "\(found)")
    }
  }

  @Test("Lines within quotes count")
  func lines() throws {
    try withFile("1,\"a\n\n\"\n2,\"b\"\nx,c\n") { path in
      let format = CSVFormat(labelCategories: .byFirstAppearance)
      let found = try dataError { _ = try LabelledData(contentsOf: path, format: format) }
      #expect(found?.description == "\(path), line 5, column 1: \"x\"; expected a number")
    }
  }

  @Test("Columns and categories that are not there, and too many, are named")
  func unknown() throws {
    func message(_ contents: String, _ format: CSVFormat) throws -> String? {
      try withFile(contents) { path in
        try dataError { _ = try LabelledData(contentsOf: path, format: format) }?.description
          .replacingOccurrences(of: path, with: "")
      }
    }
    #expect(
      try message("a,b\n1,0\n", CSVFormat(hasHeader: true, labelColumn: .named("c")))
        == ", line 1: no column c; expected one of \"a\", \"b\"")
    #expect(
      try message("1,0\n", CSVFormat(labelColumn: .at(2)))
        == ", line 1: no column 2; expected one of \"0\", \"1\"")
    #expect(
      try message("1,x\n2,z\n", CSVFormat(labelCategories: .listed(["x", "y"])))
        == ", line 2, column 2: \"z\"; expected one of \"x\", \"y\"")
    #expect(
      try message("a,b\n", CSVFormat(hasHeader: true)) == ": empty; expected data")
    let many = (0..<300).map { "n\($0),0\n" }.joined()
    #expect(
      try message(many, CSVFormat(categoryColumns: [.at(0): .byFirstAppearance]))
        == ", line 257, column 1: one more category; expected at most 256")
  }

  @Test("Columns that are one column in this file alone are named")
  func namedTwice() throws {
    let format = CSVFormat(categoryColumns: [.at(2): .byFirstAppearance])
    try withFile("1,2,0\n") { path in
      let found = try dataError { _ = try LabelledData(contentsOf: path, format: format) }
      #expect(found == .columnNamedTwice(file: path, column: 3))
      #expect(
        found?.description
          == "\(path), line 1, column 3: named twice by the format; expected once, as the label or as categories"
      )
    }
    try withFile("1,2,x,0\n") { path in
      let data = try LabelledData(contentsOf: path, format: format)
      #expect(data.inputs == Tensor(rows: [[1, 2, 1]]))
    }
    try withFile("a,b,c\n1,2,0\n") { path in
      let format = CSVFormat(
        hasHeader: true,
        categoryColumns: [.named("b"): .byFirstAppearance, .at(1): .byFirstAppearance])
      #expect(throws: DataError.columnNamedTwice(file: path, column: 2)) {
        try LabelledData(contentsOf: path, format: format)
      }
    }
  }

  @Test("A file that is cut short or has a bit changed is an error or a value")
  func corrupted() throws {
    let contents = Array("name,n,class\n\"a \"\"b\"\"\",1.5,x\n\"c\nd\",-2e3,y\n".utf8)
    let format = CSVFormat(
      hasHeader: true, labelCategories: .byFirstAppearance,
      categoryColumns: [.at(0): .byFirstAppearance])
    for count in contents.indices {
      for bit in 0..<8 {
        var changed = contents
        changed[count] ^= 1 << bit
        for bytes in [Array(contents[..<count]), changed] {
          try withFile(bytes) { path in
            _ = try dataError { _ = try LabelledData(contentsOf: path, format: format) }
          }
        }
      }
    }
  }

  @Test("A format that cannot be stops with what was received")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = CSVFormat(labelColumn: .named("x"))
      }, says: "CSVFormat: a column named \"x\" without a header")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = CSVFormat(labelCategories: .listed(["a", "a"]))
      }, says: "CSVFormat: categories [\"a\", \"a\"]; expected at least one, each once")
  }
}
