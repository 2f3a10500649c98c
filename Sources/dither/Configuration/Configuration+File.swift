import DitherData
import DitherTraining
import Foundation

extension Configuration {
  /// Reads a configuration.
  ///
  /// - Throws: `DataError` where there is no file that can be read, `UsageError` for what is in it.
  init(contentsOf path: String) throws {
    let bytes = try DataFile.contents(of: path)
    do throws(JSONFault) {
      self = try Configuration(bytes)
    } catch {
      throw UsageError(
        "\(path), byte \(error.position): \(error.found); expected \(error.expected)")
    }
  }

  /// As JSON, a setting a line.
  var json: [UInt8] { jsonBytes(self) }

  /// The names of the settings that have a value.
  var named: Set<String> {
    // Its own JSON is an object.
    Set((try! JSONSerialization.jsonObject(with: Data(json)) as! [String: Any]).keys)
  }
}

/// A value of numbers, strings and lists as readable JSON; what JSON has no number for is written as text.
func jsonBytes(_ value: some Encodable) -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  return Array(try! encoder.encode(value)) + [UInt8(ascii: "\n")]
}

/// What is wrong with JSON that a run has written, and in which of its values.
func describe(_ error: DecodingError) -> String {
  func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
    return path.isEmpty ? "" : path.joined(separator: " ") + ": "
  }
  switch error {
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    return place(context) + context.debugDescription
  case .keyNotFound(let key, let context):
    return place(context) + "there is no \"\(key.stringValue)\"; expected one"
  case .dataCorrupted(let context):
    let reason = context.underlyingError.map { error in
      (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "\(error)"
    }
    return place(context)
      + ([context.debugDescription] + [reason].compactMap(\.self))
      .joined(separator: " ")
  @unknown default: return "\(error)"
  }
}
