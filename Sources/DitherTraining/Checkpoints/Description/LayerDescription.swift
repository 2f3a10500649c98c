/// A layer in words: its name in a ``LayerCatalog``, and its settings; of a network, the layers within it too.
///
/// It says how a network is built, not what it has learned: with a checkpoint's tensors it is the network, without the
/// source that made it. As JSON it is one object, the name under `layer` and each setting under its own:
///
/// ```swift
/// let description = try LayerDescription(
///   json: """
///     {"layer": "Sequential", "layers": [
///       {"layer": "Linear", "inputs": 64, "outputs": 32, "outputNoise": ["dropout:0.2"]},
///       {"layer": "ReLU"},
///       {"layer": "Linear", "inputs": 32, "outputs": 10}]}
///     """)
/// let model = try LayerCatalog.standard.layer(description)
/// ```
public struct LayerDescription: Hashable, Sendable {
  /// What a setting may be.
  public enum Setting: Hashable, Sendable {
    /// A number as it is written, so that none loses a digit.
    case number(String)
    case boolean(Bool)
    case text(String)
    case layer(LayerDescription)
    case list([Setting])
  }

  /// The layer's name in a catalog.
  public var name: String
  /// By their names, of which none is `layer`.
  public var settings: [String: Setting]

  /// A layer of that name with those settings.
  public init(_ name: String, _ settings: [String: Setting] = [:]) {
    self.name = name
    self.settings = settings
  }

  /// The description as JSON on one line, the settings in the order of their names.
  public var json: String {
    let settings = settings.sorted { precedes($0.key, $1.key) }
    return "{\"layer\":\(jsonText(name))"
      + settings.map { ",\(jsonText($0.key)):\($0.value.json)" }.joined() + "}"
  }
}

extension LayerDescription.Setting {
  /// A whole number.
  public static func integer(_ value: Int) -> Self { .number(String(value)) }

  /// A number, written as the shortest text that is read as the same bits. It must be finite: JSON has no other.
  public static func float(_ value: Float) -> Self { .number("\(value)") }

  /// A number, written as the shortest text that is read as the same bits. It must be finite: JSON has no other.
  public static func double(_ value: Double) -> Self { .number("\(value)") }

  /// As JSON.
  var json: String {
    switch self {
    case .number(let text): text
    case .boolean(let value): "\(value)"
    case .text(let text): jsonText(text)
    case .layer(let description): description.json
    case .list(let settings): "[\(settings.map(\.json).joined(separator: ","))]"
    }
  }

  /// As messages show it: JSON, the beginning alone of what is long.
  var excerpt: String {
    let json = json
    return json.count > 40 ? "\(json.prefix(40))…" : json
  }
}

// MARK: Reading

extension LayerDescription {
  /// Reads a description.
  ///
  /// - Throws: ``LayerDescriptionError/malformed(position:found:expected:)`` for what is no description in JSON.
  public init(json: String) throws(LayerDescriptionError) {
    var reader = JSONReader(Array(json.utf8))
    do throws(JSONFault) {
      self = try LayerDescription(&reader)
      try reader.end()
    } catch {
      throw .malformed(position: error.position, found: error.found, expected: error.expected)
    }
  }

  fileprivate init(_ reader: inout JSONReader) throws(JSONFault) {
    _ = reader.next()
    let start = reader.position
    var name: String?
    var settings: [String: Setting] = [:]
    try reader.object { reader, key, _ throws(JSONFault) in
      if key == "layer" {
        name = try reader.string("the layer's name in quotes")
      } else {
        settings[key] = try Setting(&reader)
      }
    }
    guard let name else {
      throw JSONFault(
        position: start, found: "an object without a layer",
        expected: "the name of one under \"layer\"")
    }
    self.init(name, settings)
  }
}

extension LayerDescription.Setting {
  fileprivate init(_ reader: inout JSONReader) throws(JSONFault) {
    switch reader.next() {
    case UInt8(ascii: "{"): self = .layer(try LayerDescription(&reader))
    case UInt8(ascii: "["):
      var settings: [Self] = []
      try reader.list { reader throws(JSONFault) in settings.append(try Self(&reader)) }
      self = .list(settings)
    case UInt8(ascii: "\""): self = .text(try reader.string())
    case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .boolean(try reader.boolean())
    default: self = .number(try reader.number("a number, text, true, false, a list or a layer"))
    }
  }
}
