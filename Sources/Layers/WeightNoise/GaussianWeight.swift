import DitherRuntime
import DitherTensors
import NoiseDistributions

/// A weight whose elements are normal, each with a mean and a standard deviation of its own, and a bias: what the layers of
/// variational networks train. The standard deviation is kept as its logarithm, so that it stays positive.
struct GaussianWeight {
  var mean: Parameter
  var logStandardDeviation: Parameter
  var bias: Parameter?

  init(
    _ layer: String, inputs: Int, outputs: Int, standardDeviation: Float, bias: Bool,
    initializer: Initializer
  ) {
    require(inputs >= 1, "\(layer): inputs is \(inputs); expected at least 1")
    require(outputs >= 1, "\(layer): outputs is \(outputs); expected at least 1")
    require(
      standardDeviation > 0 && standardDeviation.isFinite,
      "\(layer): standardDeviation is \(standardDeviation); expected a finite number above 0")
    mean = Parameter(shape: [outputs, inputs], initializer: initializer)
    logStandardDeviation = Parameter(
      shape: [outputs, inputs], initializer: .constant(ReproducibleMath.log(standardDeviation)))
    self.bias = bias ? Parameter(shape: [outputs], initializer: .zeros) : nil
  }

  mutating func visit(_ visitor: inout LayerVisitor) {
    visitor.linearWeight("weight", &mean)
    visitor.parameter("logStandardDeviation", &logStandardDeviation)
    visitor.parameter("bias", &bias)
  }

  /// Stops at a parameter without a value.
  func requireInitialized(layer: String, path: String) {
    Layers.requireInitialized(
      [
        ("weight", mean), ("logStandardDeviation", logStandardDeviation), ("bias", bias),
      ], layer: layer, path: path)
  }
}
