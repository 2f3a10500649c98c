import BenchmarkReport
import Foundation
import Testing

@Suite("The page")
struct PageTests {
  let page = Sample.report.markdown()

  /// The cells of the first line with that first cell, in a table below a text that begins so.
  func cells(_ page: String, _ first: String, below: String = "") -> [String]? {
    var label: Substring = ""
    for line in page.split(separator: "\n") {
      guard line.hasPrefix("| ") else {
        label = line
        continue
      }
      let cells = line.replacing("\\|", with: "¦")
        .split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.first == first && label.hasPrefix(below) { return cells }
    }
    return nil
  }

  @Test("Every row has its line, with the library's figure; products are below their direction")
  func rows() throws {
    for row in Sample.report.rows {
      let parts = row.case.split(separator: " ").map(String.init)
      let isProduct = [.products, .shapes].contains(row.group) && row.parameters != nil
      let found = try #require(
        isProduct
          ? cells(page, parts.last!, below: "**\(parts.dropLast().joined(separator: " "))**")
          : cells(page, row.case), "\(row.case)")
      #expect(!found[1].isEmpty, "\(row.case)")
    }
  }

  @Test(
    "A row shows figures, ratios, the share of the peak, target and outcome; the best peer is bold")
  func figures() {
    #expect(
      cells(
        page, "512·512·512", below: "**input gradient**, in GFLOP/s; target ≥ 0.93 of the peak:")
        == [
          "512·512·512", "180", "90.0\u{A0}%", "**no**", "45 (4.00×)", "**90 (2.00×)**",
        ])
    #expect(
      cells(page, "Gaussian on the input 256·1024·1024")
        == [
          "Gaussian on the input 256·1024·1024", "1.030", "≤ 1.04", "yes", "4.120", "**2.060**",
        ])
    #expect(
      cells(page, "geometric mean of the shapes", below: "In GFLOP/s")
        == [
          "geometric mean of the shapes", "60", "≥ 1.2× the best peer", "**no**", "(1.50×)",
          "**(1.25×)**", "(1.12×)",
        ])
  }

  @Test("The machine, who took part and how, who did not, and the rounds are told")
  func heading() {
    #expect(cells(page, "Processor") == ["Processor", "a processor"])
    #expect(page.contains("200.0 GFLOP/s"))
    #expect(cells(page, "Clock, as the system names it")?.last == "2.44 GHz")
    #expect(cells(page, "Caches of the first processor")?.last == "L1 32K, L2 512K")
    #expect(cells(page, "Date of the run")?.last == "2026-11-26")
    #expect(cells(page, "Commit")?.last == "af81162")
    #expect(
      cells(page, "OpenBLAS") == ["OpenBLAS", "0.3.34", "bound ¦ close", "`python c.py`"])
    #expect(page.contains("BLIS did not take part: no library"))
    #expect(page.contains("11 rounds"))
  }

  @Test("Targets are counted by group, and those missed are listed with what was reached")
  func targets() {
    #expect(
      cells(page, "[Small and odd products](#small-and-odd-products)")
        == ["[Small and odd products](#small-and-odd-products)", "10", "9", "1", "0"])
    #expect(
      page.contains(
        "- forward 512·512·512: 180 GFLOP/s, 90.0 % of the peak, 2.00× OpenBLAS; target ≥ 0.93 of the peak."
      ))
    #expect(page.contains("1.12× the best peer of each row; target ≥ 1.2× the best peer."))
    #expect(!page.contains("- fill, Gaussian"))
  }

  @Test("Every link to a heading of the page has its heading")
  func anchors() {
    let headings = Set(
      page.split(separator: "\n").filter { $0.hasPrefix("#") }.map {
        $0.drop { $0 == "#" || $0 == " " }.lowercased().replacing(" ", with: "-")
      })
    let links = page.matches(of: /\(#([^)]*)\)/).map { String($0.output.1) }
    #expect(!links.isEmpty)
    for link in links { #expect(headings.contains(link), "\(link)") }
  }

  @Test("A ratio that misses its target has three decimals where two would look like the target")
  func nearTarget() {
    var report = Sample.report
    report.rows = [
      Sample.row(
        "step, SGD, batch 512", .training, 32, "ms", target: "≥ 1.15× the best peer", met: false)
    ]
    report.rows[0].ratio = ["PyTorch": 1.147, "OpenBLAS": 1.152]
    let page = report.markdown()
    #expect(page.contains("1.147× PyTorch; target ≥ 1.15× the best peer."))
    #expect(page.contains("**128 (1.147×)**") && page.contains("64 (1.15×)"))
  }

  @Test(
    "How far ratios and the quotients of figures are apart is told; verdicts that differ have a dagger"
  )
  func agreement() throws {
    #expect(
      page.contains(
        "Of the 30 ratios of products, 0 are apart from the quotient by over 5 %, 0 by over 10 %."))
    #expect(!page.contains("†:"))
    var report = Sample.report
    // Figures of 60 and 30 GFLOP/s; the rounds' ratios say 2.16, 1.9 and 0.99 instead of 2.
    for (row, ratio) in zip(6..<9, [2.16, 1.9, 0.99]) {
      report.rows[row].ratio?["OpenBLAS"] = ratio
      report.rows[row].met = ratio >= 1
    }
    let page = report.markdown()
    #expect(
      page.contains(
        "Of the 30 ratios of products, 3 are apart from the quotient by over 5 %, 1 by over 10 %."))
    #expect(
      page.contains("Of 11 rows with a target over peers, 1 would be judged otherwise by quotients")
    )
    // The ninth root of 2.16 · 1.9 · 0.99 · 2⁶ is 1.855.
    #expect(page.contains("is 1.855 by ratios and 2.000 by quotients."))
    let shape = try #require(report.rows[8].case.split(separator: " ").last.map(String.init))
    #expect(cells(page, shape, below: "**weight gradient**")?.contains("**no** †") == true)
    #expect(page.ranges(of: "**no** †").count == 1 && page.ranges(of: "yes †").isEmpty)
    #expect(page.ranges(of: "\n†: ").count == 1)
  }

  @Test("Notes on the machine and on the contenders may be lines, with a table among them")
  func sections() throws {
    let notes = try Notes(
      json: Data(
        #"{"machine": "Virtual.", "contenders": ["Elsewhere:", "", "| a |", "| - |"]}"#.utf8))
    let page = Sample.report.markdown(notes: notes)
    let places = try [
      "## Machine", "Virtual.", "## Who took part", "Elsewhere:\n\n| a |\n| - |\n", "## How it",
    ]
    .map { try #require(page.range(of: $0)).lowerBound }
    #expect(places == places.sorted())
    #expect(notes.unknownNames(in: Sample.report).isEmpty)
  }

  @Test("Notes stand where they belong: with a missed row, a group, a contender, a row that holds")
  func notes() throws {
    let notes = try Notes(
      json: Data(
        """
        {"forward 512·512·512": "Too small.", "products": "Loads.", "draws": "Bits.",
         "OpenBLAS": "From a wheel.", "layer, batch 1": "One row.", "nobody": "?"}
        """.utf8))
    let page = Sample.report.markdown(notes: notes)
    #expect(page.contains("target ≥ 0.93 of the peak. Too small.\n"))
    #expect(page.contains("Large products: Loads.\n"))
    #expect(page.contains("\n\nBits.\n"))
    #expect(page.contains("- OpenBLAS: From a wheel.\n"))
    #expect(page.contains("- layer, batch 1: One row.\n"))
    #expect(notes.unknownNames(in: Sample.report) == ["nobody"])
  }

  @Test("A report of nothing is a page, and a row of nothing but its name has its line")
  func missing() {
    var report = Sample.report
    report.machine = .init(processor: "p", system: "s", threads: 1)
    report.contenders = []
    report.leftOut = []
    report.rows = []
    let empty = report.markdown()
    #expect(!empty.contains("## Targets") && !empty.contains("## Draws") && !empty.contains("!["))
    report.rows = Group.allCases.map { Row(case: "bare \($0)", group: $0, unit: "ms", target: "0") }
    let bare = report.markdown()
    // One row has its target in its line, several of one target above their table.
    for row in report.rows { #expect(cells(bare, row.case) == [row.case, "0", "–"]) }
    #expect(report.plots.isEmpty)
  }

  @Test("The lines of a table have as many cells as its heading, and equal length")
  func alignment() {
    let blocks = page.split(separator: "\n\n").filter { $0.hasPrefix("|") }
    #expect(blocks.count >= Group.allCases.count)
    for block in blocks {
      #expect(Set(block.split(separator: "\n").map(\.count)).count == 1, "\(block)")
    }
  }
}
