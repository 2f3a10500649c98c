extension CodingUserInfoKey {
  /// Where an encoder or a decoder of noise finds its ``NoiseCatalog``.
  ///
  /// ```swift
  /// import Foundation
  ///
  /// let decoder = JSONDecoder()
  /// decoder.userInfo[.noiseCatalog] = NoiseCatalog.standard
  /// let rules = try decoder.decode(
  ///   [NoiseRule].self, from: Data(#"["adding(gaussian:0.2)", "dropout:0.1"]"#.utf8))
  /// ```
  public static let noiseCatalog = CodingUserInfoKey(rawValue: "dither.noise-catalog")!
}

/// Coded as its text, by the catalog that the encoder or the decoder holds under `CodingUserInfoKey.noiseCatalog`; without one, or
/// with a text that is no rule, coding throws.
extension NoiseRule: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decoder.noise { try $0.rule($1) }
  }

  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeNoise(self) { try $0.text(of: self) }
  }
}

/// A distribution of any type, coded as its text.
///
/// The catalog is the one that the encoder or the decoder holds under `CodingUserInfoKey.noiseCatalog`; without one, or with a text
/// that is no distribution, coding throws.
public struct CodedDistribution: Codable, Sendable {
  /// The distribution.
  public var distribution: any NoiseDistribution

  public init(_ distribution: any NoiseDistribution) { self.distribution = distribution }

  public init(from decoder: any Decoder) throws {
    distribution = try decoder.noise { try $0.distribution($1) }
  }

  public func encode(to encoder: any Encoder) throws {
    try encoder.encodeNoise(distribution) { try $0.text(of: distribution) }
  }
}

extension Decoder {
  fileprivate func noise<Value>(
    _ read: (NoiseCatalog, String) throws -> Value
  ) throws -> Value {
    let container = try singleValueContainer()
    func corrupted(_ description: String, _ error: (any Error)? = nil) -> DecodingError {
      .dataCorrupted(
        .init(codingPath: codingPath, debugDescription: description, underlyingError: error))
    }
    guard let catalog = userInfo[.noiseCatalog] as? NoiseCatalog else {
      throw corrupted("no NoiseCatalog in the decoder's userInfo[.noiseCatalog]")
    }
    let text = try container.decode(String.self)
    do {
      return try read(catalog, text)
    } catch {
      throw corrupted("\(error)", error)
    }
  }
}

extension Encoder {
  fileprivate func encodeNoise(
    _ value: Any, _ write: (NoiseCatalog) throws -> String
  ) throws {
    var container = singleValueContainer()
    func invalid(_ description: String, _ error: (any Error)? = nil) -> EncodingError {
      .invalidValue(
        value,
        .init(codingPath: codingPath, debugDescription: description, underlyingError: error))
    }
    guard let catalog = userInfo[.noiseCatalog] as? NoiseCatalog else {
      throw invalid("no NoiseCatalog in the encoder's userInfo[.noiseCatalog]")
    }
    let text: String
    do {
      text = try write(catalog)
    } catch {
      throw invalid("\(error)", error)
    }
    try container.encode(text)
  }
}
