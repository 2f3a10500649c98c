import CKernels
import DitherRuntime
import Testing

/// Scales that differ, and their gradients.
@Suite("Scales of added noise")
struct NoiseScalesTests {
  static let shapes = [(1, 1), (21, 10), (9, 32), (5, 33), (70, 200), (300, 130), (3, 2500)]

  static func rule(_ sharing: RuleSharing = .none, columns: Int) -> ck_rule {
    unsafe RuleCase(kind: CK_ADD, draw: .gaussian, sharing: sharing).rule(
      key: 0xA11CE, columns: columns)
  }

  /// The draws of the rule, by adding it to zeros.
  static func draws(_ rule: ck_rule, row: UInt32, rows: Int, columns: Int) -> [Float] {
    unsafe applied(rule, [Float](repeating: 0, count: rows * columns), row, rows, columns, .plain)
  }

  static func applied(
    _ rule: ck_rule, _ x: [Float], _ row: UInt32, _ rows: Int, _ columns: Int, _ run: LinearRun
  ) -> [Float] {
    var y = unreadable(x.count)
    var execution = unsafe run.execution
    var rule = unsafe rule
    unsafe withUnsafePointer(to: &rule) { rule in
      let rules = unsafe ck_rules(items: rule, count: 1, row: row)
      unsafe check(ck_apply_rules(&execution, rules, rows, columns, x, &y))
    }
    return y
  }

  @Test("By rows, columns and elements: y = x + scale · d, and x itself where the scale is 0")
  func scales() {
    var generator = LinearGenerator(state: 21)
    for (rows, columns) in Self.shapes {
      let x = generator.values(rows * columns)
      for (byRow, byColumn) in [(false, true), (true, false), (true, true)] {
        let rowStride = byRow ? (byColumn ? columns : 1) : 0
        let columnStride = byColumn ? 1 : 0
        var values = generator.values((byRow ? rows : 1) * (byColumn ? columns : 1)).map(abs)
        values[values.count / 2] = 0
        let rule = unsafe Self.rule(columns: columns)
        let draws = unsafe Self.draws(rule, row: 77, rows: rows, columns: columns)
        let expected = x.indices.map {
          x[$0].addingProduct(
            values[$0 / columns * rowStride + $0 % columns * columnStride], draws[$0])
        }
        unsafe values.withUnsafeBufferPointer { values in
          var scaled = unsafe rule
          unsafe scaled.scales = ck_scales(
            values: values.baseAddress, row_stride: rowStride, column_stride: columnStride,
            lengths: nil)
          for run in LinearRun.all {
            let received = unsafe Self.applied(scaled, x, 77, rows, columns, run)
            #expect(
              sameBits(received, expected),
              "\(rows)×\(columns), by row: \(byRow), by column: \(byColumn), \(run)")
          }
        }
      }
    }
  }

  /// Parts of a batch, each going on from the gradient of the one before.
  static func gradient(
    _ rule: ck_rule, _ dy: [Float], _ slopes: [Float], perColumn: Bool, from start: [Float],
    parts: [Range<Int>], columns: Int, _ run: LinearRun
  ) -> [Float] {
    var gradient = start
    var execution = unsafe run.execution
    var rule = unsafe rule
    unsafe withUnsafePointer(to: &rule) { rule in
      for part in parts {
        let rules = unsafe ck_rules(items: rule, count: 1, row: 77 + UInt32(part.lowerBound))
        let own = Array(dy[part.lowerBound * columns..<part.upperBound * columns])
        unsafe check(
          ck_scale_gradient(
            &execution, rules, 0, part.count, columns, own, slopes, perColumn, &gradient))
      }
    }
    return gradient
  }

  @Test(
    "The gradient of a scale a column is one chain in ascending rows, however the batch is divided",
    arguments: RuleSharing.allCases)
  func columnGradient(_ sharing: RuleSharing) {
    var generator = LinearGenerator(state: 22)
    for (rows, columns) in Self.shapes {
      let dy = generator.values(rows * columns)
      let slopes = generator.values(columns)
      let start = generator.values(columns)
      let rule = unsafe Self.rule(sharing, columns: columns)
      let draws = unsafe Self.draws(rule, row: 77, rows: rows, columns: columns)
      var expected = start
      for index in dy.indices {
        expected[index % columns].addProduct(
          dy[index], draws[index] * slopes[index % columns])
      }
      for run in LinearRun.all {
        for parts in [[0..<rows], [0..<rows / 3, rows / 3..<rows]] {
          let received = unsafe Self.gradient(
            rule, dy, slopes, perColumn: true, from: start, parts: parts, columns: columns, run)
          #expect(sameBits(received, expected), "\(rows)×\(columns), \(parts), \(run)")
        }
      }
    }
  }

  @Test(
    "The gradient of one scale is a sum of rows, ascending, however the batch is divided",
    arguments: RuleSharing.allCases)
  func sharedGradient(_ sharing: RuleSharing) {
    var generator = LinearGenerator(state: 23)
    for (rows, columns) in Self.shapes {
      let dy = generator.values(rows * columns)
      let slope = generator.values(1)
      let start = generator.values(1)
      let rule = unsafe Self.rule(sharing, columns: columns)
      let draws = unsafe Self.draws(rule, row: 77, rows: rows, columns: columns)
      var expected = start[0]
      for row in 0..<rows {
        var chains = [Double](repeating: 0, count: 16)
        for column in 0..<columns {
          let place = row * columns + column
          chains[column % 16] += Double(dy[place]) * Double(draws[place])
        }
        for width in [8, 4, 2, 1] {
          for index in 0..<width { chains[index] += chains[index + width] }
        }
        expected += Float(chains[0] * Double(slope[0]))
      }
      for run in LinearRun.all {
        for parts in [[0..<rows], [0..<rows / 3, rows / 3..<rows]] {
          let received = unsafe Self.gradient(
            rule, dy, slope, perColumn: false, from: start, parts: parts, columns: columns, run)
          #expect(sameBits(received, [expected]), "\(rows)×\(columns), \(parts), \(run)")
        }
      }
    }
  }

  @Test("A row's root mean square is summed in double, sixteen chains and a tree")
  func rootMeanSquares() {
    var generator = LinearGenerator(state: 24)
    for (rows, columns) in Self.shapes {
      for size: Float in [1e-20, 1, 1e25] {
        let x = generator.values(rows * columns).map { $0 * size }
        let expected = (0..<rows).map { row in
          var chains = [Double](repeating: 0, count: 16)
          for column in 0..<columns {
            let value = Double(x[row * columns + column])
            chains[column % 16] += value * value
          }
          for width in [8, 4, 2, 1] {
            for index in 0..<width { chains[index] += chains[index + width] }
          }
          return Float(Double(Float(0.3)) * (chains[0] / Double(columns)).squareRoot())
        }
        for run in LinearRun.all {
          var received = unreadable(rows)
          var execution = unsafe run.execution
          unsafe ck_row_root_mean_squares(&execution, rows, columns, nil, 0.3, x, &received)
          #expect(sameBits(received, expected), "\(rows)×\(columns) of \(size) on \(run)")
        }
      }
    }
  }

  @Test("With lengths, a row is measured and changed up to its own, whatever follows")
  func lengths() {
    var generator = LinearGenerator(state: 25)
    for (rows, columns) in Self.shapes {
      var x = generator.values(rows * columns)
      let lengths = (0..<rows).map { row in
        row == 0 ? 0 : row == 1 ? UInt32(columns) : UInt32(generator.next() % UInt64(columns + 1))
      }
      for row in 0..<rows {
        for column in Int(lengths[row])..<columns { x[row * columns + column] = .nan }
      }
      // A row's root is that of a matrix that is the row, cut.
      let roots = (0..<rows).map { row in
        let start = row * columns
        let cut = Array(x[start..<start + Int(lengths[row])])
        var root: [Float] = [0]
        var execution = unsafe LinearRun.plain.execution
        if !cut.isEmpty {
          unsafe ck_row_root_mean_squares(&execution, 1, cut.count, nil, 0.3, cut, &root)
        }
        return root[0]
      }
      let rule = unsafe Self.rule(columns: columns)
      let draws = unsafe Self.draws(rule, row: 77, rows: rows, columns: columns)
      let expected = x.indices.map { place in
        let inside = place % columns < Int(lengths[place / columns])
        return inside ? x[place].addingProduct(roots[place / columns], draws[place]) : x[place]
      }
      for run in LinearRun.all {
        var measured = unreadable(rows)
        var execution = unsafe run.execution
        unsafe lengths.withUnsafeBufferPointer { lengths in
          unsafe ck_row_root_mean_squares(
            &execution, rows, columns, lengths.baseAddress, 0.3, x, &measured)
          #expect(sameBits(measured, roots), "\(rows)×\(columns) on \(run)")
          unsafe measured.withUnsafeBufferPointer { values in
            var scaled = unsafe rule
            unsafe scaled.scales = ck_scales(
              values: values.baseAddress, row_stride: 1, column_stride: 0,
              lengths: lengths.baseAddress)
            let received = unsafe Self.applied(scaled, x, 77, rows, columns, run)
            #expect(sameBits(received, expected), "\(rows)×\(columns) on \(run)")
          }
        }
      }
    }
  }
}
