import Charts
import Testing

@Suite("Pictures as SVG")
struct PictureTests {
  static func sheet(_ pixels: [Float], columns: Int) -> PictureSheet {
    let picture = Picture(label: "one", columns: columns, pixels: pixels)
    return PictureSheet(
      title: "A title", rows: [PictureSheet.Row(FigureTests.unusual, note: "note", [picture])])
  }

  /// The pixels as they are painted, one path over the other: the colour of each.
  func painted(_ pixels: [Float], columns: Int) throws -> [String] {
    let root = try XMLNode.parse(Self.sheet(pixels, columns: columns).svg())
    let group = try #require(root.all("g").first)
    var colours = [String](repeating: "", count: pixels.count)
    for path in group.children {
      for run in try #require(path.attributes["d"]).matches(of: /M(\d+) (\d+)h(\d+)/) {
        let (column, row) = (Int(run.output.1)!, Int(run.output.2)!)
        for step in 0..<Int(run.output.3)! {
          colours[row * columns + column + step] = path.attributes["stroke"] ?? ""
        }
      }
    }
    return colours
  }

  @Test("0 is white, 1 black, −1 and what lies below blue, 2 and above red")
  func colours() throws {
    let pixels: [Float] = [0, 1, -1, -.infinity, 2, 1e9]
    let colours = try painted(pixels, columns: 3)
    #expect(colours == ["#ffffff", "#000000", "#005ab4", "#005ab4", "#e13c14", "#e13c14"])
  }

  @Test("Every pixel is painted in its own colour, equal neighbours too")
  func places() throws {
    let colours = try painted((0..<60).map { Float($0 * $0 % 6) / 5 }, columns: 10)
    let greys = ["#ffffff", "#cccccc", "#999999", "#666666", "#333333", "#000000"]
    #expect(colours == (0..<60).map { greys[$0 * $0 % 6] })
  }

  @Test("What is no number is painted, and texts are escaped")
  func unusual() throws {
    #expect(try painted([.nan, 0], columns: 2)[0] == "#e13c14")
    let root = try XMLNode.parse(Self.sheet([0], columns: 1).svg())
    let shown = FigureTests.unusual.filter { $0 != "\u{1}" }
    #expect(root.all("text").map(\.text).contains(shown))
  }

  @Test("Nothing to show is a document all the same")
  func empty() throws {
    _ = try XMLNode.parse(PictureSheet(title: "", rows: []).svg())
    _ = try XMLNode.parse(PictureSheet(title: "", rows: [PictureSheet.Row("a", [])]).svg())
  }
}
