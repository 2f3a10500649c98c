import BenchmarkReport
import Charts
import Foundation
import Testing

@Suite("The plots")
struct PlotTests {
  /// What points at a row say, in the plots of its group.
  func descriptions(_ report: Report, _ row: Row) -> [String] {
    report.plots.filter { $0.group == row.group }
      .flatMap(\.figure.charts).flatMap(\.series).flatMap(\.points).map(\.description)
      .filter { $0.contains(", \(row.case): ") }
  }

  @Test("Every row of a group with plots is in one, with the library and each peer that it names")
  func rows() {
    for row in Sample.report.rows where ![.allocations, .memory].contains(row.group) {
      let found = descriptions(Sample.report, row)
      let isMean = row.case.hasPrefix("geometric")
      let names = (isMean ? [] : ["Dither"]) + (row.peers ?? row.ratio ?? [:]).keys
      for name in names {
        #expect(found.contains { $0.hasPrefix("\(name), ") }, "\(name) in \(row.case)")
      }
    }
  }

  @Test("Points that are drawn are in the SVG: each description once")
  func drawn() {
    for plot in Sample.report.plots {
      let svg = plot.figure.svg()
      for point in plot.figure.charts.flatMap(\.series).flatMap(\.points) {
        #expect(svg.ranges(of: "<title>\(point.description)</title>").count == 1)
      }
    }
  }

  @Test("Draws are drawn as a rate: 0.25 ns a draw are four billion a second")
  func rate() throws {
    let plot = try #require(Sample.report.plots.first { $0.group == .draws })
    let ours = try #require(plot.figure.charts[0].series.first { $0.name == "Dither" })
    #expect(ours.points.map(\.x) == [4])
  }

  @Test(
    "Large products are drawn in the order of the table's figures, whatever the rounds' shares of the peak"
  )
  func sameMeasure() throws {
    var report = Sample.report
    // 90 by the figures, as the peers' 95 and 85 are.
    report.rows[0].ofPeak = 0.97
    report.rows[0].peers = ["PyTorch": 190, "OpenBLAS": 170]
    let plot = try #require(report.plots.first { $0.group == .products })
    let forward = try #require(plot.figure.charts.first { $0.title == "forward" })
    let drawn = forward.series.sorted { $0.points[0].x > $1.points[0].x }.map(\.name)
    #expect(drawn == ["PyTorch", "Dither", "OpenBLAS"])
  }

  @Test("A target is a stroke: at its number, or where the ratio to the peer would just be reached")
  func targets() throws {
    var report = Sample.report
    report.rows = [
      Sample.row("Gaussian on the input", .noise, 1.03, "× plain", target: "≤ 1.04", met: true),
      Sample.row("dropout on the output", .noise, 1.03, "× plain"),
      Sample.row("step", .training, 30, "ms", target: "≥ 1.5× the best peer", met: true),
      Sample.row("an epoch", .files, 5, "s", target: "≥ 8× PyTorch, ≥ 1× OpenBLAS", met: false),
      Row(
        case: "2 threads", group: .threads, ours: 1.8, unit: "× one thread", target: "≥ 1.9",
        met: false),
    ]
    func strokes(_ group: Group) -> [Point] {
      report.plots.filter { $0.group == group }.flatMap(\.figure.charts).flatMap(\.series)
        .filter { $0.mark == .strokes && $0.name == "target" }.flatMap(\.points)
    }
    #expect(strokes(.noise).map(\.x) == [1.04])
    #expect(strokes(.noise).map(\.y) == [0])
    // The best peer takes 60 ms; 40 would be 1.5 times as fast.
    #expect(strokes(.training).map(\.x) == [40])
    // PyTorch takes 20 s.
    #expect(strokes(.files).map(\.x) == [2.5])
    #expect(strokes(.threads).map(\.x) == [1.9])
  }

  @Test("The best of each row is a stroke, no contender's mark")
  func best() throws {
    let plot = try #require(Sample.report.plots.first { $0.file == "shapes-means.svg" })
    let marks = Dictionary(
      uniqueKeysWithValues: plot.figure.charts.flatMap(\.series).map { ($0.name, $0.mark) })
    #expect(marks == ["PyTorch": .dots, "OpenBLAS": .dots, "best of each": .strokes])
    #expect(plot.figure.charts[0].series.allSatisfy { $0.style != .emphasised })
  }

  @Test("Large products are drawn as shares of the peak")
  func shares() throws {
    let plot = try #require(Sample.report.plots.first { $0.group == .products })
    let forward = try #require(plot.figure.charts.first { $0.title == "forward" })
    let shares = Dictionary(
      uniqueKeysWithValues: forward.series.map { ($0.name, $0.points.map(\.x)) })
    #expect(shares == ["Dither": [90, 90], "PyTorch": [22.5, 22.5], "OpenBLAS": [45, 45]])
    #expect(forward.rules.map(\.value) == [93])
  }

  @Test("Shapes are ordered by work, alike in all three directions")
  func order() throws {
    let plot = try #require(Sample.report.plots.first { $0.file == "shapes.svg" })
    #expect(plot.figure.charts.map(\.title) == ["forward", "input gradient", "weight gradient"])
    for chart in plot.figure.charts {
      #expect(chart.vertical == .categories(["3·1·2", "1·1024·1024", "100·300·77"]))
    }
  }

  @Test("A contender looks the same in every plot, and the library is emphasised")
  func styles() {
    let series = Sample.report.plots.flatMap(\.figure.charts).flatMap(\.series)
    for name in ["Dither"] + Sample.peers {
      let styles = series.filter { $0.name == name }.map(\.style)
      #expect(!styles.isEmpty && styles.allSatisfy { $0 == styles[0] }, "\(name)")
    }
    #expect(series.filter { $0.name == "Dither" }.allSatisfy { $0.style == .emphasised })
  }

  @Test("Without peers, without a peak and with one row a group, the library's points remain")
  func lonely() {
    var report = Sample.report
    report.machine.peak = nil
    report.contenders = []
    report.rows = Sample.report.rows.map { row in
      var row = row
      row.peers = nil
      row.ratio = nil
      return row
    }
    for row in report.rows
    where ![.allocations, .memory].contains(row.group) && !row.case.hasPrefix("geometric") {
      #expect(descriptions(report, row).count == 1, "\(row.case)")
    }
  }

  @Test("Figures that cannot be drawn are left out: 0 and infinite times")
  func undrawable() {
    var report = Sample.report
    report.rows = [
      Row(case: "fill, none", group: .draws, ours: 0, unit: "ns a draw"),
      Row(case: "step, never", group: .training, ours: .infinity, unit: "ms"),
      Row(case: "step, now", group: .training, ours: 0, unit: "ms"),
    ]
    #expect(report.plots.filter { $0.group == .draws }.isEmpty)
    let training = report.plots.map { $0.figure.svg() }.joined()
    #expect(!training.contains("step, never") && !training.contains("step, now"))
  }

  @Test(
    "The page and its plots are written, every image of the page is there, and old ones are gone")
  func writing() throws {
    let files = FileManager.default
    let directory = files.temporaryDirectory.appending(path: "benchmarks-\(UUID())")
    defer { try? files.removeItem(at: directory) }
    let plots = directory.appending(path: "benchmarks")
    try files.createDirectory(at: plots, withIntermediateDirectories: true)
    try Data().write(to: plots.appending(path: "old.svg"))
    try Data(#"{"draws": "Bits.", "nobody": "?"}"#.utf8)
      .write(to: directory.appending(path: "benchmarks-notes.json"))

    #expect(try Sample.report.writePage(to: directory) == ["nobody"])

    let page = try String(contentsOf: directory.appending(path: "benchmarks.md"), encoding: .utf8)
    #expect(page.contains("Bits."))
    let images = page.matches(of: /!\[[^\]]*\]\(benchmarks\/([^)]*)\)/).map { String($0.output.1) }
    #expect(Set(images) == Set(try files.contentsOfDirectory(atPath: plots.path)))
    #expect(images.count == Set(images).count && images.count >= 9)
  }
}
