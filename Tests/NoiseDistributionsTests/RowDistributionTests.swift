import DitherRuntime
import NoiseDistributions
import Synchronization
import TestSupport
import Testing

/// The running sum of a row's uniforms: every draw depends on all columns before it.
private struct RunningSum: RowNoiseDistribution {
  var mean: Double { .nan }
  var variance: Double { .nan }

  func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
    address.fillUniforms(&row)
    for column in row.indices.dropFirst() { row[column] += row[column - 1] }
  }
}

/// Counts the rows that it was asked for, and writes every second element alone.
private final class Counting: RowNoiseDistribution {
  let rows = Mutex(0)
  var mean: Double { 0 }
  var variance: Double { 1 }

  func fillRow(_ row: inout MutableSpan<Float>, at address: NoiseAddress) {
    rows.withLock { $0 += 1 }
    for column in stride(from: 0, to: row.count, by: 2) { row[column] = Float(address.row) }
  }
}

@Suite("A distribution of whole rows is drawn as others are")
struct RowDistributionTests {
  @Test(
    "Draws depend on their row alone, whatever the thread count, the instruction set and the cut",
    arguments: [
      (rows: 700, columns: 16), (rows: 3, columns: 4000), (rows: 90, columns: 130),
      (rows: 40, columns: 1500), (rows: 1, columns: 1), (rows: 100, columns: 1),
    ])
  func rows(_ shape: (rows: Int, columns: Int)) {
    let (rows, columns) = shape
    let noise = NoiseStream(seed: 1).at(step: 4)
    var expected: [Float] = []
    for row in 0..<rows {
      let address = noise.rows(from: row).address(of: "s", rows: 1, columns: columns)
      var values = [Float](repeating: 0, count: columns)
      var span = values.mutableSpan
      address.fillUniforms(&span)
      var sum: Float = 0
      for column in span.indices {
        sum = column == 0 ? span[0] : span[column] + sum
        expected.append(sum)
      }
    }
    let draws = expectSameBits(
      of: { noise.draws(from: RunningSum(), site: "s", rows: rows, columns: columns) },
      threads: [1, 2, 3, 7])
    #expect(sameBits(draws, expected))
    let first = rows / 3
    #expect(
      sameBits(
        noise.rows(from: first).draws(
          from: RunningSum(), site: "s", rows: rows - first, columns: columns),
        Array(expected[(first * columns)...])))
    // A distribution made of others fills by itself.
    let address = noise.address(of: "s", rows: rows, columns: columns)
    var values = [Float](repeating: 7, count: rows * columns)
    var span = values.mutableSpan
    RunningSum().fill(&span, at: address)
    #expect(sameBits(values, expected))
  }

  @Test("A thread computes a row once, though it asks for it in several tiles")
  func once() {
    let distribution = Counting()
    let draws = withThreads(1) {
      NoiseStream(seed: 1).draws(from: distribution, site: "s", rows: 5, columns: 4000)
    }
    #expect(distribution.rows.withLock { $0 } == 5)
    // What was left unwritten is 0.
    let expected = (0..<5 * 4000).map { index -> Float in
      index % 2 == 0 ? Float(index / 4000) : 0
    }
    #expect(draws == expected)
  }

  @Test("The whole row of a tile's row is that of the address without a cut")
  func wholeRow() async {
    let noise = NoiseStream(seed: 3).rows(from: 10)
    let row = noise.address(of: "s", rows: 4, columns: 100).wholeRow(2)
    #expect(row == noise.rows(from: 12).address(of: "s", rows: 1, columns: 100))
    #expect(row.row == 12 && row.rows == 1 && row.column == 0 && row.columns == 100)
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = NoiseStream(seed: 1).address(of: "s", rows: 4, columns: 100).wholeRow(4) }
    expect(result, says: "NoiseAddress.wholeRow: index is 4; expected 0 ..< 4")
  }
}
