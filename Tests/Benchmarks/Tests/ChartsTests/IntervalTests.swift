import Charts
import Testing

@Suite("Intervals in charts, and figures in pages")
struct IntervalTests {
  static let points = [
    Point(x: 8, y: 6, interval: 5...20), Point(x: 2, y: 3, interval: 2...4), Point(x: 5, y: 4),
  ]

  static func chart(_ mark: Series.Mark, _ points: [Point] = points) -> Chart {
    Chart(
      horizontal: Axis("", Scale(.linear, from: 0, to: 10)),
      vertical: .values(Axis("", Scale(.linear, from: 0, to: 10))),
      series: [Series("", mark, .ordinary(0), points)])
  }

  static func paths(_ chart: Chart, _ kind: String) throws -> [[(x: Double, y: Double)]] {
    try XMLNode.parse(Figure(title: "A title", charts: [chart]).svg()).all("path")
      .filter { $0.attributes["class"] == kind }
      .map { node in
        (node.attributes["d"] ?? "").matches(of: /([\d.]+) ([\d.]+)/)
          .map { (Double($0.output.1)!, Double($0.output.2)!) }
      }
  }

  @Test(
    "A band has the heights of its intervals, from left to right and back, cut off at the axes",
    arguments: [Series.Mark.line, .curve])
  func band(mark: Series.Mark) throws {
    let bands = try Self.paths(Self.chart(mark), "band s0")
    let band = try #require(bands.first)
    try #require(bands.count == 1 && band.count == 4)
    #expect(band[0].x < band[1].x && band[1].x == band[2].x && band[3].x == band[0].x)
    // 4 above 2; 10, where the axis ends, above 5.
    #expect(abs((band[2].y - band[1].y) - 2.5 * (band[3].y - band[0].y)) < 0.6)
  }

  @Test("Dots have whiskers of their intervals' heights, and no band")
  func whiskers() throws {
    #expect(try Self.paths(Self.chart(.dots), "band s0").isEmpty)
    let whiskers = try Self.paths(Self.chart(.dots), "joined s0")
    try #require(whiskers.count == 2)
    for whisker in whiskers { #expect(whisker.count == 2 && whisker[0].x == whisker[1].x) }
    let heights = whiskers.map { abs($0[0].y - $0[1].y) }
    #expect(abs(heights[0] - 2.5 * heights[1]) < 0.6)
  }

  @Test("In a chart of categories whiskers lie along the axis of values")
  func level() throws {
    var chart = Self.chart(.dots, [Point(x: 3, y: 0, interval: 2...5)])
    chart.vertical = .categories(["a"])
    let whisker = try #require(try Self.paths(chart, "joined s0").first)
    #expect(whisker[0].y == whisker[1].y && whisker[0].x < whisker[1].x)
  }

  @Test("Without intervals there is neither, and one interval is no band")
  func none() throws {
    let without = Self.points.map { Point(x: $0.x, y: $0.y) }
    #expect(try Self.paths(Self.chart(.line, without), "band s0").isEmpty)
    #expect(try Self.paths(Self.chart(.line, [Self.points[0]]), "band s0").isEmpty)
    #expect(try Self.paths(Self.chart(.dots, without), "joined s0").isEmpty)
  }

  @Test("In a page, a figure has no styles and shapes of its own, and those of the page serve it")
  func page() throws {
    let figure = Figure(title: FigureTests.unusual, charts: [Self.chart(.line)])
    let root = try XMLNode.parse(figure.element())
    #expect(root.all("style").isEmpty && root.all("defs").isEmpty)
    #expect(root.attributes["class"] == "chart" && root.attributes["role"] == "img")
    #expect(root.children.first?.text == FigureTests.unusual.filter { $0 != "\u{1}" })
    let shapes = Set(
      try XMLNode.parse(FigurePage.definitions).all.compactMap { $0.attributes["id"] })
    for mark in root.all("use") {
      #expect(shapes.contains(String((mark.attributes["href"] ?? "").dropFirst())))
    }
    let selectors = FigurePage.stylesheet.split(separator: "\n")
      .filter { $0.contains("{") && !$0.hasPrefix("@") }
      .flatMap { $0.prefix { $0 != "{" }.split(separator: ",") }
    #expect(selectors.count > 20)
    for selector in selectors { #expect(selector.hasPrefix("svg.chart "), "\(selector)") }
  }
}
