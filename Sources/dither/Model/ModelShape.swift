import DitherTraining
import Foundation

/// What goes into a described network and comes out of it, found without making it: what does not fit is said before memory is
/// taken and anything runs.
struct ModelShape {
  /// Columns of the first layer that says how many it takes; nil where none does.
  private(set) var inputs: Int?
  /// Columns behind the last layer; nil where none says how many it gives.
  private(set) var outputs: Int?
  /// About as many numbers as it trains.
  private(set) var elements = 0.0
  /// What does not fit, where there is something.
  private(set) var problem: String?

  init(_ description: LayerDescription) { add(description, path: "") }

  private init(columns: Int?) { outputs = columns }

  private mutating func add(_ layer: LayerDescription, path: String) {
    func join(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
    switch layer.name {
    case "Sequential":
      for child in layer.children { add(child.layer, path: join(child.name)) }
    case "Linear", "NoisyLinear", "LocalReparameterizationLinear", "FlipoutLinear":
      let (inputs, outputs) = (layer.count("inputs"), layer.count("outputs"))
      take(inputs, layer, path)
      // A weight, and of some layers another of its size.
      let weights = layer.name == "Linear" ? 1.0 : 2.0
      elements += weights * Double(outputs ?? 0) * (Double(inputs ?? 0) + 1)
      self.outputs = outputs
    case "LayerNorm", "BatchNorm":
      take(layer.count("features"), layer, path)
      elements += 4 * Double(layer.count("features") ?? 0)
    case "Perturb":
      if let columns = layer.count("columns"), columns > 0 { take(columns, layer, path) }
    case "Residual": addResidual(layer, path)
    default: break
    }
  }

  private mutating func take(_ columns: Int?, _ layer: LayerDescription, _ path: String) {
    guard let columns else { return }
    if let outputs, outputs != columns, problem == nil {
      problem =
        "the layer at path \"\(path)\", \(layer.name), takes [rows, \(columns)], and is given [rows, \(outputs)] by the layer before it"
    }
    if inputs == nil, outputs == nil { inputs = columns }
    outputs = columns
  }

  private mutating func addResidual(_ layer: LayerDescription, _ path: String) {
    var branches: [ModelShape] = []
    for child in layer.children {
      var branch = ModelShape(columns: outputs)
      branch.add(child.layer, path: path.isEmpty ? child.name : "\(path).\(child.name)")
      elements += branch.elements
      problem = problem ?? branch.problem
      branches.append(branch)
    }
    let given = outputs ?? branches.compactMap(\.inputs).first
    if outputs == nil { inputs = inputs ?? given }
    // The shortcut without a projection gives what it is given.
    let ends = branches.map { $0.outputs ?? given } + (branches.count < 2 ? [given] : [])
    if let first = ends.first, let end = ends.first(where: { $0 != first }), problem == nil {
      problem =
        "the Residual at path \"\(path)\" adds [rows, \(end.map(String.init) ?? "?")] to [rows, \(first.map(String.init) ?? "?")]; expected equal shapes, or a projection that makes them so"
    }
    outputs = ends.first ?? outputs
  }

  /// Throws where the machine has not the memory.
  ///
  /// - Parameters:
  ///   - name: of the model, for messages.
  ///   - copies: how many numbers are kept of each that is trained.
  func requireMemory(_ name: String, copies: Double) throws(InputError) {
    let bytes = elements * 4 * copies
    let memory = Double(ProcessInfo.processInfo.physicalMemory)
    if bytes > memory {
      throw InputError(
        "\(name): \(String(format: "%.3g", elements)) parameters, which take \(String(format: "%.3g", bytes / 1e9)) GB; expected no more than this machine's \(String(format: "%.3g", memory / 1e9)) GB"
      )
    }
  }
}

extension LayerDescription {
  /// A setting that is a whole number; another is for the catalog to refuse.
  fileprivate func count(_ name: String) -> Int? {
    guard case .number(let text) = settings[name] else { return nil }
    return Int(text)
  }
}
