import DitherTensors
import TestSupport
import Testing

/// SplitMix64 (Steele, Lea & Flood 2014): fixed test values, independent of the library's own draws.
struct TestNumbers {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// Uniform in [low, high).
  mutating func float(_ low: Float = -2, _ high: Float = 2) -> Float {
    low + (high - low) * (Float(next() >> 40) * 0x1p-24)
  }

  static func tensor(_ shape: [Int], seed: UInt64, _ low: Float = -2, _ high: Float = 2) -> Tensor {
    var numbers = TestNumbers(state: seed)
    return Tensor(uninitialized: shape) { span in
      for index in span.indices { span[index] = numbers.float(low, high) }
    }
  }
}

/// Checks that `body` gives the same bits on every instruction set and number of threads; returns them.
@discardableResult
func sameBitsEverywhere(
  _ name: String, sourceLocation: SourceLocation = #_sourceLocation, _ body: () -> Tensor
) -> Tensor {
  expectSameBits(
    of: body, "\(name), ", threads: [1, 2, 3, 7], by: { $0.isBitwiseEqual(to: $1) },
    sourceLocation: sourceLocation)
}

/// Where a tensor's elements lie.
func address(of tensor: Tensor) -> UInt {
  unsafe tensor.withUnsafePointer { UInt(bitPattern: $0) }
}
