import CKernels
public import DitherTensors

/// The exponential linear unit, elementwise: y = x where x > 0, else α·(exp(x) − 1). Its derivative at 0 is taken as α. Any
/// shape. Source: Clevert, Unterthiner & Hochreiter 2016.
public struct ELU: Layer {
  /// α: −α is what y tends to.
  public let alpha: Float

  private let activation: Activation

  /// - Parameter alpha: α, finite; another stops the program.
  public init(alpha: Float = 1) {
    requireFinite(alpha, "alpha", layer: "ELU")
    self.alpha = alpha
    activation = Activation("ELU", CK_ELU, a: alpha, b: 1)
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    activate(input, by: activation, pass)
  }

  /// Nothing: the layer has no parameters.
  public mutating func visit(_ visitor: inout LayerVisitor) {}
}
