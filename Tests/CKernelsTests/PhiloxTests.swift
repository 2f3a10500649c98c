import CKernels
import DitherRuntime
import Testing

/// A vector of Random123's tests/kat_vectors, `philox4x32 10`.
struct PhiloxVector: Sendable, CustomTestStringConvertible {
  var counter: [UInt32]
  var key: [UInt32]
  var words: [UInt32]

  var testDescription: String { counter.map { String($0, radix: 16) }.joined(separator: " ") }

  static let all = [
    PhiloxVector(
      counter: [0, 0, 0, 0], key: [0, 0],
      words: [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]
    ),
    PhiloxVector(
      counter: [0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF],
      key: [0xFFFF_FFFF, 0xFFFF_FFFF],
      words: [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]),
    PhiloxVector(
      counter: [0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344],
      key: [0xA409_3822, 0x299F_31D0],
      words: [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]),
  ]
}

@Suite("Philox4x32-10 and the keys made with it")
struct PhiloxTests {
  func philox(_ counter: [UInt32], _ key: [UInt32]) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 4)
    unsafe ck_philox4x32_10(counter, key, &words)
    return words
  }

  @Test("One block gives Random123's published words", arguments: PhiloxVector.all)
  func oneBlock(_ vector: PhiloxVector) {
    #expect(philox(vector.counter, vector.key) == vector.words)
    #expect(NoiseReference.philox(vector.counter, vector.key) == vector.words)
  }

  @Test(
    "So do the kernels of each instruction set, at the address that is the counter",
    arguments: PhiloxVector.all, LinearRun.all.filter { $0.threads == 1 })
  func kernels(_ vector: PhiloxVector, _ run: LinearRun) {
    let block = vector.counter[0] & 0xFF_FFFF
    let address = ck_address(
      key: UInt64(vector.key[0]) | UInt64(vector.key[1]) << 32,
      step: UInt64(vector.counter[2]) | UInt64(vector.counter[3]) << 32, row: vector.counter[1],
      column: block / 16 * 64 + block % 16, width: 1 << 26, plane: vector.counter[0] >> 24)
    let words = NoiseTile(address, rows: 1, columns: 49).words(run)
    #expect([0, 16, 32, 48].map { words[$0] } == vector.words)
  }

  func key(
    seed: UInt64 = 42, domain: UInt32 = 1, slot: UInt32 = 0, width: UInt32 = 64, _ path: [UInt8]
  ) -> UInt64 {
    unsafe ck_noise_key(seed, domain, slot, width, path, path.count)
  }

  @Test("A key is the hash that stream version 1 defines", arguments: [1, 32, 33, 784] as [UInt32])
  func keys(_ width: UInt32) {
    for count in [0, 1, 3, 4, 15, 16, 17, 31, 32, 33, 100] {
      let path = (0..<count).map { UInt8(truncatingIfNeeded: 7 + 37 * $0) }
      var state = NoiseReference.halves(0x0123_4567_89AB_CDEF)
      let head = width > 32 ? UInt32(0x4449_0001) : 0x4449_0101
      state = Array(NoiseReference.philox([5, 9, UInt32(count), head], state)[0..<2])
      for start in stride(from: 0, to: count, by: 16) {
        var block = [UInt32](repeating: 0, count: 4)
        for i in start..<min(count, start + 16) {
          block[(i - start) / 4] |= UInt32(path[i]) << UInt32(8 * (i % 4))
        }
        state = Array(NoiseReference.philox(block, state)[0..<2])
      }
      let expected = UInt64(state[0]) | UInt64(state[1]) << 32
      let found = key(seed: 0x0123_4567_89AB_CDEF, domain: 5, slot: 9, width: width, path)
      #expect(found == expected)
    }
  }

  @Test("Places that differ in anything have different keys")
  func differentKeys() {
    var keys: Set<UInt64> = []
    for seed: UInt64 in [0, 1, 42, 1 << 32, .max] {
      for domain: UInt32 in 0..<6 {
        for slot: UInt32 in 0..<3 {
          for path in [
            "", "0.input", "0.output", "1.input", "0.input\0", "10.input", "a long path to a site",
          ] {
            for width: UInt32 in [32, 33] {
              keys.insert(
                key(seed: seed, domain: domain, slot: slot, width: width, Array(path.utf8)))
            }
          }
        }
      }
    }
    #expect(keys.count == 5 * 6 * 3 * 7 * 2)
  }
}
