import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Elementary functions: special values and bits")
struct ElementaryFunctionsSpecialValuesTests {
  /// Function, argument, result: to the bit, the sign of 0 and the NaN included.
  static let table: [(ck_unary_function, Float, Float)] = [
    (CK_EXPONENTIAL, 0, 1), (CK_EXPONENTIAL, -0.0, 1), (CK_EXPONENTIAL, .infinity, .infinity),
    (CK_EXPONENTIAL, -.infinity, 0), (CK_EXPONENTIAL, 0x1.62e42ep6, 0x1.ffff08p127),
    (CK_EXPONENTIAL, 0x1.62e430p6, .infinity), (CK_EXPONENTIAL, -88, 0),
    (CK_EXPONENTIAL, .leastNonzeroMagnitude, 1), (CK_EXPONENTIAL, .nan, .nan),
    (CK_LOGARITHM, 0, -.infinity), (CK_LOGARITHM, -0.0, -.infinity), (CK_LOGARITHM, 1, 0),
    (CK_LOGARITHM, .infinity, .infinity), (CK_LOGARITHM, -1, .nan),
    (CK_LOGARITHM, -.leastNonzeroMagnitude, .nan), (CK_LOGARITHM, -.infinity, .nan),
    (CK_LOGARITHM, .leastNonzeroMagnitude, -103.27893), (CK_LOGARITHM, .nan, .nan),
    (CK_SINE, 0, 0), (CK_SINE, -0.0, -0.0), (CK_SINE, .infinity, .nan), (CK_SINE, -.infinity, .nan),
    (CK_SINE, .leastNonzeroMagnitude, .leastNonzeroMagnitude), (CK_SINE, .nan, .nan),
    (CK_COSINE, 0, 1), (CK_COSINE, -0.0, 1), (CK_COSINE, .infinity, .nan), (CK_COSINE, .nan, .nan),
    (CK_TANGENT, 0, 0), (CK_TANGENT, -0.0, -0.0), (CK_TANGENT, -.infinity, .nan),
    (CK_TANGENT, .nan, .nan),
    (CK_TANH, 0, 0), (CK_TANH, -0.0, -0.0), (CK_TANH, .infinity, 1), (CK_TANH, -.infinity, -1),
    (CK_TANH, 20, 1), (CK_TANH, .leastNonzeroMagnitude, .leastNonzeroMagnitude),
    (CK_TANH, .nan, .nan),
    (CK_ERF, 0, 0), (CK_ERF, -0.0, -0.0), (CK_ERF, .infinity, 1), (CK_ERF, -.infinity, -1),
    (CK_ERF, 4, 1),
    (CK_ERF, .nan, .nan),
    (CK_INVERSE_NORMAL, 0, -.infinity), (CK_INVERSE_NORMAL, -0.0, -.infinity),
    (CK_INVERSE_NORMAL, 1, .infinity), (CK_INVERSE_NORMAL, 0.5, 0),
    (CK_INVERSE_NORMAL, -.leastNonzeroMagnitude, .nan), (CK_INVERSE_NORMAL, Float(1).nextUp, .nan),
    (CK_INVERSE_NORMAL, .infinity, .nan), (CK_INVERSE_NORMAL, .nan, .nan),
  ]

  @Test("Special values are what C99 says", arguments: InstructionSet.available)
  func specialValues(_ set: InstructionSet) {
    for (code, x, expected) in Self.table {
      let function = ElementaryFunction.all.first { $0.function == code }!
      let bits = expected.isNaN ? quietNaN : expected.bitPattern
      #expect(function.array([x], on: set)[0].bitPattern == bits, "\(function)(\(x)) on \(set)")
    }
  }

  @Test("Every instruction set gives the same bits", arguments: ElementaryFunction.all)
  func sameBits(_ function: ElementaryFunction) {
    let x = sampledFloats(stride: 17_711) + grid(function.dense, 30_001)
    let expected = function.array(x, on: InstructionSet.available[0])
    for set in InstructionSet.available.dropFirst() {
      #expect(firstBitDifference(function.array(x, on: set), expected) == nil, "\(set)")
    }
  }

  @Test("The scalar form gives the bits of the array form", arguments: ElementaryFunction.all)
  func scalarForm(_ function: ElementaryFunction) {
    let x = sampledFloats(stride: 75_025) + grid(function.dense, 60_001)
    for set in InstructionSet.available {
      let expected = function.array(x, on: set)
      #expect(firstBitDifference(x.map { function.scalar($0) }, expected) == nil, "\(set)")
    }
  }

  @Test(
    "Over eight million floats the scalar form gives the bits of the array form",
    .enabled(if: ProcessInfo.processInfo.environment["DITHER_LONG_TESTS"] == "1"),
    arguments: ElementaryFunction.all)
  func scalarFormOfMany(_ function: ElementaryFunction) {
    let x = sampledFloats(stride: 509)
    let expected = function.array(x, on: InstructionSet.available[0])
    #expect(firstBitDifference(x.map { function.scalar($0) }, expected) == nil)
  }

  @Test("The scalar logarithm has the array's bits on both sides of the normal numbers' ends")
  func scalarLogarithmAtEdges() {
    let edges: [UInt32] = [0, 0x0080_0000, 0x3F80_0000, 0x7F80_0000, 0x8000_0000, 0xFF80_0000]
    let x = edges.flatMap { edge in
      (-2000...2000).map { Float(bitPattern: edge &+ UInt32(bitPattern: $0)) }
    }
    let log = ElementaryFunction.all.first { $0.function == CK_LOGARITHM }!
    let expected = log.array(x, on: InstructionSet.available[0])
    #expect(firstBitDifference(x.map { log.scalar($0) }, expected) == nil)
  }

  @Test("The place in an array does not matter", arguments: ElementaryFunction.all)
  func anyPlace(_ function: ElementaryFunction) {
    let x = grid(function.dense, 67)
    for set in InstructionSet.available {
      let whole = function.array(x, on: set)
      for count in 0...67 {
        let part = function.array(Array(x[(67 - count)...]), on: set)
        #expect(
          firstBitDifference(part, Array(whole[(67 - count)...])) == nil, "\(count) on \(set)")
      }
    }
  }
}
