/// A picture of pixels: 0 is white, as paper, 1 black, as ink, whatever the ground. Below 0 pixels turn blue, down to −1, and
/// above 1 red, up to 2.
public struct Picture: Equatable, Sendable {
  /// Written above it; empty for none.
  public var label: String
  /// Pixels in a row.
  public var columns: Int
  /// Row after row, from the top.
  public var pixels: [Float]

  public init(label: String = "", columns: Int, pixels: [Float]) {
    guard columns >= 1, pixels.count % columns == 0 else {
      fatalError("Picture: \(pixels.count) pixels in rows of \(columns); expected whole rows")
    }
    self.label = label
    self.columns = columns
    self.pixels = pixels
  }

  var rows: Int { pixels.count / columns }
}

extension Picture {
  /// Steps from 0 to 1, and from there to the strongest blue or red: more than the eye tells apart in noise.
  private static let greys = 15.0
  private static let tints = 6.0

  /// The step of a pixel: 0…15 from white to black, below it the blues, above the reds. What is no number is the reddest.
  private static func step(_ pixel: Float) -> Int {
    let value = pixel.isNaN ? 2 : min(max(Double(pixel), -1), 2)
    if value < 0 { return Int((value * tints).rounded()) }
    if value > 1 { return Int(greys + ((value - 1) * tints).rounded()) }
    return Int((value * greys).rounded())
  }

  private static func colour(_ step: Int) -> String {
    func between(_ from: [Double], _ to: [Double], _ share: Double) -> String {
      let parts = zip(from, to).map { from, to in
        let text = String(Int((from + (to - from) * share).rounded()), radix: 16)
        return text.count == 1 ? "0" + text : text
      }
      return "#" + parts.joined()
    }
    let (white, black) = ([255.0, 255, 255], [0.0, 0, 0])
    let step = Double(step)
    if step < 0 { return between(white, [0, 90, 180], -step / tints) }
    if step > greys { return between(black, [225, 60, 20], (step - greys) / tints) }
    return between(white, black, step / greys)
  }

  /// Draws it into a box: a line of one pixel's height for each run of equal steps, a path for each step. (An image in the
  /// document would be smaller, but not every page that shows it would let it through.)
  func draw(in box: Rectangle, on canvas: inout Canvas) {
    let steps = pixels.map(Picture.step)
    var paths: [Int: String] = [:]
    for row in 0..<rows {
      var first = 0
      while first < columns {
        let step = steps[row * columns + first]
        var next = first + 1
        while next < columns, steps[row * columns + next] == step { next += 1 }
        paths[step, default: ""] += "M\(first) \(row)h\(next - first)"
        first = next
      }
    }
    // The step of most text is what is painted first, over the whole.
    let most = paths.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key ?? 0
    paths[most] = (0..<rows).map { "M0 \($0)h\(columns)" }.joined()
    let drawn = [most] + paths.keys.filter { $0 != most }.sorted()
    let lines = drawn.map {
      XML.element("path", ["stroke": Picture.colour($0), "d": paths[$0] ?? ""])
    }
    let (scaleX, scaleY) = (box.width / Double(columns), box.height / Double(rows))
    canvas.group(
      lines, left: box.left, top: box.top + scaleY / 2, scaleX: scaleX, scaleY: scaleY)
    canvas.frame(box)
  }
}
