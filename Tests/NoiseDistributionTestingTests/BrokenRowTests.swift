import NoiseDistributionTesting
import NoiseDistributions
import Testing

/// Standard normal draws that are correlated along the row, but for what `change` does to a row.
struct ChangedRows: RowNoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { 1 }
  var change: @Sendable (inout MutableSpan<Float>, NoiseAddress) -> Void = { _, _ in }
  func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillGaussians(&row)
    for column in row.indices.dropFirst() {
      row[column] = 0.8 * row[column - 1] + 0.6 * row[column]
    }
    change(&row, address)
  }
}

/// Writes all but the last element of a row of 200.
private struct UnfinishedRows: RowNoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { 1 }
  func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
    let last = row[row.count - 1]
    ChangedRows().fillRow(&row, at: address)
    if row.count == 200 { row[199] = last }
  }
}

/// Adds to what the row holds.
private struct AccumulatingRows: RowNoiseDistribution {
  var mean: Double { 0 }
  var variance: Double { 1 }
  func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
    var held = [Float](repeating: 0, count: row.count)
    for column in row.indices { held[column] = row[column] }
    ChangedRows().fillRow(&row, at: address)
    for column in row.indices where held[column] > 0 { row[column] += 1 }
  }
}

/// Uniform on 0…1, the same draw in a whole row, by a generator that is given less than the whole address.
private struct HashedRows: RowNoiseDistribution {
  var hashed: Hashed
  var mean: Double { 0.5 }
  var variance: Double { 1.0 / 12 }
  func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
    hashed.fill(&row, at: address)
    for column in row.indices { row[column] = row[0] }
  }
}

@Suite("A distribution of whole rows that breaks a rule is caught")
struct BrokenRowTests {
  @Test("Columns may depend on each other")
  func unchanged() throws {
    let report = try checkConformance(of: ChangedRows())
    #expect(report[.independentNeighbours].outcome == .holds)
    #expect(report[.mean].details.contains("of 65536 × 40 draws, one of each row"))
    let hashed = Hashed { [$0, UInt64($1), UInt64($2), UInt64($3)] }
    try checkConformance(of: HashedRows(hashed: hashed))
  }

  @Test("A last element that is left unwritten, which is drawn as 0")
  func unfinished() {
    expect(
      UnfinishedRows(), breaks: .everyElementWritten,
      saying: "12 × 200 has 12 elements unwritten; the first is that of row 5, column 199")
  }

  @Test("Rows that depend on what they held")
  func contents() {
    expect(AccumulatingRows(), breaks: .independentOfContents, saying: "over other contents")
  }

  @Test(
    "Rows that are the same, as a part of the address is not used",
    arguments: [
      ("neighbouring rows", Hashed { [$0, UInt64($1), UInt64($2 / 2), UInt64($3)] }),
      (
        "rows 2 apart",
        Hashed { key, step, row, column in
          let sharedRow: Int = row & ~2
          return [key, UInt64(step), UInt64(sharedRow), UInt64(column)]
        }
      ),
      ("neighbouring steps", Hashed { key, _, row, column in [key, UInt64(row), UInt64(column)] }),
      (
        "two sites", Hashed { _, step, row, column in [UInt64(step), UInt64(row), UInt64(column)] }
      ),
    ])
  func neighbours(_ name: String, _ hashed: Hashed) throws {
    let error = try #require(throws: ConformanceError.self) {
      try checkConformance(of: HashedRows(hashed: hashed))
    }
    #expect(error.broken.map(\.rule) == [.independentNeighbours])
    #expect(name == "two sites" || error.broken[0].details.hasPrefix(name), "\(error)")
  }

  @Test("Rows that begin at 0, by which they depend on each other too")
  func start() {
    expect(
      ChangedRows { row, _ in row[0] = 0 },
      breaks: .sameDistributionEverywhere, .independentNeighbours,
      saying: "column 0 of 65536 × ")
  }

  @Test("Rows with another scale at a step, and with NaN in a column of another")
  func steps() {
    expect(
      ChangedRows { row, address in
        for column in row.indices where address.step == 4 { row[column] *= 3 }
      },
      breaks: .sameDistributionEverywhere, saying: "2048 × 33 draws at step 4, one of each row")
    expect(
      ChangedRows { row, address in
        if address.step == 5 && row.count > 32 { row[32] = .nan }
      },
      breaks: .finite, saying: "of 2048 × 33 draws at step 5, 2048 are NaN")
  }
}
