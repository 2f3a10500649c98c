import DitherTensors
import Optimizers

// The state of an optimizer: numbers in the metadata, tensors beside the model's as #optimizer.mean.0.weight.

extension Safetensors {
  mutating func add(_ state: OptimizerState, of names: [String]) {
    var parameters: [String] = []
    for (name, parameter) in zip(names, state.parameters) {
      let kept = parameter.tensors.keys.sorted(by: precedes)
      for tensor in kept {
        tensors["\(CheckpointKey.optimizerTensors)\(tensor).\(name)"] = parameter.tensors[tensor]
      }
      parameters.append(
        jsonObject([
          "name": jsonText(name), "stepCount": String(parameter.stepCount),
          "tensors": "[\(kept.map(jsonText).joined(separator: ","))]",
        ]))
    }
    metadata[CheckpointKey.optimizer] = jsonObject([
      "optimizer": jsonText(state.optimizer), "stepCount": String(state.stepCount),
      "learningRate": "\(state.learningRate)",
      "parameters": "[\(parameters.joined(separator: ","))]",
    ])
  }
}

extension CheckpointContents {
  /// The state, and the names of its parameters.
  func optimizer() throws(CheckpointError) -> (OptimizerState, [String])? {
    guard let text = metadata[CheckpointKey.optimizer] else { return nil }
    let written: WrittenOptimizer
    do throws(JSONFault) {
      written = try WrittenOptimizer(text)
    } catch {
      throw self.error(
        CheckpointKey.optimizer, error.expected, found: "\(error.found) at byte \(error.position)")
    }
    var state = OptimizerState(
      optimizer: written.optimizer, stepCount: written.stepCount,
      learningRate: written.learningRate, parameters: [])
    for parameter in written.parameters {
      var kept: [String: Tensor] = [:]
      for tensor in parameter.tensors {
        let name = "\(CheckpointKey.optimizerTensors)\(tensor).\(parameter.name)"
        guard let value = tensors[name] else {
          throw error(
            CheckpointKey.optimizer, "such a tensor",
            found: "the state of a tensor \(String(reflecting: name))")
        }
        kept[tensor] = value
      }
      state.parameters.append(
        OptimizerState.ParameterState(stepCount: parameter.stepCount, tensors: kept))
    }
    return (state, written.parameters.map(\.name))
  }
}

/// An optimizer's state as the metadata have it: without the elements of its tensors.
private struct WrittenOptimizer {
  struct Parameter {
    var name = ""
    var stepCount = 0
    var tensors: [String] = []
  }

  var optimizer = ""
  var stepCount = 0
  var learningRate = 0.0
  var parameters: [Parameter] = []

  init(_ text: String) throws(JSONFault) {
    var reader = JSONReader(Array(text.utf8))
    var names: Set<String> = []
    var written = self
    try reader.object { reader, name, position throws(JSONFault) in
      names.insert(name)
      switch name {
      case "optimizer": written.optimizer = try reader.string()
      case "stepCount": written.stepCount = try reader.count("a count of steps")
      case "learningRate": written.learningRate = Double(try reader.number()) ?? .nan
      case "parameters":
        try reader.list { reader throws(JSONFault) in
          written.parameters.append(try Parameter(&reader))
        }
      default:
        throw reader.fault("optimizer, stepCount, learningRate or parameters", at: position)
      }
    }
    try reader.end()
    if names.count < 4 {
      throw reader.fault("optimizer, stepCount, learningRate and parameters")
    }
    self = written
  }
}

extension WrittenOptimizer.Parameter {
  init(_ reader: inout JSONReader) throws(JSONFault) {
    var written = Self()
    try reader.object { reader, name, position throws(JSONFault) in
      switch name {
      case "name": written.name = try reader.string()
      case "stepCount": written.stepCount = try reader.count("a count of steps")
      case "tensors":
        try reader.list { reader throws(JSONFault) in
          written.tensors.append(try reader.string())
        }
      default: throw reader.fault("name, stepCount or tensors", at: position)
      }
    }
    self = written
  }
}
