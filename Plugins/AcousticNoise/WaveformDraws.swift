public import NoiseDistributions

/// The random numbers of one waveform for one transform: a pure function of seed, domain, site, slot, step and row.
///
/// Number i is of 64 bits: the words 2i, the lower half, and 2i + 1 of the row's; 32 numbers a plane, from plane 0 on.
public struct WaveformDraws: Sendable {
  private let address: NoiseAddress

  /// How many numbers there are.
  public static let count = 32 * 128

  /// - Parameters:
  ///   - noise: the stream; its `firstRow` is the row of waveform 0.
  ///   - site: the path of the place, such as `"waveform"`.
  ///   - slot: which of the transforms there.
  ///   - row: of the waveform, from the stream's first row on.
  public init(noise: NoiseStream, site: String, slot: Int, row: Int) {
    address = noise.rows(from: noise.firstRow + row)
      .address(of: site, slot: slot, rows: 1, columns: 64)
  }

  /// Number `index` as 64 random bits.
  ///
  /// - Parameter index: 0 ..< ``count``. Another stops the program.
  public func bits(_ index: Int) -> UInt64 {
    guard index >= 0, index < Self.count else {
      fatalError("WaveformDraws: index is \(index); expected 0 ..< \(Self.count)")
    }
    var words = [UInt32](repeating: 0, count: 64)
    var span = words.mutableSpan
    address.plane(index / 32).fillWords(&span)
    let first = index % 32 * 2
    return UInt64(words[first]) | UInt64(words[first + 1]) << 32
  }

  /// Number `index` as (2k + 1) · 2⁻²⁴ with k its upper 23 bits: never 0 or 1.
  public func uniform(_ index: Int) -> Float {
    Float(2 * Int32(bits(index) >> 41) + 1) * 0x1p-24
  }

  /// Number `index` as one of 0 ..< `count`, ⌊bits · count / 2⁶⁴⌋.
  ///
  /// - Parameters:
  ///   - index: of the choice.
  ///   - count: 1 or more. Another stops the program.
  public func choice(_ index: Int, of count: Int) -> Int {
    guard count > 0 else {
      fatalError("WaveformDraws: a choice of \(count); expected at least 1")
    }
    return Int(bits(index).multipliedFullWidth(by: UInt64(count)).high)
  }

  /// Number `index` as a place in a range: its lower end where both are the same.
  public func place(_ index: Int, in range: ClosedRange<Float>) -> Float {
    let (low, high) = (range.lowerBound, range.upperBound)
    return low == high ? low : low + (high - low) * uniform(index)
  }
}
