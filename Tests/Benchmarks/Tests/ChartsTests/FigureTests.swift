import Charts
import Testing

@Suite("Figures as SVG")
struct FigureTests {
  static let unusual = "a < b & \"c\" > d \u{1}]]>"

  static func chart(_ series: [Series], title: String = "") -> Chart {
    Chart(
      title: title, horizontal: Axis("time", Scale(.linear, from: 0, to: 10)),
      vertical: .values(Axis("speed", Scale(.logarithmic, from: 1, to: 100))), series: series)
  }

  /// A dot for each value, in a category of its own.
  static func categories(_ values: [Double], mark: Series.Mark, beyond: Bool = false) -> Chart {
    let points = values.enumerated().map {
      Point(x: $1, y: Double($0), description: "value \($1)")
    }
    return Chart(
      horizontal: Axis("time", Scale(.linear, from: 0, to: 10), pointsBeyond: beyond),
      vertical: .categories(values.map { "category \($0)" }),
      series: [Series("one", mark, .ordinary(0), points)])
  }

  func parsed(_ charts: [Chart], columns: Int = 1) throws -> XMLNode {
    try XMLNode.parse(Figure(title: "A title", charts: charts, columns: columns).svg())
  }

  /// The texts that a reader sees.
  func texts(_ root: XMLNode) -> [String] { root.all("text").map(\.text) }

  @Test("Every text is escaped: the document stays well-formed, and the reader sees what was given")
  func escaping() throws {
    var chart = Self.categories([1], mark: .dots)
    chart.title = Self.unusual
    chart.vertical = .categories([Self.unusual])
    chart.horizontal.label = Self.unusual
    chart.series[0].name = Self.unusual
    chart.series[0].points[0].label = Self.unusual
    chart.series[0].points[0].description = Self.unusual
    chart.rules = [Rule(Self.unusual + "!", .vertical, at: 2)]
    let root = try XMLNode.parse(
      Figure(title: Self.unusual, caption: Self.unusual, charts: [chart]).svg())
    let shown = Self.unusual.filter { $0 != "\u{1}" }
    #expect(texts(root).filter { $0 == shown }.count >= 6, "\(texts(root))")
    #expect(root.all("title").map(\.text) == [shown, shown])
  }

  @Test("A figure without charts, series, points or names is a document all the same")
  func empty() throws {
    _ = try parsed([])
    _ = try parsed([Self.chart([])])
    _ = try parsed([Self.chart([Series("", .line, .emphasised, [])])])
    let nothing = Chart(
      horizontal: Axis("", Scale(.linear, holding: [])), vertical: .categories([]), series: [])
    #expect(try parsed([nothing]).all("use").isEmpty)
  }

  @Test("A single value is one mark, and its series one entry of the legend")
  func single() throws {
    let series = Series("only", .line, .emphasised, [Point(x: 5, y: 10, description: "five")])
    let root = try parsed([Self.chart([series])])
    #expect(root.all("use").count == 2)
    #expect(root.all("title").contains { $0.text == "five" })
    #expect(texts(root).filter { $0 == "only" }.count == 1)
  }

  @Test("Marks lie where their values are between the ticks")
  func places() throws {
    let root = try parsed([Self.categories([2, 4, 6], mark: .dots)])
    let x = Dictionary(
      root.all("text").compactMap { node in node.number("x").map { (node.text, $0) } },
      uniquingKeysWith: { first, _ in first })
    let marks = root.all("use").filter { !$0.children.isEmpty }
    for (mark, tick) in zip(marks, ["2", "4", "6"]) {
      let place = try #require(x[tick])
      #expect(abs(try #require(mark.number("x")) - place) < 0.11, "\(tick)")
    }
    let heights = marks.compactMap { $0.number("y") }
    #expect(heights.count == 3 && heights[0] < heights[1] && heights[1] < heights[2])
  }

  @Test("Values without a place are left out; beyond the axis they are arrows if it has such")
  func beyond() throws {
    let values = [-1, 5, 11, .nan, .infinity]
    func described(_ root: XMLNode) -> [String] {
      root.all.filter { $0.children.contains { $0.name == "title" } && $0.name != "svg" }
        .map { $0.name + " " + ($0.children.first?.text ?? "") }
    }
    #expect(described(try parsed([Self.categories(values, mark: .dots)])) == ["use value 5.0"])
    #expect(
      described(try parsed([Self.categories(values, mark: .dots, beyond: true)]))
        == ["path value -1.0", "use value 5.0", "path value 11.0"])
  }

  @Test("Bars begin at 0 and are as long as their values, cut off at the axis' ends")
  func bars() throws {
    let root = try parsed([Self.categories([2, 4, 20], mark: .bars)])
    let bars = root.all("rect").filter { !$0.children.isEmpty }
    let widths = bars.compactMap { $0.number("width") }
    try #require(widths.count == 3)
    #expect(abs(widths[1] - 2 * widths[0]) < 0.25)
    #expect(abs(widths[2] - 5 * widths[0]) < 0.4)
    #expect(Set(bars.compactMap { $0.number("x") }).count == 1)
  }

  @Test("A category is as high as its bars need: series without one there leave no room")
  func barSlots() throws {
    func series(_ name: String, _ categories: [Double]) -> Series {
      let points = categories.map { Point(x: 5, y: $0, description: "\(name) \($0)") }
      return Series(name, .bars, .ordinary(0), points)
    }
    let chart = Chart(
      horizontal: Axis("", Scale(.linear, from: 0, to: 10)),
      vertical: .categories(["a", "b", "c"]),
      series: [series("one", [0]), series("two", [0, 1]), series("three", [0, 2])])
    let root = try parsed([chart])
    let tops = root.all("rect").filter { !$0.children.isEmpty }
      .compactMap { bar in bar.number("y").map { (bar.children[0].text, $0) } }
    let bars = try #require(tops.count == 5 ? Dictionary(uniqueKeysWithValues: tops) : nil)
    let order = ["one 0.0", "two 0.0", "three 0.0", "two 1.0", "three 2.0"]
    let places = try order.map { try #require(bars[$0]) }
    // Bars of one category touch, but for their gaps; between categories are ten pixels.
    for (index, distance) in [12.0, 12, 22, 22].enumerated() {
      #expect(abs(places[index + 1] - places[index] - distance) < 0.11, "\(order[index])")
    }
  }

  @Test("Strokes are upright, at their values, in the colour of text")
  func strokes() throws {
    let root = try parsed([Self.categories([2, 4], mark: .strokes)])
    let drawn = root.all("path").filter { !$0.children.isEmpty }
    #expect(drawn.map { $0.children[0].text } == ["value 2.0", "value 4.0"])
    let places = try drawn.map { node in
      try #require(try /M([\d.]+) ([\d.]+)V([\d.]+)/.wholeMatch(in: node.attributes["d"] ?? ""))
    }
    let x = Dictionary(
      root.all("text").compactMap { node in node.number("x").map { (node.text, $0) } },
      uniquingKeysWith: { first, _ in first })
    for (place, tick) in zip(places, ["2", "4"]) {
      #expect(abs(Double(place.output.1)! - (try #require(x[tick]))) < 0.11)
      #expect(Double(place.output.3)! > Double(place.output.2)! + 8)
    }
    #expect(root.all("use").isEmpty)
  }

  @Test("Columns are as high as their values and as wide as they are told, cut off at the axes")
  func columns() throws {
    let points = [(2.0, 2.0), (5, 4), (10, 20), (50, 3)].map { Point(x: $0.0, y: $0.1) }
    let chart = Chart(
      horizontal: Axis("", Scale(.linear, from: 0, to: 10)),
      vertical: .values(Axis("", Scale(.linear, from: 0, to: 10))),
      series: [Series("", .columns(width: 2), .ordinary(0), points)])
    let path = try #require(parsed([chart]).all("path").last?.attributes["d"])
    let boxes = path.matches(of: /M[\d.]+ [\d.]+v-([\d.]+)h([\d.]+)v[\d.]+z/)
      .map { (height: Double($0.output.1)!, width: Double($0.output.2)!) }
    try #require(boxes.count == 3)
    #expect(abs(boxes[1].height - 2 * boxes[0].height) < 0.25)
    #expect(abs(boxes[2].height - 5 * boxes[0].height) < 0.4)
    #expect(boxes[0].width == boxes[1].width && abs(boxes[2].width * 2 - boxes[1].width) < 2)
  }

  @Test("A curve is one line through its points from left to right, without dots")
  func curve() throws {
    let points = [5.0, 1, 9].map { Point(x: $0, y: $0) }
    let root = try parsed([Self.chart([Series("c", .curve, .ordinary(0), points)])])
    #expect(root.all("use").isEmpty)
    let lines = root.all("path").filter { $0.attributes["class"] == "joined s0" }
    #expect(lines.count == 2, "the curve and its entry in the legend")
    let places = try #require(lines.last?.attributes["d"]).matches(of: /[ML]([\d.]+)\s/)
      .map { Double($0.output.1)! }
    #expect(places.count == 3 && places == places.sorted())
  }

  @Test("Charts side by side share the categories' labels, and do not if they differ")
  func shared() throws {
    let chart = Self.categories([1, 2], mark: .dots)
    let other = Self.categories([1, 3], mark: .dots)
    func count(_ charts: [Chart], _ columns: Int) throws -> Int {
      texts(try parsed(charts, columns: columns)).filter { $0 == "category 1.0" }.count
    }
    #expect(try count([chart, chart, chart], 3) == 1)
    #expect(try count([chart, chart, chart], 1) == 3)
    #expect(try count([chart, other], 2) == 2)
  }

  @Test("A series that several charts have is in the legend once")
  func legend() throws {
    let chart = Self.categories([1, 2], mark: .dots)
    #expect(texts(try parsed([chart, chart], columns: 2)).filter { $0 == "one" }.count == 1)
  }

  @Test("Emphasised series are painted last")
  func order() throws {
    func series(_ name: String, _ style: Series.Style) -> Series {
      Series(name, .dots, style, [Point(x: 5, y: 10, description: name)])
    }
    let chart = Self.chart([series("first", .emphasised), series("second", .ordinary(1))])
    let titles = try parsed([chart]).all("use").flatMap(\.children).map(\.text)
    #expect(titles == ["second", "first"])
    // Strokes above them.
    var strokes = series("third", .ordinary(2))
    strokes.mark = .strokes
    let all = try parsed([Self.chart([strokes, series("first", .emphasised)])]).all
      .compactMap { $0.children.first { $0.name == "title" }?.text }
    #expect(all.suffix(2) == ["first", "third"])
  }

  @Test("Styles repeat after the palette's last, for any number")
  func palette() throws {
    for index in [-1, 0, Palette.count - 1, Palette.count, 1000] {
      let series = Series("s", .dots, .ordinary(index), [Point(x: 5, y: 10)])
      let root = try parsed([Self.chart([series])])
      let shapes = Set(root.all.compactMap { $0.attributes["id"] }.map { "#" + $0 })
      for mark in root.all("use") { #expect(shapes.contains(mark.attributes["href"] ?? "")) }
    }
  }

  @Test("Both grounds have colours")
  func colours() throws {
    let style = try #require(try parsed([Self.chart([])]).all("style").first).text
    #expect(style.contains("prefers-color-scheme:dark"))
  }

  @Test("No text begins left of the figure or ends right of it, however long the names are")
  func clipping() throws {
    var chart = Self.categories([1, 2], mark: .dots)
    chart.vertical = .categories([String(repeating: "long name ", count: 30), "short"])
    chart.series[0].points[0].x = 10
    chart.series[0].points[0].label = "a label at the end"
    let width = 700.0
    let long = String(repeating: "words of a caption ", count: 20)
    let root = try XMLNode.parse(
      Figure(title: long, caption: long, charts: [chart]).svg(width: width))
    for node in root.all("text") {
      let x = try #require(node.number("x"))
      // No common font is narrower than 0.4 of its size on the average.
      let least = Double(node.text.count) * 11 * 0.4
      switch node.attributes["text-anchor"] {
      case "end": #expect(x - least > 0, "\(node.text)")
      case "middle": #expect(x - least / 2 > 0 && x + least / 2 < width, "\(node.text)")
      default: #expect(x + least < width, "\(node.text)")
      }
    }
  }
}
