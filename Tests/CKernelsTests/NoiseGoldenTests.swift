import CKernels
import DitherRuntime
import Testing

/// 2^20 draws of stream version 1, wide and narrow, and the FNV-1a hash of their bits. A change here is another stream.
struct GoldenDraws: Sendable, CustomTestStringConvertible {
  var kind: DrawCase
  var wide: UInt64
  var narrow: UInt64

  var testDescription: String { kind.testDescription }

  /// In the order of `DrawCase.all`.
  static let all = zip(DrawCase.all, hashes).map { GoldenDraws(kind: $0, wide: $1.0, narrow: $1.1) }

  private static let hashes: [(UInt64, UInt64)] = [
    (0xB5C2_62EE_0C57_4E48, 0x22F9_163C_3174_EDF6),  // unit
    (0xDABB_D9EF_76F2_DC20, 0x830F_3551_3AF7_BC28),  // uniform
    (0x28DB_E459_9E67_45F5, 0x4F11_D148_E94F_3285),  // bernoulli, 16 bits
    (0x9A9C_33E0_F1F6_E3D8, 0xA842_8AA5_265F_6DF8),  // bernoulli, 32 bits
    (0xF8E3_E56C_E922_2325, 0xF8E3_E56C_E922_2325),  // never
    (0x1F86_63E4_D6A2_2325, 0x1F86_63E4_D6A2_2325),  // always
    (0x8504_6F78_EDFA_E0F5, 0xF3DE_8C39_E5A5_2258),  // salt and pepper, 16 bits
    (0xED18_82F5_0A61_0788, 0x4466_1C61_A29A_DA08),  // salt and pepper, 32 bits
    (0x890A_16F4_7DFE_F705, 0xBC92_9629_1120_EB18),  // salt or pepper
    (0x5F27_2CEC_B4A8_7A65, 0x7B64_7645_2AD8_2BE5),  // impulse
    (0xEC66_0314_8404_A3F9, 0xD647_9EEC_D818_0EF8),  // laplace
    (0xD0D3_D128_2B81_19A9, 0xACF7_D7D3_ED31_5D9A),  // logistic
    (0xF83D_D41E_D48E_0924, 0x0A7D_CE11_B530_FC07),  // exponential
    (0xDB58_601D_377D_8736, 0x3B83_804A_75D3_4B19),  // triangular
    (0x8C0B_26C6_CFAE_8B63, 0x6180_F5A6_56FD_6049),  // triangular, falling
    (0x9B01_269E_86CA_C092, 0x91F8_60A5_AEDC_86E5),  // poisson
    (0x95D1_DD02_A89C_5CFA, 0x408B_0FCE_A734_9677),  // gaussian
    (0x4E49_D51B_11FF_D5AF, 0x8A25_7CCB_49C0_2C9A),  // log-normal
  ]
}

@Suite("Golden draws")
struct NoiseGoldenTests {
  static let shapes = [(rows: 1024, columns: 1024), (rows: 1 << 16, columns: 16)]

  func tile(_ shape: (rows: Int, columns: Int)) -> NoiseTile {
    let address = ck_address(
      key: 0x0123_4567_89AB_CDEF, step: 0xFEDC_BA98_7654_3210, row: 100, column: 0,
      width: UInt32(shape.columns), plane: 3)
    return NoiseTile(address, rows: shape.rows, columns: shape.columns)
  }

  @Test("2^20 draws have their known hash", arguments: GoldenDraws.all)
  func hashes(_ golden: GoldenDraws) {
    let hashes = Self.shapes.map {
      unsafe fingerprint(tile($0).draws(golden.kind.draw, .plain))
    }
    #expect(hashes == [golden.wide, golden.narrow])
  }

  @Test("Every instruction set and thread count gives the same bits", arguments: DrawCase.all)
  func runs(_ kind: DrawCase) {
    for shape in Self.shapes {
      let expected = unsafe tile(shape).draws(kind.draw, .plain)
      for run in LinearRun.all {
        #expect(sameBits(unsafe tile(shape).draws(kind.draw, run), expected), "\(run)")
      }
    }
  }
}
