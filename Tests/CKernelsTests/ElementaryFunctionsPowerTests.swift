import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Elementary functions: power")
struct ElementaryFunctionsPowerTests {
  static func power(_ x: [Float], _ y: [Float], on set: InstructionSet) -> [Float] {
    var z = [Float](repeating: .nan, count: x.count)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    unsafe ck_binary(&execution, CK_POWER, 1, x.count, x, y, 0, 1, &z)
    return z
  }

  /// Bases of the whole range with exponents whose result is between 2^-155 and 2^135, and any with any.
  static func samples() -> (x: [Float], y: [Float]) {
    var generator = LinearGenerator(state: 51)
    var x: [Float] = []
    var y: [Float] = []
    for index in 0..<150_000 {
      let word = generator.next()
      let base = Float(bitPattern: UInt32(truncatingIfNeeded: word))
      if index % 3 == 0 {
        x.append(base)
        y.append(Float(bitPattern: UInt32(truncatingIfNeeded: word >> 32)))
      } else {
        let magnitude =
          index % 3 == 1
          ? base.magnitude : Float(1) + Float(Int32(truncatingIfNeeded: word)) * 0x1p-34
        let exponent = Double(UInt32(truncatingIfNeeded: word >> 32)) * 0x1p-32 * 290 - 155
        x.append(magnitude)
        y.append(Float(exponent / log2(Double(magnitude))))
      }
    }
    return (x, y)
  }

  /// Rounding a result that is a little off in double gives at most 0.502 ulp.
  @Test("The error is at most 0.502 units of the last place, subnormal results included")
  func accuracy() {
    let (x, y) = Self.samples()
    let z = Self.power(x, y, on: InstructionSet.available[0])
    let outside = x.indices.first {
      !(errorInUlps(z[$0], pow(Double(x[$0]), Double(y[$0]))) <= 0.502)
    }
    #expect(
      outside == nil, "\(x[outside ?? 0])^\(y[outside ?? 0]) is \(z[outside ?? 0])")
  }

  @Test("Special values are what C99 says: those of the system's pow")
  func specialValues() {
    let values: [Float] =
      specialFloats + [
        2, -2, 3, -3, 33, -33, 34, 0.25, 1.5, -1.5, 0x1p24, -0x1p24, 0x1.fffffep23, -0x1.fffffep23,
        8_388_607.5,
        1e30, -1e30, -Float(1).nextUp, -Float(1).nextDown,
      ]
    let x = values.flatMap { [Float](repeating: $0, count: values.count) }
    let y = [[Float]](repeating: values, count: values.count).flatMap { $0 }
    for set in InstructionSet.available {
      let z = Self.power(x, y, on: set)
      for place in x.indices {
        let exact = pow(Double(x[place]), Double(y[place]))
        let special = exact.isNaN || exact.isInfinite || exact == 0
        if special {
          let bits = exact.isNaN ? quietNaN : Float(exact).bitPattern
          #expect(z[place].bitPattern == bits, "\(x[place])^\(y[place]) on \(set) is \(z[place])")
        } else {
          #expect(
            errorInUlps(z[place], exact) <= 0.502,
            "\(x[place])^\(y[place]) on \(set) is \(z[place])")
          #expect((z[place].sign == .minus) == (exact.sign == .minus), "\(x[place])^\(y[place])")
        }
      }
    }
  }

  @Test("Every instruction set and the scalar form give the same bits")
  func sameBits() {
    let (x, y) = Self.samples()
    let expected = Self.power(x, y, on: InstructionSet.available[0])
    for set in InstructionSet.available.dropFirst() {
      #expect(firstBitDifference(Self.power(x, y, on: set), expected) == nil, "\(set)")
    }
    #expect(firstBitDifference(x.indices.map { ck_powf(x[$0], y[$0]) }, expected) == nil)
  }

  @Test("Squares, roots and reciprocals that are floats are exact")
  func exactResults() {
    for integer in 1...4096 {
      let x = Float(integer)
      #expect(ck_powf(x, 2) == x * x)
      #expect(ck_powf(x * x, 0.5) == x)
      #expect(ck_powf(x, 1) == x)
    }
  }
}
