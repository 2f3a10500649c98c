import CKernels
import DitherRuntime
public import DitherTensors

/// A smooth rectifier, elementwise: y = ln(1 + exp(β·x)) / β. Any shape.
///
/// Where β·x is above 20 it is x itself, as in PyTorch: the two are one number in single precision there, and no β overflows.
/// Source: Dugas et al. 2001.
public struct Softplus: Layer {
  /// β: the greater, the nearer to ReLU.
  public let beta: Float

  private let activation: Activation

  /// - Parameter beta: β, finite and above 0; another stops the program.
  public init(beta: Float = 1) {
    require(
      beta > 0 && beta.isFinite, "Softplus: beta is \(beta); expected a finite number above 0")
    self.beta = beta
    activation = Activation("Softplus", CK_SCALED_SOFTPLUS, a: beta)
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: activation, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
