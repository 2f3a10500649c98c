import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Gradients of activations")
struct ElementwiseGradientTests {
  /// An activation in double precision, and whether its gradient takes the output.
  struct Activation: CustomStringConvertible, Sendable {
    var description: String
    var function: ck_unary_function
    var takesOutput: Bool
    var value: @Sendable (Double) -> Double
  }

  static let activations = [
    Activation(description: "ReLU", function: CK_RELU, takesOutput: false) { max($0, 0) },
    Activation(description: "sigmoid", function: CK_SIGMOID, takesOutput: true) {
      1 / (1 + exp(-$0))
    },
    Activation(description: "tanh", function: CK_TANH, takesOutput: true) { tanh($0) },
    Activation(description: "GELU", function: CK_GELU, takesOutput: false) {
      $0 * 0.5 * erfc(-$0 * 0.5.squareRoot())
    },
    Activation(description: "softplus", function: CK_SOFTPLUS, takesOutput: false) {
      log1p(exp($0))
    },
    Activation(description: "SiLU", function: CK_SILU, takesOutput: false) {
      $0 / (1 + exp(-$0))
    },
  ]

  /// The difference quotient is off by h²/6·f''' < 1e-10 and by rounding, 1e-16/h; float by a few units of 6e-8.
  @Test("The gradient is the difference quotient in double precision", arguments: activations)
  func differenceQuotient(_ activation: Activation) {
    let x = grid(-9...9, 4000)  // an even count: 0, where ReLU has a corner, is not among them
    var generator = LinearGenerator(state: 71)
    let dy = generator.values(x.count)
    let saved = activation.takesOutput ? unary(activation.function, x, .plain) : x
    let dx = unaryGradient(activation.function, saved: saved, dy, .plain)
    let h = 1e-5
    for place in x.indices {
      let at = Double(x[place])
      let slope = (activation.value(at + h) - activation.value(at - h)) / (2 * h)
      let exact = Double(dy[place]) * slope
      #expect((Double(dx[place]) - exact).magnitude <= 4e-7, "at \(at): \(dx[place]), not \(exact)")
    }
  }

  @Test("GELU's gradient is Φ(x) + x·φ(x), relatively as well where it is not near its zero")
  func geluGradient() {
    let x = grid(-12...12, 40_001)
    let dx = unaryGradient(CK_GELU, saved: x, [Float](repeating: 1, count: x.count), .plain)
    for place in x.indices {
      let at = Double(x[place])
      let density = exp(-at * at / 2) / (2 * Double.pi).squareRoot()
      let distribution = 0.5 * erfc(-at * 0.5.squareRoot())
      let tolerance = 1e-6 * (distribution + at.magnitude * density)
      let exact = distribution + at * density
      #expect(
        (Double(dx[place]) - exact).magnitude <= tolerance, "at \(at): \(dx[place]), not \(exact)")
    }
  }

  @Test(
    "Far from 0 the gradients are 0 or 1, at infinity too; a NaN stays one",
    arguments: InstructionSet.available)
  func limits(_ set: InstructionSet) {
    let run = LinearRun(instructionSet: set, threads: 1)
    let far: [Float] = [-.infinity, -1e30, -100, 100, 1e30, .infinity, .nan]
    let ones = [Float](repeating: 1, count: far.count)
    for activation in Self.activations {
      let saved = activation.takesOutput ? unary(activation.function, far, run) : far
      let dx = unaryGradient(activation.function, saved: saved, ones, run)
      #expect(dx[0...2].allSatisfy { $0.magnitude < 1e-37 }, "\(activation)")
      let high: Float = activation.takesOutput ? 0 : 1
      #expect(dx[3...5].allSatisfy { $0 == high }, "\(activation)")
      #expect(dx[6].bitPattern == quietNaN, "\(activation)")
    }
  }

  @Test("ReLU's gradient selects: where x is 0 or less an infinite dy gives 0")
  func reluSelects() {
    let dx = unaryGradient(
      CK_RELU, saved: [-1, 0, -0.0, 2, 2], [.infinity, .nan, .infinity, .infinity, -3], .plain)
    #expect(dx == [0, 0, 0, .infinity, -3])
  }
}
