import DitherTensors
import Testing

/// Checks gradients along random directions against central differences of a reference in double precision.
///
/// - Parameters:
///   - gradients: what layers computed, one an argument of `function`.
///   - arguments: where the gradients are taken.
///   - tolerance: on the difference of the two directional derivatives, relative to |gradient| · |direction|. Differences
///     of the reference itself are good to 1e-9.
func expectGradients(
  _ gradients: [(name: String, gradient: Tensor)], of function: ([Matrix]) -> Double,
  at arguments: [Matrix], tolerance: Double = 1e-5, directions: Int = 4,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let step = 1e-6
  for (index, (name, gradient)) in gradients.enumerated() {
    let gradient = Matrix(gradient)
    for seed in 0..<directions {
      let direction = Matrix(
        gaussians([arguments[index].rows, arguments[index].columns], seed: UInt64(1000 + seed)))
      let values = [-step, step].map { distance in
        var moved = arguments
        moved[index] = arguments[index] + distance * direction
        return function(moved)
      }
      let expected = (values[1] - values[0]) / (2 * step)
      let received = gradient.dot(direction)
      let bound = tolerance * gradient.norm * direction.norm + 1e-9
      #expect(
        abs(expected - received) <= bound,
        "\(name): the derivative along direction \(seed) is \(received), the reference's \(expected), bound \(bound)",
        sourceLocation: sourceLocation)
    }
  }
}
