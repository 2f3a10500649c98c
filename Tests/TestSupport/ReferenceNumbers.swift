import Foundation
import Testing

/// The 10,000 probabilities of the files of references: odd multiples of 2⁻²⁴, densest in the tails. A formula, that of
/// Tests/Reference/points.py.
package let referenceProbabilities: [Double] = {
  let (extent, cube) = ((1 << 22) - 5000, 4999 * 4999 * 4999)
  let lower = (0..<5000).map { (i: Int) -> Int in 2 * (i + i * i * i * extent / cube) + 1 }
  let upper = lower.reversed().map { (n: Int) -> Int in (1 << 24) - n }
  return (lower + upper).map { Double($0) * 0x1p-24 }
}()

/// The bits of numbers in base64, little-endian.
package func decode<Bits: FixedWidthInteger>(
  _ text: String, as type: Bits.Type
) throws -> [Bits] {
  let bytes = try #require(Data(base64Encoded: text))
  let size = MemoryLayout<Bits>.size
  return stride(from: 0, to: bytes.count, by: size).map { (start: Int) -> Bits in
    var bits: Bits = 0
    for index in (0..<size).reversed() { bits = bits << 8 | Bits(bytes[start + index]) }
    return bits
  }
}

package func decodeDoubles(_ text: String) throws -> [Double] {
  try decode(text, as: UInt64.self).map { Double(bitPattern: $0) }
}
