import DitherRuntime
import NoiseDistributions
import TestSupport
import Testing

@Suite("A distribution from outside is drawn as the built-in ones are")
struct CustomDistributionTests {
  @Test(
    "Each element is asked for at its own place, at every thread count",
    arguments: [1, 2, 3, 7],
    [
      (rows: 700, columns: 16), (rows: 1000, columns: 3), (rows: 3, columns: 4000),
      (rows: 90, columns: 130), (rows: 1, columns: 1),
    ])
  func places(_ threads: Int, _ shape: (rows: Int, columns: Int)) {
    let found = withThreads(threads) {
      NoiseStream(seed: 1).rows(from: 50).draws(
        from: Places(), site: "places", rows: shape.rows, columns: shape.columns)
    }
    let expected = (0..<shape.rows).flatMap { row in
      (0..<shape.columns).map { Float((50 + row) * 4096 + $0) }
    }
    #expect(found == expected)
  }

  @Test("A quantile of p draws what the uniforms and the quantile give")
  func quantile() {
    let noise = NoiseStream(seed: 9)
    let address = noise.address(of: "q", rows: 40, columns: 70)
    var uniforms = [Float](repeating: 0, count: 2800)
    var span = uniforms.mutableSpan
    address.fillUniforms(&span)
    let distribution = Tent(halfWidth: 3)
    #expect(
      noise.draws(from: distribution, site: "q", rows: 40, columns: 70)
        == uniforms.map(distribution.quantile))
  }

  @Test("A fill by functions over the tile draws what the quantile of each element does")
  func tile() {
    let noise = NoiseStream(seed: 9)
    let single = noise.draws(from: CustomLogistic(scale: 2), site: "q", rows: 90, columns: 1030)
    let draws = expectSameBits(
      of: { noise.draws(from: TiledLogistic(scale: 2), site: "q", rows: 90, columns: 1030) },
      threads: [1, 3])
    #expect(sameBits(draws, single))
  }

  @Test("p is an odd multiple of 2^-24: never 0 or 1, and 1 - p is exact")
  func uniforms() {
    let draws = NoiseStream(seed: 2).draws(
      from: Uniform(low: 0, high: 1), site: "p", rows: 512, columns: 512)
    let address = NoiseStream(seed: 2).address(of: "p", rows: 512, columns: 512)
    var uniforms = [Float](repeating: 0, count: 512 * 512)
    var span = uniforms.mutableSpan
    address.fillUniforms(&span)
    #expect(draws == uniforms)
    #expect(
      uniforms.allSatisfy { p in
        let number = Int(p * 0x1p24)
        return Float(number) == p * 0x1p24 && number % 2 == 1 && number > 0 && number < 1 << 24
      })
  }

  @Test("What a distribution leaves unwritten is 0, not what memory held")
  func forgetful() {
    // Fill the scratch memory of every thread with other values first.
    _ = NoiseStream(seed: 1).draws(from: Places(), site: "s", rows: 512, columns: 512)
    let draws = NoiseStream(seed: 1).draws(from: Forgetful(), site: "s", rows: 512, columns: 512)
    #expect(draws == (0..<512 * 512).map { $0 % 2 == 0 ? 1 : 0 })
  }

  @Test("Planes hold different draws; a plane is the same wherever it is asked from")
  func planes() {
    let address = NoiseStream(seed: 4).address(of: "s", rows: 16, columns: 64)
    func gaussians(_ address: NoiseAddress) -> [Float] {
      var draws = [Float](repeating: 0, count: 1024)
      var span = draws.mutableSpan
      address.fillGaussians(&span)
      return draws
    }
    #expect(gaussians(address) == gaussians(address.plane(0)))
    #expect(gaussians(address) != gaussians(address.plane(1)))
    #expect(gaussians(address.plane(127)) == gaussians(address.plane(3).plane(127)))
  }

  @Test("Addresses of one place are equal, whichever instruction set they were made under")
  func equality() {
    let noise = NoiseStream(seed: 4)
    let addresses = InstructionSet.available.map { instructionSet in
      withInstructionSet(instructionSet) { noise.address(of: "s", rows: 16, columns: 64) }
    }
    #expect(Set(addresses).count == 1)
    #expect(
      Set([
        addresses[0], addresses[0].plane(1), noise.address(of: "s", slot: 1, rows: 16, columns: 64),
        noise.address(of: "t", rows: 16, columns: 64),
        noise.address(of: "s", rows: 16, columns: 65),
        noise.at(step: 1).address(of: "s", rows: 16, columns: 64),
        noise.rows(from: 1).address(of: "s", rows: 16, columns: 64),
        noise.in(.evaluation).address(of: "s", rows: 16, columns: 64),
      ]).count == 8)
    let address = noise.at(step: 7).rows(from: 5).address(of: "s", rows: 16, columns: 64).plane(2)
    #expect(address.row == 5 && address.column == 0 && address.step == 7 && address.plane == 2)
    #expect(address.rows == 16 && address.columns == 64 && address.width == 64)
  }

  @Test("Many tasks may draw from one distribution at once")
  func concurrency() async {
    let noise = NoiseStream(seed: 6)
    let distribution = Empirical(values: (0..<100).map(Float.init))
    let expected = noise.draws(from: distribution, site: "s", rows: 100, columns: 1000)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          sameBits(noise.draws(from: distribution, site: "s", rows: 100, columns: 1000), expected)
        }
      }
      for await same in group { #expect(same) }
    }
  }
}
