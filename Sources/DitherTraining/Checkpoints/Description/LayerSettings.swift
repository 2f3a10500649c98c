public import Layers
public import NoiseDistributions

/// The settings that a description gives a layer, for the function of a ``LayerCatalog`` that makes it.
///
/// Each is asked for by its name; one that is described and not asked for is an error, so that no slip of the pen goes
/// unseen.
public struct LayerSettings {
  /// Where in the network the layer is.
  public let path: String

  let description: LayerDescription
  let catalog: LayerCatalog
  /// What all layers of one network have in common while they are made.
  let budget: ElementBudget
  private let asked = NamesAsked()

  init(
    _ description: LayerDescription, path: String, catalog: LayerCatalog, budget: ElementBudget
  ) {
    self.description = description
    self.path = path
    self.catalog = catalog
    self.budget = budget
  }

  private final class NamesAsked { var names: Set<String> = [] }

  /// The setting, nil where there is none.
  func described(_ name: String) -> LayerDescription.Setting? {
    asked.names.insert(name)
    return description.settings[name]
  }

  func error(_ name: String, _ expected: String) -> LayerDescriptionError {
    .setting(
      path: path, layer: description.name, name: name,
      found: description.settings[name]?.excerpt ?? "missing", expected: expected)
  }

  /// Throws if there is a setting that was not asked for.
  func requireNoOthers() throws(LayerDescriptionError) {
    let others = Set(description.settings.keys).subtracting(asked.names)
    if let other = others.min(by: precedes) {
      throw .unknownSetting(
        path: path, layer: description.name, name: other,
        known: nearestFirst(Array(asked.names), to: other))
    }
  }
}

// MARK: Numbers, text, rules

extension LayerSettings {
  /// A whole number.
  ///
  /// - Parameters:
  ///   - name: of the setting.
  ///   - range: what is accepted; another throws.
  ///   - standard: what it is where the description has none; nil for one that it must have.
  public func integer(
    _ name: String, in range: ClosedRange<Int>, default standard: Int? = nil
  ) throws(LayerDescriptionError) -> Int {
    let setting = described(name)
    if setting == nil, let standard { return standard }
    guard case .number(let text) = setting, let value = Int(text), range.contains(value) else {
      throw error(name, "a whole number, \(range.lowerBound)…\(range.upperBound)")
    }
    return value
  }

  /// The lengths of the axes of a parameter. Their product may be as great as the memory that the whole network may take:
  /// with a checkpoint no more elements than its file holds.
  ///
  /// - Parameter names: of the settings, each at least 1.
  public func shape(_ names: String...) throws(LayerDescriptionError) -> [Int] {
    var shape: [Int] = []
    for name in names { shape.append(try integer(name, in: 1...Int(Int32.max))) }
    try take(shape, names[0])
    return shape
  }

  /// Counts the elements of a parameter.
  func take(_ shape: [Int], _ name: String) throws(LayerDescriptionError) {
    var (count, overflows) = (1, false)
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      (count, overflows) = (product, overflows || overflow)
    }
    if overflows || count > budget.rest {
      throw error(name, "no more than the \(budget.rest) elements that are left for the network")
    }
    budget.rest -= count
  }

  /// A single-precision number.
  ///
  /// - Parameters:
  ///   - name: of the setting.
  ///   - range: what is accepted; another throws.
  ///   - standard: what it is where the description has none; nil for one that it must have.
  public func float(
    _ name: String, in range: ParameterRange, default standard: Float? = nil
  ) throws(LayerDescriptionError) -> Float {
    try value(name, range, standard) { Float($0) }
  }

  /// A double-precision number.
  ///
  /// - Parameters:
  ///   - name: of the setting.
  ///   - range: what is accepted; another throws.
  ///   - standard: what it is where the description has none; nil for one that it must have.
  public func double(
    _ name: String, in range: ParameterRange, default standard: Double? = nil
  ) throws(LayerDescriptionError) -> Double {
    try value(name, range, standard) { Double($0) }
  }

  private func value<Value: BinaryFloatingPoint>(
    _ name: String, _ range: ParameterRange, _ standard: Value?, _ read: (String) -> Value?
  ) throws(LayerDescriptionError) -> Value {
    let setting = described(name)
    if setting == nil, let standard { return standard }
    guard case .number(let text) = setting, let value = read(text), range.contains(value) else {
      throw error(name, "\(range)")
    }
    return value
  }

  /// True or false.
  ///
  /// - Parameters:
  ///   - name: of the setting.
  ///   - standard: what it is where the description has none.
  public func boolean(
    _ name: String, default standard: Bool
  ) throws(LayerDescriptionError) -> Bool {
    guard let setting = described(name) else { return standard }
    guard case .boolean(let value) = setting else { throw error(name, "true or false") }
    return value
  }

  /// Text; nil where the description has none.
  public func text(_ name: String) throws(LayerDescriptionError) -> String? {
    guard let setting = described(name) else { return nil }
    guard case .text(let text) = setting else { throw error(name, "text in quotes") }
    return text
  }

  /// Rules as a list of texts that the catalog's ``LayerCatalog/noise`` reads; empty where the description has none.
  public func rules(_ name: String) throws(LayerDescriptionError) -> [NoiseRule] {
    guard let setting = described(name) else { return [] }
    guard case .list(let items) = setting else { throw error(name, "a list of rules as text") }
    var rules: [NoiseRule] = []
    for item in items {
      guard case .text(let text) = item else { throw error(name, "a list of rules as text") }
      do throws(NoiseTextError) {
        rules.append(try catalog.noise.rule(text))
      } catch {
        throw self.error(name, "rules: \(error)")
      }
    }
    return rules
  }
}

// MARK: Layers within the layer

extension LayerSettings {
  /// A layer within this one.
  ///
  /// - Parameter name: of the setting, which is to be the child's name in `Layer.visit` too.
  public func layer(_ name: String) throws(LayerDescriptionError) -> any Layer {
    guard case .layer(let description) = described(name) else { throw error(name, "a layer") }
    return try catalog.layer(description, path: join(name), budget: budget)
  }

  /// The layers of a list, whose names in `Layer.visit` are their places, from 0.
  public func layers(_ name: String) throws(LayerDescriptionError) -> [any Layer] {
    guard case .list(let items) = described(name) else { throw error(name, "a list of layers") }
    var layers: [any Layer] = []
    for (index, item) in items.enumerated() {
      guard case .layer(let description) = item else { throw error(name, "a list of layers") }
      layers.append(
        try catalog.layer(description, path: join(String(index)), budget: budget))
    }
    return layers
  }

  private func join(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}

/// The elements that the parameters of one network may still have.
final class ElementBudget {
  var rest: Int

  init(_ elements: Int) { rest = elements }
}
