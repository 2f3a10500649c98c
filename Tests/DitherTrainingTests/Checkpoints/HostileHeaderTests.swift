import DitherTraining
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

@Suite("Hostile headers of safetensors files end in an error that names the file and the byte")
struct HostileHeaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

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
    let error = try #require(try folder.fault(safetensorsFile(file.header, data: data)))
    guard case .malformed = error else {
      Issue.record("\(error)")
      return
    }
    #expect("\(error)".contains(file.message), "\(error)")
    #expect("\(error)".hasPrefix(folder.file("a.safetensors")))
  }
}
