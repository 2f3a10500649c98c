import DitherRuntime
import NoiseDistributions

/// Whether two arrays of draws hold the same bits. A NaN equals another: its sign and payload are nobody's promise.
func sameDraws(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy(isSame)
}

private func isSame(_ a: Float, _ b: Float) -> Bool {
  a.bitPattern == b.bitPattern || a.isNaN && b.isNaN
}

extension Conformance {
  /// Shapes of both layouts, with edges inside and outside of blocks of words.
  private var shapes: [(rows: Int, columns: Int)] {
    [(12, 200), (6, 33), (21, 16), (6, 32), (9, 1), (1, 1)]
  }

  private func address(_ shape: (rows: Int, columns: Int)) -> NoiseAddress {
    noise.rows(from: 5).address(of: "purity", rows: shape.rows, columns: shape.columns)
  }

  /// One tile, filled on this thread over what `contents` puts into it first.
  func filled(at address: NoiseAddress, over contents: (Int) -> Float = { _ in 0 }) -> [Float] {
    var draws = (0..<address.rows * address.columns).map(contents)
    var tile = draws.mutableSpan
    distribution.fill(&tile, at: address)
    return draws
  }

  /// The same, of a matrix of all columns, with what the distribution itself writes: rows of a distribution of whole rows are
  /// filled one by one, as its tiles would show 0 where it leaves elements unwritten.
  private func written(
    at address: NoiseAddress, over contents: (Int) -> Float = { _ in 0 }
  ) -> [Float] {
    guard let distribution = distribution as? any RowNoiseDistribution else {
      return filled(at: address, over: contents)
    }
    var draws: [Float] = []
    for index in 0..<address.rows {
      var values = (0..<address.columns).map { contents(index * address.columns + $0) }
      var row = values.mutableSpan
      distribution.fillRow(&row, at: address.wholeRow(index))
      draws += values
    }
    return draws
  }

  /// The verdicts of the rules of addresses. What one of them breaks, the next ones would only repeat.
  func purity() -> [ConformanceRule: Verdict] {
    let rules: [(ConformanceRule, () -> Verdict)] = [
      (.repeatable, repeatable), (.everyElementWritten, everyElementWritten),
      (.independentOfContents, independentOfContents), (.independentOfTile, independentOfTile),
      (.independentOfExecution, independentOfExecution),
    ]
    var verdicts: [ConformanceRule: Verdict] = [:]
    var broken: ConformanceRule?
    for (rule, check) in rules {
      verdicts[rule] = broken.map { Verdict.notTested("\($0) is broken") } ?? check()
      if verdicts[rule]!.isBroken { broken = rule }
    }
    return verdicts
  }

  private func repeatable() -> Verdict {
    for shape in shapes {
      let (first, second) = (filled(at: address(shape)), filled(at: address(shape)))
      if let difference = difference(first, second, columns: shape.columns) {
        return .broken(
          "two fills of one tile of \(text(shape)) differ: \(difference)")
      }
    }
    return .holds("\(shapes.count) tiles filled twice")
  }

  // Two contents that no draw has both of.
  private func someContents(_ index: Int) -> Float { Float(8_388_608 + index) }
  private func otherContents(_ index: Int) -> Float { Float(-12_582_912 - 3 * index) }

  private func everyElementWritten() -> Verdict {
    for shape in shapes {
      let some = written(at: address(shape), over: someContents)
      let other = written(at: address(shape), over: otherContents)
      let unwritten = some.indices.filter {
        some[$0] == someContents($0) && other[$0] == otherContents($0)
      }
      if let first = unwritten.first {
        return .broken(
          "a tile of \(text(shape)) has \(unwritten.count) elements unwritten; the first is that of "
            + place(first, columns: shape.columns))
      }
    }
    return .holds("\(shapes.count) tiles")
  }

  private func independentOfContents() -> Verdict {
    for shape in shapes {
      let zeros = written(at: address(shape))
      for contents in [someContents, otherContents] {
        let draws = written(at: address(shape), over: contents)
        if let difference = difference(zeros, draws, columns: shape.columns) {
          return .broken(
            "a tile of \(text(shape)) over zeros and over other contents: \(difference)")
        }
      }
    }
    return .holds("\(shapes.count) tiles over three contents")
  }

  private func independentOfTile() -> Verdict {
    for shape in shapes {
      let whole = filled(at: address(shape))
      let (rows, columns) = shape
      for (height, width) in [(1, columns), (rows, 1), (1, 1), (3, 7), (2, 64), (4, 16), (5, 33)] {
        var draws = [Float](repeating: 0, count: rows * columns)
        for row in stride(from: 0, to: rows, by: height) {
          for column in stride(from: 0, to: columns, by: width) {
            let part = address(shape).part(
              rows: row..<min(rows, row + height), columns: column..<min(columns, column + width))
            let tile = filled(at: part)
            for (index, draw) in tile.enumerated() {
              let place = (row + index / part.columns) * columns + column + index % part.columns
              draws[place] = draw
            }
          }
        }
        if let difference = difference(whole, draws, columns: columns) {
          return .broken(
            "a matrix of \(text(shape)) whole and in tiles of \(height) × \(width): \(difference)")
        }
      }
    }
    let cuts = "\(shapes.count) matrices in seven cuts each"
    // Where draws of a row depend on each other, they may depend on its width too.
    if !areColumnsIndependent { return .holds(cuts) }
    return independentOfWidth() ?? .holds("\(cuts), and two widths of each layout")
  }

  private func independentOfWidth() -> Verdict? {
    for (narrower, wider) in [(5, 32), (40, 200)] {
      let (some, more) = (filled(at: address((8, narrower))), filled(at: address((8, wider))))
      let prefixes = (0..<8).flatMap { more[$0 * wider..<$0 * wider + narrower] }
      if let difference = difference(some, prefixes, columns: narrower) {
        return .broken(
          "matrices of \(narrower) and of \(wider) columns, which share a layout: \(difference)")
      }
    }
    return nil
  }

  private func independentOfExecution() -> Verdict {
    for shape in [(rows: 128, columns: 1024), (rows: 8192, columns: 16)] {
      let whole = filled(at: address(shape))
      for instructionSet in InstructionSet.available {
        for threads in [1, 2, 7] {
          let draws = withInstructionSet(instructionSet) {
            withThreads(threads) {
              noise.rows(from: 5).draws(
                from: distribution, site: "purity", rows: shape.rows, columns: shape.columns)
            }
          }
          if let difference = difference(whole, draws, columns: shape.columns) {
            return .broken(
              "a matrix of \(text(shape)) as one tile, and on \(threads) threads with \(instructionSet): "
                + difference)
          }
        }
      }
    }
    return .holds("1, 2 and 7 threads, \(InstructionSet.available.count) instruction sets")
  }

  private func text(_ shape: (rows: Int, columns: Int)) -> String {
    "\(shape.rows) × \(shape.columns)"
  }

  private func place(_ index: Int, columns: Int) -> String {
    "row \(5 + index / columns), column \(index % columns)"
  }

  /// Says how many draws differ and what the first two are, or nil.
  private func difference(_ a: [Float], _ b: [Float], columns: Int) -> String? {
    let different = a.indices.filter { !isSame(a[$0], b[$0]) }
    guard let first = different.first else { return nil }
    return "\(different.count) of \(a.count) draws; at \(place(first, columns: columns)) "
      + "\(a[first]) and \(b[first])"
  }
}
