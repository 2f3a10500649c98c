import DitherRuntime
public import DitherTensors

/// Scales the gradients of all parameters together, so that their norm is at most `maximumNorm`.
///
/// The norm is √(Σ g²) over every element of every gradient, summed in double precision. Each gradient is multiplied by
/// maximumNorm / (norm + 1e-6), as PyTorch does, where that is less than 1. Where an element is infinite or not a number,
/// so is the norm returned; a gradient with an infinite element becomes NaN there and 0 elsewhere.
///
/// ```swift
/// let parameter = Parameter(Tensor([1, 2]))
/// parameter.addToGradient(Tensor([3, 4]))
/// let norm = clipGradients(of: [parameter], maximumNorm: 1)    // 5: the gradient is now about [0.6, 0.8]
/// ```
///
/// - Parameters:
///   - parameters: those without a gradient are left alone; one that appears twice counts once.
///   - maximumNorm: 0 or more. Infinity measures and changes nothing.
/// - Returns: the norm before.
/// - Note: Source: Pascanu, Mikolov & Bengio 2013.
@discardableResult
public func clipGradients(of parameters: [Parameter], maximumNorm: Double) -> Double {
  require(
    maximumNorm >= 0, "clipGradients: maximumNorm is \(maximumNorm); expected 0 or more")
  let clipped = distinct(parameters).filter(\.hasGradient)
  let norm = gradientNorm(of: clipped)
  let factor = Float(maximumNorm / (norm + 1e-6))
  if maximumNorm.isFinite && !(factor >= 1) {
    for parameter in clipped { parameter.scaleGradient(by: factor) }
  }
  return norm
}

/// √(Σ g²) over every element of the gradients, which all of the parameters have, each parameter once: in double precision.
func gradientNorm(of parameters: [Parameter]) -> Double {
  for parameter in parameters { parameter.completeGradient() }
  return parameters.reduce(0) { $0 + $1.gradient!.sumOfSquares() }.squareRoot()
}
