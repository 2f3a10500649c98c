import BenchmarkConductor
import BenchmarkProtocol
import BenchmarkReport
import Testing

@Suite("Rows made of measurements")
struct RowMakingTests {
  static let product = Case.Product(batch: 10, inputs: 10, outputs: 5)
  static let plain = Case.noisyForward(.none, product)
  static let noisy = Case.noisyForward(.inputGaussian, product)

  /// Seconds of one call by participant and case, a round each.
  static func making(_ seconds: [String: [Case: [Double]]]) -> RowMaking {
    var measurements = Measurements()
    for (participant, cases) in seconds {
      for (measured, rounds) in cases {
        let key = Measurements.Key(participant: participant, measured: measured)
        measurements.begin(key, rounds: rounds.count, repetitions: 2)
        for (round, seconds) in rounds.enumerated() {
          // A burst of the machine answers an amount of one second.
          let answer =
            measured == .peak
            ? Answer(seconds: 1, amount: 1 / seconds) : Answer(seconds: 2 * seconds)
          measurements.add(answer, key, round: round)
        }
      }
    }
    return RowMaking(
      measurements: measurements, ours: "Dither", oursOnOneThread: "one", oursAfresh: "afresh",
      program: "program", machine: "Machine", peers: ["JAX", "PyTorch", "PyTorch compiled"])
  }

  static let unit = Unit.gigaflops(operations: product.operations)

  @Test("A speed: 1000 operations in 1 µs are 1 GFLOP/s, a peer's half as fast gives the ratio 2")
  func speed() {
    let row = Self.making(["Dither": [Self.plain: [1e-6]], "JAX": [Self.plain: [2e-6]]])
      .row(PlannedRow("a", .batch, .speed(Self.plain, Self.unit), [.bestPeer(1.5)]))
    #expect(row.ours == 1)
    #expect(row.peers == ["JAX": 0.5])
    #expect(row.ratio == ["JAX": 2])
    #expect(row.target == "≥ 1.5× the best peer")
    #expect(row.met == true)
    #expect(row.ofPeak == nil)
  }

  @Test("The share of the peak is that of the same round")
  func peak() throws {
    // The machine at 2 GFLOP/s in the first two rounds, at 4 in the third.
    let row = Self.making([
      "Dither": [Self.plain: [1e-6, 1e-6, 1e-6]],
      "Machine": [.peak: [0.5e-9, 0.5e-9, 0.25e-9]],
    ]).row(
      PlannedRow(
        "a", .products, .speed(Self.plain, Self.unit, againstPeak: true), [.ofPeak(0.93)]))
    #expect(abs(try #require(row.ofPeak) - 0.5) < 1e-12)
    #expect(row.met == false)
  }

  @Test("Without peers a comparison is neither met nor missed")
  func withoutPeers() {
    let row = Self.making(["Dither": [Self.plain: [1e-6]]])
      .row(PlannedRow("a", .shapes, .speed(Self.plain, Self.unit), [.bestPeer(1)]))
    #expect(row.target == "≥ the best peer")
    #expect(row.met == nil)
    #expect(row.ratio == nil)
  }

  @Test(
    "The best peer is the one that the library leads by least; a named peer is all of that name")
  func bestPeer() {
    let making = Self.making([
      "Dither": [Self.plain: [1e-6]], "JAX": [Self.plain: [1.2e-6]],
      "PyTorch": [Self.plain: [9e-6]], "PyTorch compiled": [Self.plain: [4e-6]],
    ])
    func met(_ target: Target) -> Bool? {
      making.row(PlannedRow("a", .draws, .speed(Self.plain, Self.unit), [target])).met
    }
    #expect(met(.bestPeer(1.1)) == true)
    #expect(met(.bestPeer(1.3)) == false)
    #expect(met(.peer("PyTorch", 3)) == true)
    #expect(met(.peer("PyTorch", 5)) == false)
  }

  @Test("A cost is each contender's own: noisy over plain in the same round")
  func cost() {
    let row = Self.making([
      "Dither": [Self.plain: [1, 2, 4], Self.noisy: [1.5, 2, 5]],
      "JAX": [Self.plain: [1, 1, 1], Self.noisy: [3, 2, 4]],
      "PyTorch": [Self.plain: [1, 1, 1]],
    ]).row(PlannedRow("a", .noise, .cost(Self.noisy, over: Self.plain), [.atMost(1.2)]))
    #expect(row.ours == 1.25)
    #expect(row.peers == ["JAX": 3])
    #expect(row.unit == "× plain")
    #expect(row.met == false)
  }

  @Test("What the program takes is its own time, in seconds, beside nobody's")
  func program() {
    let making = Self.making(["Dither": [Self.plain: [1]], "program": [.study: [75, 85, 100]]])
    func row(_ target: Double) -> Row {
      making.row(PlannedRow("a", .robustness, .program(.study), [.atMost(target)]))
    }
    #expect(row(90).ours == 85)
    #expect(row(90).unit == "s")
    #expect(row(90).peers == nil)
    #expect(row(90).met == true)
    #expect(row(80).met == false)
    let without = Self.making(["Dither": [Self.plain: [1]]])
    #expect(
      without.row(PlannedRow("a", .robustness, .program(.study), [.atMost(90)])).met == nil)
  }

  @Test("Threads: the time on one over the time on all")
  func speedup() {
    let row = Self.making(["Dither": [Self.plain: [1, 2]], "one": [Self.plain: [2, 4]]])
      .row(PlannedRow("a", .threads, .speedup(Self.plain), [.atLeast(1.9)]))
    #expect(row.ours == 2)
    #expect(row.met == true)
  }

  @Test(
    "Allocations are told a step: the steady ones, and the worst of the large; memory is not divided"
  )
  func counts() {
    let step = Case.Step(layers: [2, 2], batch: 1, optimizer: .sgd, noise: false)
    var measurements = Measurements()
    func add(_ participant: String, _ measured: Case, _ counts: Counts...) {
      let key = Measurements.Key(participant: participant, measured: measured)
      measurements.begin(key, rounds: counts.count, repetitions: 20)
      for (round, counts) in counts.enumerated() {
        measurements.add(Answer(seconds: 1, counts: counts), key, round: round)
      }
    }
    // Two rounds of 20 steps: one allocated something once.
    add(
      "Dither", .allocations(step), Counts(allocations: 60, large: 0),
      Counts(allocations: 61, large: 20))
    add("afresh", .memory(step), Counts(allocations: 0, large: 0, peakBytes: 3_000_000))
    let making = RowMaking(
      measurements: measurements, ours: "Dither", oursOnOneThread: "one", oursAfresh: "afresh",
      program: "program", machine: "Machine", peers: [])
    func row(_ figure: Figure) -> Row { making.row(PlannedRow("a", .memory, figure, [.atMost(0)])) }
    #expect(row(.allocations(.allocations(step))).ours == 3)
    #expect(row(.largeAllocations(.allocations(step))).ours == 1)
    #expect(row(.largeAllocations(.allocations(step))).met == false)
    #expect(row(.moreAllocations(.allocations(step), than: .allocations(step))).ours == 0)
    #expect(row(.memory(.memory(step))).ours == 3)
    #expect(row(.memoryRatio(.memory(step), over: .memory(step))).ours == 1)
  }

  @Test("A mean is geometric, and its best peer another in each row")
  func mean() throws {
    let rows = [
      Row(
        case: "a", group: .shapes, ours: 1, peers: ["JAX": 1, "MLX": 0.5], unit: "GFLOP/s",
        ratio: ["JAX": 1, "MLX": 4]),
      Row(
        case: "b", group: .shapes, ours: 100, peers: ["JAX": 25, "MLX": 100], unit: "GFLOP/s",
        ratio: ["JAX": 4, "MLX": 1]),
    ]
    let row = RowMaking.mean(
      PlannedRow("mean", .shapes, .mean, [.bestPeer(1.2)]), over: rows)
    #expect(abs(try #require(row.ours) - 10) < 1e-9)
    #expect(abs(try #require(row.ratio?["JAX"]) - 2) < 1e-9)
    #expect(abs(try #require(row.ratio?["best of each"]) - 1) < 1e-9)
    #expect(row.met == false)
  }
}
