import CKernels
import DitherRuntime
import Testing

@Suite("Elementwise functions of two arrays")
struct ElementwiseBinaryTests {
  static let functions: [(ck_binary_function, @Sendable (Float, Float) -> Float)] = [
    (CK_PLUS, { quieted($0 + $1) }), (CK_MINUS, { quieted($0 - $1) }),
    (CK_TIMES, { quieted($0 * $1) }), (CK_DIVIDE, { quieted($0 / $1) }),
    (CK_POWER, { ck_powf($0, $1) }),
    (CK_MAXIMUM, { $0.isNaN || $1.isNaN ? quieted(.nan) : $0 > $1 ? $0 : $1 }),
    (CK_MINIMUM, { $0.isNaN || $1.isNaN ? quieted(.nan) : $0 < $1 ? $0 : $1 }),
  ]

  /// How y lies: strides as a multiple of rows and columns, and how many values it has.
  enum Layout: CaseIterable {
    case same, perRow, perColumn, single, transposed, spaced

    func strides(_ rows: Int, _ columns: Int) -> (row: Int, column: Int) {
      switch self {
      case .same: (columns, 1)
      case .perRow: (1, 0)
      case .perColumn: (0, 1)
      case .single: (0, 0)
      case .transposed: (1, rows)
      case .spaced: (2 * columns + 3, 2)
      }
    }
  }

  static func result(
    _ function: ck_binary_function, _ layout: Layout, rows: Int, columns: Int, _ x: [Float],
    _ y: [Float],
    _ run: LinearRun
  ) -> [Float] {
    var z = unreadable(x.count)
    let strides = layout.strides(rows, columns)
    var execution = unsafe run.execution
    unsafe ck_binary(&execution, function, rows, columns, x, y, strides.row, strides.column, &z)
    return z
  }

  static func needed(_ layout: Layout, _ rows: Int, _ columns: Int) -> Int {
    let strides = layout.strides(rows, columns)
    return rows == 0 || columns == 0
      ? 0 : (rows - 1) * strides.row + (columns - 1) * strides.column + 1
  }

  @Test("Each element is the function of the two that the strides name", arguments: Layout.allCases)
  func strides(_ layout: Layout) {
    var generator = LinearGenerator(state: 81)
    let shapes = [
      (0, 3), (3, 0), (1, 1), (1, 17), (17, 1), (5, 7), (9, 16), (3, 33), (40, 10), (4, 600),
    ]
    for (rows, columns) in shapes {
      let x = mixedFloats(rows * columns, &generator)
      let y = mixedFloats(Self.needed(layout, rows, columns), &generator)
      let strides = layout.strides(rows, columns)
      for (function, model) in Self.functions {
        let expected = x.indices.map {
          model(x[$0], y[$0 / columns * strides.row + $0 % columns * strides.column])
        }
        for set in InstructionSet.available {
          let run = LinearRun(instructionSet: set, threads: 1)
          let z = Self.result(function, layout, rows: rows, columns: columns, x, y, run)
          #expect(
            firstBitDifference(z, expected) == nil,
            "function \(function.rawValue) \(rows)×\(columns) \(run)")
        }
      }
    }
  }

  @Test("Threads share out the elements without a trace", arguments: Layout.allCases)
  func threads(_ layout: Layout) {
    var generator = LinearGenerator(state: 82)
    for (rows, columns) in [(26_215, 10), (3, 90_001), (262_144, 1)] {
      let x = mixedFloats(rows * columns, &generator)
      let y = mixedFloats(Self.needed(layout, rows, columns), &generator)
      for function in [CK_MINUS, CK_POWER] {
        let expected = Self.result(function, layout, rows: rows, columns: columns, x, y, .plain)
        for run in LinearRun.all where run.instructionSet == InstructionSet.available[0] {
          let z = Self.result(function, layout, rows: rows, columns: columns, x, y, run)
          #expect(firstBitDifference(z, expected) == nil, "\(rows)×\(columns) \(run)")
        }
      }
    }
  }

  @Test("y + a·x is rounded once")
  func axpy() {
    var generator = LinearGenerator(state: 83)
    let x = mixedFloats(parallelLength, &generator)
    let y = mixedFloats(parallelLength, &generator)
    let expected = x.indices.map { quieted(y[$0].addingProduct(0.3, x[$0])) }
    for run in LinearRun.all {
      var sum = y
      var execution = unsafe run.execution
      unsafe ck_axpy(&execution, x.count, 0.3, x, &sum)
      #expect(firstBitDifference(sum, expected) == nil, "\(run)")
    }
  }

  @Test("Nothing outside the arrays is written or matters", arguments: InstructionSet.available)
  func canaries(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 84)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for count in edgeLengths {
      let values = (x: generator.values(count), y: generator.values(count))
      for (function, model) in Self.functions {
        var x = FencedFloats(values.x)
        var y = FencedFloats(values.y)
        unsafe x.withPointer { x in
          unsafe y.withPointer { y in
            unsafe ck_binary(&execution, function, 1, count, x, y, 0, 1, x)
          }
        }
        let expected = values.x.indices.map { model(values.x[$0], values.y[$0]) }
        #expect(x.isIntact && y.isIntact && y.values == values.y)
        #expect(
          firstBitDifference(x.values, expected) == nil, "in place, function \(function.rawValue)")
      }
      var x = FencedFloats(values.x)
      var y = FencedFloats(values.y)
      unsafe x.withPointer { x in
        unsafe y.withPointer { y in unsafe ck_axpy(&execution, count, -2, x, y) }
      }
      let expected = values.x.indices.map { values.y[$0].addingProduct(-2, values.x[$0]) }
      #expect(x.isIntact && y.isIntact && firstBitDifference(y.values, expected) == nil)
    }
  }
}
