package import Foundation

/// A 64-bit hash of the bits of draws, in order: h ← (h ⊕ bits) · 0x9E3779B97F4A7C15, then h ← h ⊕ (h >> 32).
package func hash(_ draws: [Float]) -> String {
  var hash: UInt64 = 0
  for draw in draws {
    hash = (hash ^ UInt64(draw.bitPattern)) &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash &>> 32
  }
  return String(hash, radix: 16)
}

/// Whether two arrays hold the same bits: 0 and −0 differ, a NaN equals itself.
package func sameBits(_ a: [Float], _ b: [Float]) -> Bool {
  unsafe a.withUnsafeBytes { a in
    unsafe b.withUnsafeBytes { b in
      guard a.count == b.count, let first = a.baseAddress, let second = b.baseAddress
      else { return a.count == b.count }
      return unsafe memcmp(first, second, a.count) == 0
    }
  }
}

/// The rows of a file of references that begin with a word, split at spaces.
package func references(_ kind: String, in file: URL) throws -> [[String]] {
  try String(contentsOf: file, encoding: .utf8)
    .split(separator: "\n")
    .filter { $0.hasPrefix(kind + " ") }
    .map { $0.split(separator: " ", omittingEmptySubsequences: false).map(String.init) }
}
