import DitherRuntime
import NoiseDistributionTesting
import NoiseDistributions
import Testing

@Suite("A distribution that breaks a rule is caught, and the rule named")
struct BrokenDistributionTests {
  @Test("What all changes start from breaks nothing")
  func unchanged() throws {
    try checkConformance(of: Changed())
    try checkConformance(of: ChangedQuantile { $0 })
    try checkConformance(of: ChangedCumulative { min(max($0, 0), 1) })
    try checkConformance(of: Pair(inverse: { $0 }, cumulative: { min(max($0, 0), 1) }))
    try checkConformance(of: DrawnOtherwise { ReproducibleMath.inverseNormal($0) })
    try checkConformance(of: Hashed { [$0, UInt64($1), UInt64($2), UInt64($3)] })
  }

  @Test("A state that goes on from call to call")
  func state() {
    expect(Counting(), breaks: .repeatable, saying: "two fills of one tile of 12 × 200 differ")
  }

  @Test("A last element that is left unwritten")
  func unfinished() {
    expect(
      Unfinished(), breaks: .everyElementWritten,
      saying: "12 × 200 has 1 elements unwritten; the first is that of row 16, column 199")
  }

  @Test("Draws that depend on what the tile held")
  func contents() {
    expect(Accumulating(), breaks: .independentOfContents, saying: "over other contents")
  }

  @Test("Draws that depend on the size of the tile, or on where it begins")
  func tiles() {
    expect(
      Changed { tile, _ in if tile.count % 2 == 1 { tile[0] = 1 - tile[0] } },
      breaks: .independentOfTile, saying: "in tiles of")
    expect(
      Changed { tile, address in if address.row == 8 { tile[0] = 1 - tile[0] } },
      breaks: .independentOfTile, saying: "in tiles of 1 × ")
    expect(
      Changed { tile, address in
        for index in tile.indices where address.width == 40 { tile[index] = 1 - tile[index] }
      },
      breaks: .independentOfTile, saying: "matrices of 40 and of 200 columns")
  }

  @Test("Draws that depend on how many threads there are")
  func threads() {
    expect(
      Changed { tile, _ in if Execution.current.threads == 7 { tile[0] = 1 - tile[0] } },
      breaks: .independentOfExecution, saying: "on 7 threads")
  }

  @Test("A draw in a hundred thousand that is NaN")
  func undefined() {
    expect(
      Changed { tile, _ in
        for index in tile.indices where tile[index] < 1e-5 { tile[index] = .nan }
      },
      breaks: .finite, .extremes, saying: "are NaN")
  }

  @Test("A quantile that is NaN or infinite at one end alone")
  func ends() throws {
    let broken: [(any NoiseDistribution, String)] = [
      (
        ChangedQuantile { ($0 - 0x1p-23).squareRoot() },
        "nan is drawn in a row that holds the least uniform"
      ),
      (
        ChangedQuantile { ReproducibleMath.log($0 - 0x1p-24) },
        "-inf is drawn in a row that holds the least uniform"
      ),
      (
        ChangedQuantile { -ReproducibleMath.log(1 - $0 - 0x1p-24) },
        "inf is drawn in a row that holds the greatest uniform"
      ),
      (DrawnOtherwise { $0 > 0.999_999_9 ? .nan : $0 }, "the quantile of 0.99999994 is nan"),
    ]
    for (distribution, phrase) in broken {
      let error = try #require(throws: ConformanceError.self) {
        try checkConformance(of: distribution)
      }
      // One in four samples holds the extreme among its draws, too.
      let rules = error.broken.map(\.rule)
      #expect(rules == [.extremes] || rules == [.finite, .extremes], "\(error)")
      #expect(error.report[.extremes].details.contains(phrase), "\(error)")
    }
  }

  @Test("A mean that is not the stated one")
  func mean() {
    expect(Changed(mean: 0.513), breaks: .mean, saying: "0.513 ±")
    expect(
      ChangedQuantile(mean: 0.5004) { $0 }, breaks: .mean, saying: "0.5004 is stated")
    expect(
      Changed(mean: 0.4, variance: 0), breaks: .mean, .variance,
      saying: "of 1024 × 1024 draws one is")
  }

  @Test("A variance that is not the stated one, or none at all")
  func variance() {
    expect(Changed(variance: 1.5 / 12), breaks: .variance, saying: "at least")
    expect(Changed(variance: 1.04 / 12), kurtosis: 1.8, breaks: .variance, saying: "at least")
    expect(Changed(variance: 0.95 / 12), breaks: .variance, saying: "at most")
    expect(
      ChangedQuantile(variance: 1.02 / 12) { $0 }, breaks: .variance,
      saying: "the variance of the quantiles is 0.083333")
    expect(Changed(variance: -1), breaks: .variance, saying: "stated as -1.0; expected 0 or more")
    expect(Changed(mean: .nan), breaks: .variance, saying: "expected NaN too")
    expect(Changed(mean: .infinity), breaks: .variance, saying: "a finite one")
  }

  @Test("A variance that is stated as finite and is not")
  func infiniteVariance() {
    expect(
      Changed(mean: 0, variance: 400) { tile, _ in
        for index in tile.indices { tile[index] = ReproducibleMath.tan(.pi * (tile[index] - 0.5)) }
      },
      breaks: .variance, saying: "400.0 is stated, at most")
  }

  @Test("A quantile that decreases somewhere")
  func decreasing() {
    expect(
      ChangedQuantile { $0 > 0.7 && $0 < 0.700_01 ? $0 - 0.2 : $0 }, breaks: .quantileIncreases,
      saying: "though that of a lesser p is 0.69")
  }

  @Test("A cumulative probability that is another distribution's")
  func cumulative() {
    expect(
      ChangedCumulative {
        let x = min(max($0, 0), 1)
        return x * (1.02 - 0.02 * x)
      },
      breaks: .drawsMatchCumulativeProbability, saying: "has a cumulative probability up to")
    expect(
      Pair(
        inverse: { $0 },
        cumulative: {
          let x = min(max($0, 0), 1)
          return x * (1.001 - 0.001 * x)
        }),
      breaks: .quantileMatchesCumulativeProbability, saying: "the quantile of")
  }

  @Test("A cumulative probability that decreases, is NaN, or is none")
  func noCumulative() {
    expect(
      ChangedCumulative { $0 > 0.5 && $0 < 0.501 ? 0.499 : min(max($0, 0), 1) },
      breaks: .cumulativeProbabilityIncreases, saying: "that of a lesser number is")
    expect(
      ChangedCumulative { $0 }, breaks: .cumulativeProbabilityIncreases, saying: "expected 0…1")
    expect(
      ChangedCumulative { $0 < 0 ? .nan : min($0, 1) }, breaks: .cumulativeProbabilityIncreases,
      saying: "is nan; expected 0…1")
  }

  @Test("A step of the distribution that has another height than is said")
  func steps() {
    func coin(_ share: Double) -> Pair {
      Pair(
        inverse: { $0 < 0.3 ? 0 : 1 },
        cumulative: { x in
          if x.isNaN { return x }
          return x < 0 ? 0 : x < 1 ? share : 1
        })
    }
    #expect(throws: Never.self) { try checkConformance(of: coin(0.3)) }
    expect(
      coin(0.31),
      breaks: .quantileMatchesCumulativeProbability, .drawsMatchCumulativeProbability,
      saying: "the quantile of")
  }

  @Test("A quantile that is not the one of what is drawn")
  func otherQuantile() {
    expect(
      DrawnOtherwise { 1.03 * ReproducibleMath.inverseNormal($0) }, breaks: .drawsMatchQuantile,
      saying: "the share below the quantile of")
  }

  @Test("Neighbours that share words")
  func sharedWords() {
    expect(SharedWords(), breaks: .independentNeighbours, saying: "which share words")
  }

  @Test(
    "Neighbours that draw the same, as a part of the address is not used",
    arguments: [
      ("neighbouring rows", Hashed { [$0, UInt64($1), UInt64($2 / 2), UInt64($3)] }),
      ("neighbouring columns", Hashed { [$0, UInt64($1), UInt64($2), UInt64($3 / 2)] }),
      ("neighbouring steps", Hashed { key, _, row, column in [key, UInt64(row), UInt64(column)] }),
      (
        "two sites", Hashed { _, step, row, column in [UInt64(step), UInt64(row), UInt64(column)] }
      ),
    ])
  func neighbours(_ name: String, _ distribution: Hashed) throws {
    let error = try #require(throws: ConformanceError.self) {
      try checkConformance(of: distribution)
    }
    #expect(error.broken.map(\.rule) == [.independentNeighbours])
    #expect(name == "two sites" || error.broken[0].details.hasPrefix(name), "\(error)")
  }
}
