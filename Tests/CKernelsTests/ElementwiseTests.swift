import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Elementwise functions")
struct ElementwiseTests {
  static let unaryFunctions = (CK_NEGATE.rawValue...CK_SILU.rawValue).map {
    ck_unary_function($0)
  }
  static let activations = [CK_RELU, CK_SIGMOID, CK_TANH, CK_GELU, CK_SOFTPLUS, CK_SILU]

  @Test("Negation, magnitude, square root and ReLU are Swift's own", arguments: LinearRun.all)
  func simpleFunctions(_ run: LinearRun) {
    let x = sampledFloats(stride: 317_811)
    #expect(firstBitDifference(unary(CK_NEGATE, x, run), x.map { -$0 }) == nil)
    #expect(firstBitDifference(unary(CK_ABSOLUTE, x, run), x.map { $0.magnitude }) == nil)
    let roots = x.map { quieted($0.squareRoot()) }
    #expect(firstBitDifference(unary(CK_SQUARE_ROOT, x, run), roots) == nil)
    let positive = x.map { $0 > 0 || $0.isNaN ? $0 : 0 }
    #expect(firstBitDifference(unary(CK_RELU, x, run), positive) == nil)
  }

  @Test("Sigmoid's error is at most 2.5 units of the last place")
  func sigmoid() {
    let x = sampledFloats(stride: 46_368) + grid(-90...90, 50_001)
    let y = unary(CK_SIGMOID, x, .plain)
    let outside = x.indices.first {
      !(errorInUlps(y[$0], 1 / (1 + exp(-Double(x[$0])))) <= 2.5)
    }
    #expect(outside == nil, "sigmoid(\(x[outside ?? 0])) is \(y[outside ?? 0])")
  }

  @Test("GELU's error is at most 7 units of the last place, in the tail too")
  func gelu() {
    let x = sampledFloats(stride: 46_368).filter { $0 > -12.9 } + grid(-12.9...12.9, 50_001)
    let y = unary(CK_GELU, x, .plain)
    let outside = x.indices.first {
      let x = Double(x[$0])
      return !(errorInUlps(y[$0], x * 0.5 * erfc(-x * 0.5.squareRoot())) <= 7)
    }
    #expect(outside == nil, "gelu(\(x[outside ?? 0])) is \(y[outside ?? 0])")
    let limits = unary(CK_GELU, [-13.5, -20, -.infinity, .infinity, .nan], .plain)
    #expect(limits[0...2].allSatisfy { $0 <= 0 && $0 > -1e-37 })
    #expect(limits[3] == .infinity && limits[4].isNaN)
  }

  @Test("Softplus's error is at most 2 units of the last place, where it is near 0 too")
  func softplus() {
    let x =
      sampledFloats(stride: 46_368).filter { $0 > -87.33 && $0.isFinite }
      + grid(-87.3...90, 50_001)
    let y = unary(CK_SOFTPLUS, x, .plain)
    let outside = x.indices.first {
      let x = Double(x[$0])
      return !(errorInUlps(y[$0], max(x, 0) + log1p(exp(-abs(x)))) <= 2)
    }
    #expect(outside == nil, "softplus(\(x[outside ?? 0])) is \(y[outside ?? 0])")
    let limits = unary(CK_SOFTPLUS, [-90, -.infinity, .infinity, .nan], .plain)
    #expect(limits[0] == 0 && limits[1] == 0 && limits[2] == .infinity && limits[3].isNaN)
  }

  @Test("SiLU's error is at most 3 units of the last place above -88, and 0 below")
  func silu() {
    let x =
      sampledFloats(stride: 46_368).filter { $0 > -88 && $0.isFinite } + grid(-87.9...90, 50_001)
    let y = unary(CK_SILU, x, .plain)
    let outside = x.indices.first {
      !(errorInUlps(y[$0], Double(x[$0]) / (1 + exp(-Double(x[$0])))) <= 3)
    }
    #expect(outside == nil, "silu(\(x[outside ?? 0])) is \(y[outside ?? 0])")
    let limits = unary(CK_SILU, [-90, -.infinity, .infinity, .nan], .plain)
    #expect(limits[0] == 0 && limits[1] == 0 && limits[2] == .infinity && limits[3].isNaN)
  }

  @Test("Every instruction set and thread count gives the same bits", arguments: unaryFunctions)
  func sameBits(_ function: ck_unary_function) {
    var generator = LinearGenerator(state: 61)
    let x = mixedFloats(parallelLength, &generator)
    let expected = unary(function, x, .plain)
    for run in LinearRun.all {
      #expect(firstBitDifference(unary(function, x, run), expected) == nil, "\(run)")
    }
  }

  @Test(
    "Gradients of activations: every instruction set and thread count gives the same bits",
    arguments: activations)
  func sameGradientBits(_ function: ck_unary_function) {
    var generator = LinearGenerator(state: 62)
    let x = mixedFloats(parallelLength, &generator)
    let dy = mixedFloats(parallelLength, &generator)
    let expected = unaryGradient(function, saved: x, dy, .plain)
    for run in LinearRun.all {
      #expect(
        firstBitDifference(unaryGradient(function, saved: x, dy, run), expected) == nil, "\(run)")
    }
  }

  @Test(
    "No function writes outside its array, nor lets what is there matter",
    arguments: InstructionSet.available)
  func canaries(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 63)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for count in edgeLengths {
      let values = generator.values(count)
      let slopes = generator.values(count)
      for function in Self.unaryFunctions {
        var x = FencedFloats(values)
        var y = FencedFloats(count: count)
        unsafe x.withPointer { x in
          unsafe y.withPointer { y in unsafe ck_unary(&execution, function, count, x, y) }
        }
        #expect(x.isIntact && y.isIntact && x.values == values)
        let expected = values.map { unary(function, [$0], .plain)[0] }
        #expect(
          firstBitDifference(y.values, expected) == nil, "function \(function.rawValue), \(count)")
        unsafe x.withPointer { unsafe ck_unary(&execution, function, count, $0, $0) }
        #expect(x.isIntact && firstBitDifference(x.values, expected) == nil, "in place")
      }
      for function in Self.activations {
        var saved = FencedFloats(values)
        var dy = FencedFloats(slopes)
        unsafe saved.withPointer { saved in
          unsafe dy.withPointer { dy in
            unsafe ck_unary_gradient(&execution, function, count, saved, dy, dy)
          }
        }
        #expect(saved.isIntact && dy.isIntact)
        let expected = values.indices.map {
          unaryGradient(function, saved: [values[$0]], [slopes[$0]], .plain)[0]
        }
        #expect(firstBitDifference(dy.values, expected) == nil, "in place")
      }
    }
  }
}
