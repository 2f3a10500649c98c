/// What is wrong with a description of a layer, and where in the network: the path is that of the layer, as in `Pass.path`,
/// and empty at the root.
public enum LayerDescriptionError: Error, Hashable, Sendable {
  /// It is no JSON, or not that of a description. The position counts bytes.
  case malformed(position: Int, found: String, expected: String)
  /// The catalog lacks the name; those that it has, the nearest first.
  case unknownLayer(path: String, name: String, known: [String])
  /// The layer has no such setting; those that it has, the nearest first.
  case unknownSetting(path: String, layer: String, name: String, known: [String])
  /// A setting is missing, or is not what the layer takes.
  case setting(path: String, layer: String, name: String, found: String, expected: String)
  /// A layer, or what one holds, cannot be described, or cannot be made of what is described, for that reason.
  case refused(path: String, layer: String, reason: String)
}

extension LayerDescriptionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let position, let found, let expected):
      "byte \(position) of the description: \(found); expected \(expected)"
    case .unknownLayer(let path, let name, let known):
      "\(Self.place(path)): the layer \(String(reflecting: name)); expected "
        + (known.isEmpty ? "nothing: the catalog is empty" : "one of \(Self.list(known))")
    case .unknownSetting(let path, let layer, let name, let known):
      "\(Self.place(path)): \(layer) with the setting \(String(reflecting: name)); expected "
        + (known.isEmpty ? "none" : "one of \(Self.list(known))")
    case .setting(let path, let layer, let name, let found, let expected):
      "\(Self.place(path)): \(name) of \(layer) is \(found); expected \(expected)"
    case .refused(let path, let layer, let reason):
      "\(Self.place(path)), \(layer): \(reason)"
    }
  }

  private static func place(_ path: String) -> String {
    path.isEmpty ? "the network" : "the layer at path \"\(path)\""
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
