import CKernels
import DitherRuntime
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Addressed draws")
struct NoiseDrawsTests {
  /// Runs by turns: every instruction set and thread count, but not with every tile.
  static func run(_ index: Int) -> LinearRun { LinearRun.all[index % LinearRun.all.count] }

  @Test("The words of a tile anywhere are those of its elements", arguments: noiseWidths)
  func words(_ width: Int) {
    var generator = LinearGenerator(state: UInt64(width))
    for index in 0..<12 {
      let tile = NoiseTile(width: width, maximumRows: width > 150 ? 3 : 20, &generator)
      let expected = tile.map { NoiseReference.word(tile.address, row: $0, column: $1) }
      let run = Self.run(index + width)
      let same = tile.words(run) == expected
      #expect(same, "\(tile) on \(run)")
    }
  }

  @Test("A draw is the stated function of its words", arguments: DrawCase.exact, [10, 33, 300])
  func exact(_ kind: DrawCase, _ width: Int) {
    var generator = LinearGenerator(state: UInt64(width))
    let draw = unsafe kind.draw
    for index in 0..<6 {
      let tile = NoiseTile(width: width, maximumRows: width > 150 ? 3 : 20, &generator)
      let expected = tile.map {
        unsafe NoiseReference.exact(draw, tile.address, row: $0, column: $1)
      }
      let run = Self.run(index + width)
      let difference = firstDifference(unsafe tile.draws(draw, run), expected)
      #expect(difference == nil, "\(tile) on \(run)")
    }
  }

  @Test(
    "A Gaussian draw is Box and Muller's of its pair of words, to within 3.5e-7 of the radius",
    arguments: [10, 33, 300])
  func gaussian(_ width: Int) {
    var generator = LinearGenerator(state: UInt64(width))
    let draw = unsafe DrawCase(testDescription: "", distribution: CK_GAUSSIAN, a: 0, b: 1).draw
    for index in 0..<8 {
      let tile = NoiseTile(width: width, maximumRows: width > 150 ? 3 : 20, &generator)
      let run = Self.run(index + width)
      let received = unsafe tile.draws(draw, run)
      let expected = tile.map { row, column -> (value: Double, radius: Double) in
        let pair = NoiseReference.pair(tile.address, row: row, column: column)
        let unit = Float(0x1p-32).addingProduct(Float(pair.radius >> 1), 0x1p-31)
        let radius = (-2 * log(Double(unit))).squareRoot()
        let turn = Double(Int32(bitPattern: pair.angle << 2)) * 0x1p-31
        let angle = Double.pi / 4 * (1 + turn)
        let sign = pair.angle >> (pair.isFirst ? 31 : 30) & 1 == 0 ? 1.0 : -1.0
        return (sign * radius * cos(pair.isFirst ? angle : .pi / 2 - angle), radius)
      }
      let greatest = zip(received, expected).map {
        abs(Double($0) - $1.value) / max($1.radius, 1e-3)
      }.max()!
      #expect(greatest < 3.5e-7, "\(tile) on \(run)")
    }
  }

  @Test("Mean and standard deviation, and the exponential, are applied to the standard normal draw")
  func affine() {
    var generator = LinearGenerator(state: 5)
    let standard = unsafe DrawCase(testDescription: "", distribution: CK_GAUSSIAN, a: 0, b: 1).draw
    for (index, width) in [10, 33, 300].enumerated() {
      let tile = NoiseTile(width: width, maximumRows: 9, &generator)
      let run = Self.run(index)
      let z = unsafe tile.draws(standard, run)
      let (gaussian, logNormal) = (DrawCase.gaussian, DrawCase.logNormal)
      let scaled = z.map { gaussian.a.addingProduct(gaussian.b, $0) }
      let exponential = z.map { ck_expf(logNormal.a.addingProduct(logNormal.b, $0)) }
      #expect(firstDifference(unsafe tile.draws(gaussian.draw, run), scaled) == nil)
      #expect(firstDifference(unsafe tile.draws(logNormal.draw, run), exponential) == nil)
    }
  }

  @Test("A tile anywhere holds what the whole matrix holds there", arguments: DrawCase.all)
  func tiles(_ kind: DrawCase) {
    var generator = LinearGenerator(state: 77)
    let draw = unsafe kind.draw
    for (index, width) in noiseWidths.enumerated() {
      let tile = NoiseTile(width: width, maximumRows: 40, &generator)
      var address = tile.address
      let above = Int(address.row % 13)
      address.row -= UInt32(above)
      address.column = 0
      let whole = NoiseTile(address, rows: above + tile.rows, columns: width)
      let all = unsafe whole.draws(draw, .plain)
      let expected = (0..<tile.rows).flatMap { row -> ArraySlice<Float> in
        let start = (above + row) * width + Int(tile.address.column)
        return all[start..<start + tile.columns]
      }
      let run = Self.run(3 * index)
      #expect(firstDifference(unsafe tile.draws(draw, run), expected) == nil, "\(tile) on \(run)")
    }
  }

  @Test("No rows or no columns: nothing is written")
  func empty() {
    let address = ck_address(key: 1, step: 2, row: 3, column: 0, width: 40, plane: 0)
    var (execution, place) = unsafe (LinearRun.plain.execution, address)
    var out: [Float] = [7]
    for kind in DrawCase.all {
      var draw = unsafe kind.draw
      unsafe check(ck_fill(&execution, &draw, &place, 0, 40, &out, 40))
      unsafe check(ck_fill(&execution, &draw, &place, 1, 0, &out, 40))
    }
    #expect(out == [7])
  }

  @Test("A distribution that is a callback gets every element once, in tiles, with its address")
  func callback() {
    // What it writes is its address' row and column, so that each element can be told.
    let fill: ck_fill_callback = { _, worker, address, rows, columns, tile in
      let place = unsafe address!.pointee
      for r in 0..<rows {
        for c in 0..<columns {
          unsafe tile![r * columns + c] =
            Float(place.row + UInt32(r)) * 2500 + Float(place.column + UInt32(c))
            + (worker < 0 || worker > 6 ? .nan : 0)
        }
      }
    }
    var draw = unsafe ck_draw()
    unsafe draw.distribution = CK_CALLBACK
    unsafe draw.callback = fill
    var generator = LinearGenerator(state: 8)
    for (index, width) in (noiseWidths + [2500]).enumerated() {
      var tile = NoiseTile(width: width, maximumRows: 1, &generator)
      tile.rows = 1 + 5000 / width
      let expected = tile.map { Float($0) * 2500 + Float($1) }
      let run = Self.run(index)
      #expect(firstDifference(unsafe tile.draws(draw, run), expected) == nil, "\(tile) on \(run)")
    }
  }
}
