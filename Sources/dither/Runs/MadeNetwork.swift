import DitherTraining
import Layers

/// The network that a description is of, with first values, for data that it takes and with whose classes it answers. Of data whose
/// classes are numbers it may have more.
func makeNetwork(
  _ description: LayerDescription, _ name: String, for data: inout PreparedData, seed: UInt64
) throws -> any Layer {
  let shape = ModelShape(description)
  // Values, gradients, and two numbers that an optimizer keeps.
  let network = try makeLayer(description, shape, name, copies: 4)
  let (features, classes) = (data.preprocessing.features, data.preprocessing.classes)
  if let inputs = shape.inputs, inputs != features {
    throw InputError(
      "\(data.training.name): rows of \(counted(features, "feature")), shape \(data.training.inputs.shape); expected \(inputs), shape [rows, \(inputs)], as \(name) takes"
    )
  }
  let outputs = shape.outputs ?? features
  if outputs < classes || (outputs > classes && !data.preprocessing.format.classNames.isEmpty) {
    throw InputError(
      "\(data.training.name): \(counted(classes, "class")); expected \(outputs), as \(name) answers with shape [rows, \(outputs)]"
    )
  }
  if outputs > classes { data.widen(toClasses: outputs) }
  let initialized = network.initialized(seed: seed)
  if initialized.parameters.isEmpty {
    throw InputError("\(name): no parameters to train; expected a layer with weights")
  }
  return initialized
}

/// The layer that a description is of, without values.
///
/// - Parameter copies: how many numbers are kept of each that is trained.
/// - Throws: `InputError` where there is not that memory, for a description that the catalog refuses, and where layers do not
///   fit each other.
func makeLayer(
  _ description: LayerDescription, _ shape: ModelShape, _ name: String, copies: Double
) throws(InputError) -> any Layer {
  try shape.requireMemory(name, copies: copies)
  let layer: any Layer
  do throws(LayerDescriptionError) {
    layer = try Catalogs.layers.layer(description)
  } catch {
    throw InputError("\(name): \(error)")
  }
  if let problem = shape.problem { throw InputError("\(name): \(problem)") }
  return layer
}
