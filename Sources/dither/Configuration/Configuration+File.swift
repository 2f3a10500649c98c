import DitherData
import Foundation
import NoiseDistributions

extension Configuration {
  /// Reads a configuration.
  ///
  /// - Throws: `DataError` where there is no file that can be read, `UsageError` for what is in it.
  init(contentsOf path: String) throws {
    let bytes = try DataFile.contents(of: path)
    do {
      self = try JSONDecoder().decode(Configuration.self, from: Data(bytes))
    } catch let error as UnknownSetting {
      let nearest = nearestFirst(Self.keys, to: error.name).prefix(3)
      throw UsageError(
        "\(path): there is no setting \"\(error.name.prefix(60))\"; the nearest are \(nearest.joined(separator: ", "))"
      )
    } catch let error as DecodingError {
      throw UsageError("\(path): \(describe(error))")
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

/// What is wrong with JSON, and in which setting.
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
