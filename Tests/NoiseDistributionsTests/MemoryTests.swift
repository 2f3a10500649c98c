import NoiseDistributions
import Testing

/// Writes at an offset from one end of its tile.
private struct Misplaced: NoiseDistribution {
  var offset: Int
  var isFromEnd: Bool
  var mean: Double { 0 }
  var variance: Double { 0 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    tile[(isFromEnd ? tile.count : 0) + offset] = 1
  }
}

/// Writes every second element only.
private struct Sparse: NoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { 0 }
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
    for index in tile.indices where (address.column + index % address.columns) % 2 == 1 {
      tile[index] = -7
    }
  }
}

@Suite("A distribution reaches no memory but its tile's, whatever it writes")
struct MemoryTests {
  @Test("A write before the tile, at its end or far away stops the program")
  func misplaced() async {
    await #expect(processExitsWith: .failure) {
      _ = NoiseStream(seed: 1).draws(
        from: Misplaced(offset: -1, isFromEnd: false), site: "s", rows: 100, columns: 100)
    }
    await #expect(processExitsWith: .failure) {
      _ = NoiseStream(seed: 1).draws(
        from: Misplaced(offset: 0, isFromEnd: true), site: "s", rows: 100, columns: 16)
    }
    await #expect(processExitsWith: .failure) {
      _ = NoiseStream(seed: 1).draws(
        from: Misplaced(offset: 1 << 40, isFromEnd: false), site: "s", rows: 1, columns: 1)
    }
  }

  @Test("The first and the last element of a tile may be written", arguments: [1, 16, 100])
  func ends(_ columns: Int) {
    for distribution in [
      Misplaced(offset: 0, isFromEnd: false), Misplaced(offset: -1, isFromEnd: true),
    ] {
      #expect(
        NoiseStream(seed: 1).draws(from: distribution, site: "s", rows: 3, columns: columns)
          .contains(1))
    }
  }

  @Test("What lies around a filled part is as it was, and what is left unwritten in it is 0")
  func surroundings() {
    var memory = [Float](repeating: 3, count: 5000)
    unsafe memory.withUnsafeMutableBufferPointer { memory in
      var part = unsafe MutableSpan(_unsafeStart: memory.baseAddress! + 1000, count: 3000)
      NoiseStream(seed: 1).fill(&part, from: Sparse(), site: "s", rows: 30, columns: 100)
    }
    #expect(
      memory.indices.allSatisfy { index in
        memory[index] == (1000..<4000 ~= index ? (index % 2 == 1 ? -7 : 0) : 3)
      })
  }
}
