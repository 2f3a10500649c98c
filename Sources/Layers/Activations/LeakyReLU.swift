import CKernels
public import DitherTensors

/// The leaky rectifier, elementwise: y = x where x > 0, else a·x with a slope a; not a number stays so. Its derivative at 0 is
/// taken as a. Any shape. Source: Maas, Hannun & Ng 2013.
public struct LeakyReLU: Layer {
  /// a.
  public let negativeSlope: Float

  private let activation: Activation

  /// - Parameter negativeSlope: a, finite; another stops the program.
  public init(negativeSlope: Float = 0.01) {
    requireFinite(negativeSlope, "negativeSlope", layer: "LeakyReLU")
    self.negativeSlope = negativeSlope
    activation = Activation("LeakyReLU", CK_LEAKY_RELU, a: negativeSlope)
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: activation, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
