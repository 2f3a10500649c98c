import DitherRuntime
import DitherTensors
import Layers

/// The parameters and buffers of a model by their full names; a parameter that is used in several places once, under the
/// first of its names.
struct ModelTensors {
  private let parameters: [(name: String, parameter: Parameter)]
  private let buffers: [(name: String, buffer: Tensor)]

  init(_ model: some Layer) {
    parameters = model.namedParameters
    var found: [(name: String, buffer: Tensor)] = []
    var visitor = LayerVisitor(parameter: { $1 }) { name, buffer in
      found.append((name, buffer))
      return buffer
    }
    var model = model
    model.visit(&visitor)
    buffers = found
  }

  /// Their values. A parameter without one stops the program.
  var values: [String: Tensor] {
    var values: [String: Tensor] = [:]
    for (name, parameter) in parameters { values[name] = parameter.value }
    for (name, buffer) in buffers { values[name] = buffer }
    return values
  }

  /// The names of some of the parameters. One that is not the model's stops the program.
  func names(of some: [Parameter]) -> [String] {
    let names = Dictionary(
      uniqueKeysWithValues: parameters.map { (ObjectIdentifier($0.parameter), $0.name) })
    return some.enumerated().map { index, parameter in
      guard let name = names[ObjectIdentifier(parameter)] else {
        misuse(
          "Checkpoint: parameter \(index) of the optimizer, of shape \(parameter.shape), is none of the model's; expected an optimizer of the model's parameters"
        )
      }
      return name
    }
  }

  /// How tensors differ from what the model has, in the order of their names.
  func differences(from tensors: [String: Tensor]) -> [TensorDifference] {
    var shapes: [String: [Int]] = [:]
    for (name, parameter) in parameters { shapes[name] = parameter.shape }
    for (name, buffer) in buffers { shapes[name] = buffer.shape }
    let names = Set(shapes.keys).union(tensors.keys).sorted(by: precedes)
    return names.compactMap { name in
      switch (tensors[name]?.shape, shapes[name]) {
      case (let found?, let expected?):
        found == expected ? nil : .shape(name: name, found: found, expected: expected)
      case (nil, let expected?): .missing(name: name, shape: expected)
      case (let found?, nil): .unexpected(name: name, shape: found)
      case (nil, nil): nil
      }
    }
  }

  /// Gives a model tensors that do not differ from what it has.
  func set<Model: Layer>(_ tensors: [String: Tensor], in model: inout Model) {
    for (name, parameter) in parameters {
      parameter.value = tensors[name]!
      parameter.clearGradient()
    }
    var visitor = LayerVisitor(parameter: { $1 }) { name, buffer in tensors[name] ?? buffer }
    model.visit(&visitor)
  }
}

/// How a tensor of a checkpoint differs from the model's.
public enum TensorDifference: Hashable, Sendable, CustomStringConvertible {
  /// The model has it, the checkpoint does not.
  case missing(name: String, shape: [Int])
  /// The checkpoint has it, the model does not.
  case unexpected(name: String, shape: [Int])
  /// Both have it, with other shapes.
  case shape(name: String, found: [Int], expected: [Int])

  public var description: String {
    switch self {
    case .missing(let name, let shape): "\(name) \(shape) is missing"
    case .unexpected(let name, let shape): "\(name) \(shape) is not in the model"
    case .shape(let name, let found, let expected):
      "\(name) has shape \(found); expected \(expected)"
    }
  }
}
