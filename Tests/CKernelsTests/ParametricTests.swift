import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Activations with numbers of their own")
struct ParametricTests {
  struct Case: CustomStringConvertible, Sendable {
    var description: String
    var function: ck_parametric_function
    var a: Float
    var b: Float
    /// In units of the last place, where the result is normal.
    var error: Double
    var value: @Sendable (Double) -> Double
    var slope: @Sendable (Double) -> Double

    func output(_ x: [Float], _ run: LinearRun) -> [Float] {
      var y = unreadable(x.count)
      var execution = unsafe run.execution
      unsafe ck_parametric(&execution, function, a, b, x.count, x, &y)
      return y
    }

    func gradient(_ x: [Float], _ dy: [Float], _ run: LinearRun) -> [Float] {
      var dx = unreadable(x.count)
      var execution = unsafe run.execution
      unsafe ck_parametric_gradient(&execution, function, a, b, x.count, x, dy, &dx)
      return dx
    }
  }

  static let cases = [
    Case(description: "leaky ReLU", function: CK_LEAKY_RELU, a: 0.25, b: 0, error: 0.5) {
      $0 > 0 ? $0 : 0.25 * $0
    } slope: {
      $0 > 0 ? 1 : 0.25
    },
    Case(description: "ELU", function: CK_ELU, a: 1.5, b: 1, error: 2.5) {
      $0 > 0 ? $0 : 1.5 * expm1($0)
    } slope: {
      $0 > 0 ? 1 : 1.5 * exp($0)
    },
    Case(description: "scaled ELU", function: CK_ELU, a: 1.25, b: 1.5, error: 2.5) {
      1.5 * ($0 > 0 ? $0 : 1.25 * expm1($0))
    } slope: {
      1.5 * ($0 > 0 ? 1 : 1.25 * exp($0))
    },
    Case(description: "softplus", function: CK_SCALED_SOFTPLUS, a: 0.5, b: 0, error: 2.5) {
      (max(0.5 * $0, 0) + log1p(exp(-abs(0.5 * $0)))) / 0.5
    } slope: {
      1 / (1 + exp(-0.5 * $0))
    },
    // a·x overflows.
    Case(description: "steep softplus", function: CK_SCALED_SOFTPLUS, a: 0x1p100, b: 0, error: 2.5)
    {
      (max(0x1p100 * $0, 0) + log1p(exp(-abs(0x1p100 * $0)))) / 0x1p100
    } slope: {
      1 / (1 + exp(-0x1p100 * $0))
    },
  ]

  @Test("The error is as stated over all sizes of numbers", arguments: cases)
  func error(_ function: Case) {
    let x =
      sampledFloats(stride: 46_368).filter { $0 > -160 && $0.isFinite } + grid(-90...90, 50_001)
      + grid(-0.01...0.01, 10_001)
    let y = function.output(x, .plain)
    let outside = x.indices.first {
      !(errorInUlps(y[$0], function.value(Double(x[$0]))) <= function.error)
    }
    #expect(outside == nil, "\(function) of \(x[outside ?? 0]) is \(y[outside ?? 0])")
  }

  /// Below -87.33, where it would be subnormal, e^x is 0.
  @Test("The gradient is that of double precision to 3e-7", arguments: cases)
  func gradient(_ function: Case) {
    let x = grid(-90...90, 20_000)
    var generator = LinearGenerator(state: 131)
    let dy = generator.values(x.count)
    let dx = function.gradient(x, dy, .plain)
    let outside = x.indices.first {
      let exact = Double(dy[$0]) * function.slope(Double(x[$0]))
      return !((Double(dx[$0]) - exact).magnitude <= 3e-7 * exact.magnitude + 3e-38)
    }
    #expect(outside == nil, "\(function) at \(x[outside ?? 0])")
  }

  @Test("Every instruction set and thread count gives the same bits", arguments: cases)
  func sameBits(_ function: Case) {
    var generator = LinearGenerator(state: 132)
    let x = mixedFloats(parallelLength, &generator)
    let dy = mixedFloats(parallelLength, &generator)
    let expected = function.output(x, .plain)
    let expectedGradient = function.gradient(x, dy, .plain)
    for run in LinearRun.all {
      #expect(firstBitDifference(function.output(x, run), expected) == nil, "\(run)")
      #expect(firstBitDifference(function.gradient(x, dy, run), expectedGradient) == nil, "\(run)")
    }
  }

  @Test(
    "Nothing outside the arrays is read or written; in place too",
    arguments: InstructionSet.available)
  func places(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 133)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for count in edgeLengths {
      let (values, slopes) = (generator.values(count), generator.values(count))
      for function in Self.cases {
        let (a, b) = (function.a, function.b)
        var x = FencedFloats(values)
        var dy = FencedFloats(slopes)
        unsafe x.withPointer { x in
          unsafe dy.withPointer { dy in
            unsafe ck_parametric_gradient(
              &execution, function.function, a, b, count, x, dy, dy)
          }
        }
        #expect(x.isIntact && dy.isIntact)
        let gradients = values.indices.map {
          function.gradient([values[$0]], [slopes[$0]], .plain)[0]
        }
        #expect(firstBitDifference(dy.values, gradients) == nil, "\(function), \(count)")
        unsafe x.withPointer {
          unsafe ck_parametric(&execution, function.function, a, b, count, $0, $0)
        }
        let outputs = values.map { function.output([$0], .plain)[0] }
        #expect(x.isIntact && firstBitDifference(x.values, outputs) == nil, "\(function), \(count)")
      }
    }
  }
}
