import NoiseDistributions
import TestSupport
import Testing

@Suite("Misuse stops the program and names what was given")
struct MisuseTests {
  @Test("Spreads that are negative, NaN or infinite")
  func spreads() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Gaussian(standardDeviation: -1) }
    expect(result, says: "Gaussian: standardDeviation is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Gaussian(standardDeviation: .nan) }
    expect(result, says: "Gaussian: standardDeviation is nan")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Gaussian(mean: .infinity, standardDeviation: 1) }
    expect(result, says: "Gaussian: mean is inf")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LogNormal.unitMean(logStandardDeviation: -2) }
    expect(result, says: "LogNormal.unitMean: logStandardDeviation is -2.0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Uniform(halfWidth: -.infinity) }
    expect(result, says: "Uniform: halfWidth is -inf")
  }

  @Test("Ends in the wrong order or too far apart")
  func ends() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Uniform(low: 2, high: 1) }
    expect(result, says: "Uniform: low is 2.0 and high is 1.0; expected low ≤ high")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Uniform(low: -3e38, high: 3e38) }
    expect(result, says: "Uniform: low is -3e+38 and high is 3e+38")
  }

  @Test("Probabilities outside 0…1")
  func probabilities() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Bernoulli(probability: 1.5) }
    expect(result, says: "Bernoulli: probability is 1.5; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.dropout(rate: .nan) }
    expect(result, says: "NoiseRule.dropout: rate is nan; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseRule.replacing(Gaussian(standardDeviation: 1), rate: -0.1) }
    expect(result, says: "NoiseRule.replacing: rate is -0.1; expected 0…1")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = SaltAndPepper(rate: 2) }
    expect(result, says: "SaltAndPepper: rate is 2.0; expected 0…1")
  }

  @Test("Scales that are negative, and kinds that are not available yet")
  func scales() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.fixed(-0.5) }
    expect(result, says: "NoiseScale.fixed: the scale is -0.5")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.learned(0.2) }
    expect(result, says: "NoiseScale.learned(0.2) is not available yet; use NoiseScale.fixed")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.scheduled { Float($0) } }
    expect(result, says: "NoiseScale.scheduled is not available yet; use NoiseScale.fixed")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseScale.relativeToSignal(decibels: 20) }
    expect(
      result,
      says: "NoiseScale.relativeToSignal(decibels: 20.0) is not available yet; use NoiseScale.fixed"
    )
  }

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
