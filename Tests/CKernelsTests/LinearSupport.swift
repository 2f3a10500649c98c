import CKernels
import DitherRuntime

/// SplitMix64: the tests' inputs, the same in every run.
struct LinearGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// `count` values in ±1, none nearer to 0 than 2^-24: their products stay normal.
  mutating func values(_ count: Int) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    var i = 0
    while i < count {
      let word = next()
      values[i] = Float(Int32(truncatingIfNeeded: word) >> 8) * 0x1p-23 + 0x1p-24
      i += 1
    }
    return values
  }
}

/// One way to run a kernel: none may show in the bits.
struct LinearRun: CustomStringConvertible, Sendable {
  var instructionSet: InstructionSet
  var threads: Int

  var description: String { "\(instructionSet), \(threads) threads" }
  var execution: ck_execution {
    unsafe ck_execution(kernels: instructionSet.kernels, threads: Int32(threads))
  }

  static let all = InstructionSet.available.flatMap { set in
    [1, 2, 3, 7].map { LinearRun(instructionSet: set, threads: $0) }
  }
  static let plain = LinearRun(instructionSet: InstructionSet.available[0], threads: 1)
}

/// Memory that a kernel must not read: signalling NaN, which would spread through any arithmetic.
func unreadable(_ count: Int) -> [Float] {
  [Float](repeating: Float(bitPattern: 0x7FA0_BEEF), count: count)
}

/// Where two results first differ in their bits, any NaN being like any other; nil if nowhere.
func firstDifference(_ received: [Float], _ expected: [Float]) -> String? {
  if received.count != expected.count { return "\(received.count) values, not \(expected.count)" }
  var i = 0
  while i < expected.count {
    let same = received[i].bitPattern == expected[i].bitPattern
    if !same && !(received[i].isNaN && expected[i].isNaN) {
      return "at \(i): \(received[i]), not \(expected[i])"
    }
    i += 1
  }
  return nil
}

/// A product's operands as they lie.
struct MatmulProblem: CustomStringConvertible {
  var m: Int
  var n: Int
  var k: Int
  var transposeA = false
  var transposeB = false
  var accumulate = false
  var a: [Float] = []
  var b: [Float] = []
  var c: [Float] = []

  var description: String {
    "\(m)×\(n)×\(k)\(transposeA ? ", a transposed" : "")\(transposeB ? ", b transposed" : "")\(accumulate ? ", accumulated" : "")"
  }

  mutating func fill(_ generator: inout LinearGenerator) {
    a = generator.values(m * k)
    b = generator.values(k * n)
    c = generator.values(m * n)
  }

  func result(_ run: LinearRun) -> [Float] {
    var result = accumulate ? c : unreadable(m * n)
    var execution = unsafe run.execution
    unsafe check(
      ck_matmul(&execution, transposeA, transposeB, m, n, k, a, b, accumulate, &result))
    return result
  }

  /// Strides of a along m and k, of b along k and n.
  var strides: (am: Int, ak: Int, bk: Int, bn: Int) {
    (transposeA ? 1 : k, transposeA ? m : 1, transposeB ? 1 : n, transposeB ? k : 1)
  }

  /// The promise in plain Swift: each element one chain of fused multiply-adds in ascending k.
  func chain() -> [Float] {
    var result = accumulate ? c : [Float](repeating: 0, count: m * n)
    let strides = strides
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        var row = 0
        while row < m {
          var column = 0
          while column < n {
            var sum = result[row &* n &+ column]
            var i = row &* strides.am
            var j = column &* strides.bn
            var step = 0
            while step < k {
              unsafe sum.addProduct(a[i], b[j])
              i &+= strides.ak
              j &+= strides.bk
              step &+= 1
            }
            result[row &* n &+ column] = sum
            column &+= 1
          }
          row &+= 1
        }
      }
    }
    return result
  }

  /// The same in double precision, and the sums of the terms' magnitudes.
  func reference() -> (values: [Double], magnitudes: [Double]) {
    var values = [Double](repeating: 0, count: m * n)
    var magnitudes = values
    let strides = strides
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        var row = 0
        while row < m {
          var column = 0
          while column < n {
            let place = row &* n &+ column
            var sum = accumulate ? Double(c[place]) : 0
            var magnitude = sum.magnitude
            var i = row &* strides.am
            var j = column &* strides.bn
            var step = 0
            while step < k {
              let term = unsafe Double(a[i]) * Double(b[j])
              sum += term
              magnitude += term.magnitude
              i &+= strides.ak
              j &+= strides.bk
              step &+= 1
            }
            values[place] = sum
            magnitudes[place] = magnitude
            column &+= 1
          }
          row &+= 1
        }
      }
    }
    return (values, magnitudes)
  }
}
