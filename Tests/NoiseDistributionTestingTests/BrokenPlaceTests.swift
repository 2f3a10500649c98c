import CKernels
import NoiseDistributionTesting
import NoiseDistributions
import Testing

@Suite("A distribution that is another one at other addresses is caught")
struct BrokenPlaceTests {
  /// The key of the check's own draws at a site and in a slot, as all its streams have it: of matrices of more than 32 columns.
  private static func key(
    of noise: NoiseStream = NoiseStream(seed: 1), site: String = "sample", slot: Int = 0
  ) -> UInt64 {
    noise.key(site: site, slot: slot, columns: 1024)
  }

  /// Uniform on 0…1 but where the address is a certain one.
  private func changed(
    where isThere: @escaping @Sendable (NoiseAddress) -> Bool,
    to change: @escaping @Sendable (Float) -> Float
  ) -> Changed {
    Changed { tile, address in
      if !isThere(address) { return }
      for index in tile.indices { tile[index] = change(tile[index]) }
    }
  }

  @Test("NaN at one step alone")
  func undefinedAtAStep() {
    expect(
      changed(where: { $0.step == 3 }, to: { _ in .nan }), breaks: .finite,
      saying: "of 64 × 512 draws at step 3, 32768 are NaN")
  }

  @Test("Infinite draws of one far seed")
  func infiniteOfASeed() {
    let key = Self.key(of: NoiseStream(seed: ~1))
    expect(
      changed(where: { $0.kernelAddress.key == key }, to: { _ in .infinity }), breaks: .finite,
      saying: "of 64 × 512 draws of a far seed, 32768 are infinite")
  }

  @Test("A constant at another site")
  func constantAtASite() {
    let key = Self.key(site: "0.input")
    expect(
      changed(where: { $0.kernelAddress.key == key }, to: { _ in 0.25 }),
      breaks: .sameDistributionEverywhere, saying: "64 × 512 draws at the site 0.input")
  }

  @Test("Twice the scale in another slot")
  func scaleInASlot() {
    let key = Self.key(slot: 1)
    expect(
      changed(where: { $0.kernelAddress.key == key }, to: { 2 * $0 }),
      breaks: .sameDistributionEverywhere, saying: "512 × 1024 draws in slot 1")
  }

  @Test("Another share of the greater draws in another domain")
  func shareInADomain() {
    let key = Self.key(of: NoiseStream(seed: 1).in(.optimizer))
    expect(
      changed(where: { $0.kernelAddress.key == key }, to: { $0 * $0 }),
      breaks: .sameDistributionEverywhere, saying: "64 × 512 draws in the domain optimizer")
  }

  @Test("A shift in rows far from the first")
  func shiftInFarRows() {
    expect(
      changed(where: { $0.row >= 100_000 }, to: { $0 + 0.1 }),
      breaks: .sameDistributionEverywhere, saying: "64 × 512 draws from row ")
  }

  @Test("Another distribution in matrices of one width")
  func width() {
    expect(
      changed(where: { $0.width == 33 }, to: { 1 - $0 * $0 }),
      breaks: .sameDistributionEverywhere, saying: "992 × 33 draws")
  }

  @Test("A first column of its own, by which rows depend on each other too")
  func column() {
    let distribution = Changed { tile, address in
      for index in tile.indices where address.column + index % address.columns == 0 {
        tile[index] = 0.5 + 0.25 * (tile[index] - 0.5)
      }
    }
    expect(
      distribution, breaks: .sameDistributionEverywhere, .independentNeighbours,
      saying: "column 0 of 65536 × 16 draws")
  }
}
