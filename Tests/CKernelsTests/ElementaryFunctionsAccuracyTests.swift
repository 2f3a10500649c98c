import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Elementary functions: accuracy")
struct ElementaryFunctionsAccuracyTests {
  /// The first sample whose error is above the bound.
  static func outside(_ function: ElementaryFunction, _ x: [Float]) -> String? {
    let y = function.array(x, on: InstructionSet.available[0])
    let place = x.indices.first {
      !(errorInUlps(y[$0], function.reference(Double(x[$0]))) <= function.bound)
    }
    return place.map {
      let exact = function.reference(Double(x[$0]))
      return "\(function)(\(x[$0])) is \(y[$0]), exactly \(exact): \(errorInUlps(y[$0], exact)) ulp"
    }
  }

  @Test("Over the whole range of floats the error is as stated", arguments: ElementaryFunction.all)
  func wholeRange(_ function: ElementaryFunction) {
    #expect(Self.outside(function, sampledFloats(stride: 28_657)) == nil)
  }

  @Test(
    "Over eight million floats the error is as stated",
    .enabled(if: ProcessInfo.processInfo.environment["DITHER_LONG_TESTS"] == "1"),
    arguments: ElementaryFunction.all)
  func manyFloats(_ function: ElementaryFunction) {
    #expect(Self.outside(function, sampledFloats(stride: 509)) == nil)
  }

  @Test("Where the curve bends the error is as stated", arguments: ElementaryFunction.all)
  func denseGrid(_ function: ElementaryFunction) {
    #expect(Self.outside(function, grid(function.dense, 60_001)) == nil)
  }

  @Test("Near 1 the logarithm keeps its relative error")
  func logarithmNearOne() {
    let log = ElementaryFunction.all.first { $0.function == CK_LOGARITHM }!
    let near = (-2000...2000).map { Float(1) + Float($0) * 0x1p-23 }
    #expect(Self.outside(log, near) == nil)
  }

  /// Multiples of π/2, where the result is smallest and every bit of the reduction counts.
  @Test("Near multiples of π/2 sine, cosine and tangent keep their relative error")
  func nearQuarterTurns() {
    var x: [Float] = []
    var turns = 1.0
    while turns < 0x1p60 {
      let nearest = Float(turns * Double.pi / 2)
      x += [nearest, nearest.nextUp, nearest.nextDown, -nearest]
      turns = (turns * 1.01).rounded(.up)
    }
    for function in ElementaryFunction.all
    where [CK_SINE, CK_COSINE, CK_TANGENT].contains(function.function) {
      #expect(Self.outside(function, x) == nil)
    }
  }

  @Test(
    "The normal quantile's relative error is below 1e-6 down to the least subnormal probability")
  func quantileTails() {
    let quantile = ElementaryFunction.all.first { $0.function == CK_INVERSE_NORMAL }!
    let p = (0..<20_000).map { Float(exp2(-149 + 149 * Double($0) / 20_000)) }
    let z = quantile.array(p, on: InstructionSet.available[0])
    let outside = p.indices.first {
      let exact = normalQuantile(Double(p[$0]))
      return !((Double(z[$0]) - exact).magnitude <= 1e-6 * exact.magnitude)
    }
    #expect(outside == nil, "at \(p[outside ?? 0])")
  }

  @Test("The normal quantile is odd about one half, to the bit")
  func quantileIsOdd() {
    // Multiples of 2^-24: p and 1 - p are both floats.
    let p = stride(from: 1, to: 1 << 24, by: 211).map { Float($0) * 0x1p-24 }
    let quantile = ElementaryFunction.all.first { $0.function == CK_INVERSE_NORMAL }!
    let lower = quantile.array(p, on: InstructionSet.available[0])
    let upper = quantile.array(p.map { 1 - $0 }, on: InstructionSet.available[0])
    let outside = p.indices.first { lower[$0] != -upper[$0] }
    #expect(outside == nil, "at \(p[outside ?? 0])")
    #expect(ck_inverse_normalf(0.5).bitPattern == 0)
  }

  @Test("Odd functions are odd and cosine is even, to the bit")
  func symmetry() {
    let x = sampledFloats(stride: 94_321).filter { !$0.isNaN }
    for function in ElementaryFunction.all {
      switch function.function {
      case CK_SINE, CK_TANGENT, CK_TANH, CK_ERF:
        let y = function.array(x, on: InstructionSet.available[0])
        let mirrored = function.array(x.map { -$0 }, on: InstructionSet.available[0])
        let expected = mirrored.map { $0.isNaN ? $0 : -$0 }
        #expect(firstBitDifference(y, expected) == nil, "\(function)")
      case CK_COSINE:
        let y = function.array(x, on: InstructionSet.available[0])
        let mirrored = function.array(x.map { -$0 }, on: InstructionSet.available[0])
        #expect(firstBitDifference(y, mirrored) == nil, "\(function)")
      default: break
      }
    }
  }
}
