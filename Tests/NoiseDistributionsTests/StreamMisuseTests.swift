import NoiseDistributions
import TestSupport
import Testing

@Suite("Places outside a stream, and tiles that do not fit, stop the program")
struct StreamMisuseTests {
  @Test("Places outside a stream")
  func places() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).at(step: -1) }
    expect(result, says: "NoiseStream.at: step is -1; expected 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).rows(from: -7) }
    expect(result, says: "NoiseStream.rows: the first row is -7; expected 0 ..< 4294967296")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).address(of: "s", rows: 1, columns: 67_108_865) }
    expect(result, says: "NoiseStream: columns is 67108865; expected 0…67108864")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).rows(from: 4_294_967_295).address(of: "s", rows: 2, columns: 1) }
    expect(result, says: "NoiseStream: rows is 2, from row 4294967295")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).address(of: "s", slot: -1, rows: 1, columns: 1) }
    expect(result, says: "NoiseStream: slot is -1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).address(of: "s", rows: 1, columns: 1).plane(128) }
    expect(result, says: "NoiseAddress.plane: plane is 128; expected 0…127")
  }

  @Test("A tile or a span of another size than its address")
  func sizes() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var tile = [Float](repeating: 0, count: 5)
      var span = tile.mutableSpan
      NoiseStream(seed: 1).address(of: "s", rows: 2, columns: 3).fillUniforms(&span)
    }
    expect(result, says: "NoiseAddress: the tile has 5 elements; expected 2 × 3 = 6")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var draws = [Float](repeating: 0, count: 7)
      var span = draws.mutableSpan
      NoiseStream(seed: 1).fill(
        &span, from: Gaussian(standardDeviation: 1), site: "s", rows: 2, columns: 3)
    }
    expect(result, says: "NoiseStream.fill: the span has 7 elements; expected 2 × 3 = 6")
  }

  @Test("A distribution that writes beyond its tile stops, and corrupts nothing")
  func overrun() async {
    struct Overrun: NoiseDistribution {
      var mean: Double { 0 }
      var variance: Double { 0 }
      func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
        for index in 0...tile.count { tile[index] = 1 }
      }
    }
    await #expect(processExitsWith: .failure) {
      _ = NoiseStream(seed: 1).draws(from: Overrun(), site: "s", rows: 100, columns: 100)
    }
  }
}
