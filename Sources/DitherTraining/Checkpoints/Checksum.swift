import DitherTensors

/// A 64-bit number of all that it is given, in order: no change of a single word leaves it as it is. It finds what
/// disks and programs do to a file by accident; it is no protection from forgers.
struct Checksum {
  private typealias Lanes = (UInt64, UInt64, UInt64, UInt64)

  /// Four chains, so that a processor works on four words at once.
  private var lanes: Lanes = (1, 2, 3, 4)

  /// Each step is invertible in the state and in the word.
  @inline(__always)
  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product &>> 32)
  }

  @inline(__always)
  private static func pair(_ span: Span<Float>, _ index: Int) -> UInt64 {
    UInt64(span[index].bitPattern) | UInt64(span[index + 1].bitPattern) &<< 32
  }

  mutating func add(_ number: Int) {
    lanes.0 = Self.mix(lanes.0, UInt64(truncatingIfNeeded: number))
  }

  mutating func add(_ text: String) {
    for byte in text.utf8 { lanes.1 = Self.mix(lanes.1, UInt64(byte)) }
    add(text.utf8.count)
  }

  mutating func add(_ tensor: Tensor) {
    for length in tensor.shape { add(length) }
    add(tensor.rank)
    lanes = tensor.withSpan { span in
      var (a, b, c, d) = lanes
      var index = 0
      while index + 8 <= span.count {
        a = Self.mix(a, Self.pair(span, index))
        b = Self.mix(b, Self.pair(span, index + 2))
        c = Self.mix(c, Self.pair(span, index + 4))
        d = Self.mix(d, Self.pair(span, index + 6))
        index += 8
      }
      while index < span.count {
        a = Self.mix(a, UInt64(span[index].bitPattern))
        index += 1
      }
      return (a, b, c, d)
    }
  }

  /// Sixteen hexadecimal digits.
  var text: String {
    let value = Self.mix(Self.mix(Self.mix(lanes.0, lanes.1), lanes.2), lanes.3)
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension Safetensors {
  /// The checksum of everything but one of the metadata, in the order of names.
  func checksum(without key: String) -> String {
    var sum = Checksum()
    for (name, text) in metadata.sorted(by: { precedes($0.key, $1.key) }) where name != key {
      sum.add(name)
      sum.add(text)
    }
    for (name, tensor) in tensors.sorted(by: { precedes($0.key, $1.key) }) {
      sum.add(name)
      sum.add(tensor)
    }
    return sum.text
  }
}
