import BenchmarkReport
import Foundation
import Testing

@Suite("JSON of a report")
struct RoundTripTests {
  static let row = Row(
    case: "forward 1024·1024·1024", group: .products, ours: 180.25, peers: ["OpenBLAS": 171],
    unit: "GFLOP/s", ratio: ["OpenBLAS": 1.0625], ofPeak: 0.9375,
    target: "≥ 0.93 of the peak", met: true, parameters: ["batch": 1024])

  static let report = Report(
    machine: .init(
      processor: "a processor", system: "a system", clock: 2.445, caches: ["L1 32K", "L2 512K"],
      threads: 2, peak: 195.5),
    date: "2026-11-26", commit: "af81162",
    rounds: 11,
    contenders: [
      .init(name: "Dither", version: "0.1.0", settings: "2 threads", command: "Contender")
    ],
    leftOut: [.init(name: "BLIS", reason: "no library")],
    rows: [row, Row(case: "fill gaussian", group: .draws, unit: "ns a draw")])

  @Test("A report read back is the report written")
  func roundTrip() throws {
    #expect(
      try Report(rows: Self.report.rowsJSON(), run: Self.report.runJSON()) == Self.report)
  }

  @Test(
    "The rows are a list; fields that do not apply are left out, the others have contract names")
  func fields() throws {
    let object = try JSONSerialization.jsonObject(with: Self.report.rowsJSON())
    let rows = try #require(object as? [[String: Any]])
    #expect(
      Set(rows[0].keys) == [
        "case", "group", "ours", "peers", "unit", "ratio", "ofPeak", "target", "met", "parameters",
      ])
    #expect(Set(rows[1].keys) == ["case", "group", "unit"])
  }
}
