import CKernels

/// Shuffles by draws that have an address: the order is a function of seed, site, slot and step, whoever asks.
///
/// The words are Philox4x32-10's under the key of (seed, domain shuffling, site, slot), as for noise. A position's two
/// words lie in block `position / 2`.
struct Permutation {
  private let key: [UInt32]
  private let step: UInt64

  /// The domain of draws that order data.
  private static let shuffling: UInt32 = 3

  init(seed: UInt64, site: String, slot: Int = 0, step: Int = 0) {
    let path = Array(site.utf8)
    let key = unsafe ck_noise_key(
      seed, Permutation.shuffling, UInt32(slot), .max, path, path.count)
    self.key = [UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)]
    self.step = UInt64(step)
  }

  /// The elements in another order, each order as likely as any other (Fisher & Yates).
  func shuffled(_ elements: [Int]) -> [Int] {
    var elements = elements
    var words: [UInt32] = [0, 0, 0, 0]
    for position in elements.indices.dropFirst() {
      if position % 2 == 0 || position == 1 { fill(&words, block: UInt64(position / 2)) }
      let word = position % 2 * 2
      let draw = UInt64(words[word]) | UInt64(words[word + 1]) << 32
      // The high half of the product is uniform in 0...position, to within (position + 1)·2⁻⁶⁴.
      let chosen = Int(draw.multipliedFullWidth(by: UInt64(position + 1)).high)
      elements.swapAt(position, chosen)
    }
    return elements
  }

  /// A block's number has 24 bits in the counter; those above them take the row's place.
  private func fill(_ words: inout [UInt32], block: UInt64) {
    let counter = [
      UInt32(truncatingIfNeeded: block & 0xFF_FFFF), UInt32(truncatingIfNeeded: block >> 24),
      UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step >> 32),
    ]
    unsafe ck_philox4x32_10(counter, key, &words)
  }
}
