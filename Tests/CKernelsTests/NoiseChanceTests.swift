import CKernels
import DitherRuntime
import Testing

@Suite("Chances, and what they come to")
struct NoiseChanceTests {
  @Test("0 and less, and NaN, never come true; 1 and more always do")
  func ends() {
    for p in [0, -0.0, -1, -.infinity, .nan, 0x1p-33, 0x1p-1074] {
      #expect(ck_chance_make(p).bits == 0, "\(p)")
      #expect(ck_chance_probability(ck_chance_make(p)) == 0)
    }
    for p in [1, 2, .infinity, 1 - 0x1p-33, 1 - 0x1p-53] {
      #expect(ck_chance_make(p).bits == 1, "\(p)")
      #expect(ck_chance_probability(ck_chance_make(p)) == 1)
    }
  }

  @Test("A chance is the even threshold nearest to the probability")
  func nearest() {
    for p in [0.5, 0.1, 0.2, 0.3, 1.0 / 64, 1 - 1.0 / 64, 0.75, 1e-9, 1e-4, 0.01, 0.999, 1 - 1e-9] {
      let chance = ck_chance_make(p)
      #expect(chance.bits == (p >= 1.0 / 64 && p <= 1 - 1.0 / 64 ? 16 : 32))
      #expect(chance.threshold % 2 == 0)
      #expect(abs(ck_chance_probability(chance) - p) <= (chance.bits == 16 ? 0x1p-16 : 0x1p-32))
    }
  }

  @Test(
    "How often a chance comes true is its probability", arguments: [0.3, 0.5, 0.01, 1e-4, 0.999])
  func frequency(_ p: Double) {
    // 2^20 draws a layout. Beyond 6.2 standard deviations lies less than 1e-9.
    for (rows, columns) in [(1024, 1024), (1 << 16, 16)] {
      let address = ck_address(
        key: 77, step: 0, row: 0, column: 0, width: UInt32(columns), plane: 0)
      let draw = unsafe DrawCase(testDescription: "", distribution: CK_BERNOULLI, probability: p)
        .draw
      let draws = unsafe NoiseTile(address, rows: rows, columns: columns).draws(draw, .plain)
      let count = Double(draws.reduce(0, +))
      let probability = ck_chance_probability(ck_chance_make(p))
      let deviation = (0x1p20 * probability * (1 - probability)).squareRoot()
      #expect(abs(count - 0x1p20 * probability) < 6.2 * deviation)
    }
  }
}
