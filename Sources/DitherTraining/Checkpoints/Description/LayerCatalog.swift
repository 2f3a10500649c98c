import DitherRuntime
public import Layers
public import NoiseDistributions

/// Layers by the names that descriptions have for them: what makes a network of a ``LayerDescription``, and the reverse.
///
/// A catalog is a value that the caller passes: there is no registry. A layer of one's own is added by a function that makes it
/// of its settings and one that tells them:
///
/// ```swift
/// struct Scaled: Layer {
///   var factor: Float
///   func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
///     (input * factor, Pullback { $0 * factor })
///   }
///   mutating func visit(_ visitor: inout LayerVisitor) {}
/// }
///
/// var catalog = LayerCatalog.standard
/// catalog.add("Scaled") {
///   Scaled(factor: try $0.float("factor", in: .finite))
/// } settings: { layer, _ in
///   ["factor": .float(layer.factor)]
/// }
/// let description = try catalog.description(of: Sequential([Scaled(factor: 0.5), ReLU()]))
/// let model = try catalog.layer(description)
/// ```
public struct LayerCatalog: Sendable {
  /// One name, and its way to a layer and back.
  struct Entry: Sendable {
    var name: String
    var make: @Sendable (LayerSettings) throws -> any Layer
    /// Nil for a layer of another type.
    var settings:
      @Sendable (any Layer, LayerDescriber) throws -> [String: LayerDescription.Setting]?
  }

  /// The catalog that reads and writes rules.
  public var noise: NoiseCatalog
  private var entries: [Entry] = []

  /// A catalog without a layer in it.
  ///
  /// - Parameter noise: reads and writes rules.
  public init(noise: NoiseCatalog = .standard) { self.noise = noise }

  /// The names of the layers, in the order in which they were added.
  public var names: [String] { entries.map(\.name) }

  /// Adds a layer.
  ///
  /// - Parameters:
  ///   - name: in descriptions; one that the catalog has stops the program.
  ///   - make: makes the layer of its settings, or throws: what ``LayerSettings`` throws, or an error of its own. It must check
  ///     what would stop the program.
  ///   - settings: those of a layer, which `make` makes the same layer of, but for the values of its parameters.
  public mutating func add<Described: Layer & SendableMetatype>(
    _ name: String, make: @escaping @Sendable (LayerSettings) throws -> Described,
    settings:
      @escaping @Sendable (Described, LayerDescriber) throws -> [String: LayerDescription.Setting]
  ) {
    add(name) {
      try make($0)
    } settingsOfAny: { layer, describer in
      try (layer as? Described).map { try settings($0, describer) }
    }
  }

  /// Adds a layer whose type is generic.
  ///
  /// - Parameters:
  ///   - name: in descriptions; one that the catalog has stops the program.
  ///   - make: makes the layer of its settings, or throws: what ``LayerSettings`` throws, or an error of its own. It must check
  ///     what would stop the program.
  ///   - settings: those of a layer; nil for one of another type.
  public mutating func add(
    _ name: String, make: @escaping @Sendable (LayerSettings) throws -> any Layer,
    settingsOfAny settings:
      @escaping @Sendable (any Layer, LayerDescriber) throws -> [String: LayerDescription.Setting]?
  ) {
    require(
      !names.contains(name), "LayerCatalog.add: \(name) is added twice; expected a name for each")
    entries.append(Entry(name: name, make: make, settings: settings))
  }
}

// MARK: From a description to a layer

extension LayerCatalog {
  /// The most elements that all parameters of a described network may have where no checkpoint says how many there are.
  public static let maximumElements = 1 << 31

  /// The layer that a description is of. Its parameters have no values yet, as after its initialiser.
  ///
  /// - Throws: ``LayerDescriptionError``, for a name that the catalog lacks, and for settings that the layer does not take.
  public func layer(_ description: LayerDescription) throws(LayerDescriptionError) -> any Layer {
    try layer(description, path: "", budget: ElementBudget(Self.maximumElements))
  }

  func layer(
    _ description: LayerDescription, path: String, budget: ElementBudget
  ) throws(LayerDescriptionError) -> any Layer {
    guard let entry = entries.first(where: { $0.name == description.name }) else {
      throw .unknownLayer(
        path: path, name: description.name, known: nearestFirst(names, to: description.name))
    }
    let settings = LayerSettings(description, path: path, catalog: self, budget: budget)
    let layer: any Layer
    do {
      layer = try entry.make(settings)
    } catch let error as LayerDescriptionError {
      throw error
    } catch {
      throw .refused(path: path, layer: description.name, reason: "\(error)")
    }
    try settings.requireNoOthers()
    return layer
  }
}

// MARK: From a layer to a description

extension LayerCatalog {
  /// The description of a layer.
  ///
  /// - Throws: ``LayerDescriptionError/refused(path:layer:reason:)`` for a layer, or one within it, or a rule, that the catalog
  ///   lacks, and for a network in which two layers share a parameter: a description has no word for that.
  public func description(of layer: any Layer) throws(LayerDescriptionError) -> LayerDescription {
    var names: [ObjectIdentifier: String] = [:]
    var shared: (String, String)?
    var visitor = LayerVisitor(parameter: { name, parameter in
      if let first = names.updateValue(name, forKey: ObjectIdentifier(parameter)) {
        shared = (first, name)
      }
      return parameter
    })
    var visited = layer
    visited.visit(&visitor)
    if let shared {
      throw .refused(
        path: "", layer: "\(type(of: layer))",
        reason: "\(shared.0) and \(shared.1) are one parameter; expected one of its own for each")
    }
    return try description(of: layer, path: "")
  }

  func description(
    of layer: any Layer, path: String
  ) throws(LayerDescriptionError) -> LayerDescription {
    for entry in entries {
      do {
        let describer = LayerDescriber(path: path, layerName: entry.name, catalog: self)
        if let settings = try entry.settings(layer, describer) {
          return LayerDescription(entry.name, settings)
        }
      } catch let error as LayerDescriptionError {
        throw error
      } catch {
        throw .refused(path: path, layer: entry.name, reason: "\(error)")
      }
    }
    throw .refused(
      path: path, layer: "\(type(of: layer))",
      reason: "the catalog lacks it; it has \(names.joined(separator: ", "))")
  }
}
