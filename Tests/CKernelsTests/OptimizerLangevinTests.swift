import CKernels
import DitherRuntime
import Testing

/// A matrix that Langevin dynamics changes, at an address.
private struct Chain {
  static let shapes = [
    (0, 5), (5, 0), (1, 1), (7, 1), (9, 3), (8, 32), (3, 33), (5, 128), (1, 200), (2, 3001),
    (4099, 1), (600, 7), (70, 65),
  ]

  var rows: Int
  var columns: Int
  var weight: [Float]
  var gradient: [Float]
  var square: [Float]

  init(_ rows: Int, _ columns: Int, _ generator: inout LinearGenerator) {
    self.rows = rows
    self.columns = columns
    weight = generator.values(rows * columns)
    gradient = generator.values(rows * columns)
    square = generator.values(rows * columns).map { $0 * $0 + 0.1 }
  }

  static func langevin(temperature: Double = 0.5, decay: Double = 0.1) -> ck_langevin {
    ck_langevin(
      learning_rate: 0.02, weight_decay: decay, temperature: temperature, smoothing: 0.9,
      epsilon: 1e-3)
  }

  var address: ck_address {
    ck_address(key: 77, step: 5, row: 0, column: 0, width: UInt32(columns), plane: 0)
  }

  mutating func update(_ langevin: ck_langevin, _ run: LinearRun, preconditioned: Bool) {
    var execution = unsafe run.execution
    var (langevin, address) = (langevin, address)
    let (rows, columns) = (rows, columns)
    if preconditioned {
      unsafe ck_langevin_update(
        &execution, &langevin, &address, rows, columns, &weight, &gradient, &square)
    } else {
      unsafe ck_langevin_update(
        &execution, &langevin, &address, rows, columns, &weight, &gradient, nil)
    }
  }

  func draws() -> [Float] {
    var draws = unreadable(rows * columns)
    var execution = unsafe LinearRun.plain.execution
    var address = address
    var draw = unsafe ck_draw()
    unsafe draw.distribution = CK_GAUSSIAN
    unsafe draw.b = 1
    unsafe check(ck_fill(&execution, &draw, &address, rows, columns, &draws, columns))
    return draws
  }

  func difference(from other: Chain) -> String? {
    firstDifference(weight, other.weight) ?? firstDifference(gradient, other.gradient)
      ?? firstDifference(square, other.square)
  }
}

@Suite("Kernels of Langevin dynamics and of rows' norms")
struct OptimizerLangevinTests {
  @Test("Langevin dynamics is its formula with the address's draws", arguments: [false, true])
  func formula(preconditioned: Bool) {
    var generator = LinearGenerator(state: 131)
    for (rows, columns) in Chain.shapes {
      let before = Chain(rows, columns, &generator)
      let langevin = Chain.langevin()
      var after = before
      after.update(langevin, .plain, preconditioned: preconditioned)
      #expect(after.gradient == before.gradient)
      for (i, draw) in before.draws().enumerated() {
        let (w, g) = (Double(before.weight[i]), Double(before.gradient[i]))
        var square = Double(before.square[i])
        var scale = 1.0
        if preconditioned {
          square = 0.9 * square + (1 - 0.9) * g * g
          scale = 1 / (square.squareRoot() + langevin.epsilon)
        }
        let noise = (2 * 0.02 * 0.5 * scale).squareRoot() * Double(draw)
        let expected = w - 0.02 * scale * (g + 0.1 * w) + noise
        #expect(abs(Double(after.weight[i]) - expected) <= 1e-6 * (1 + abs(expected)))
        #expect(abs(Double(after.square[i]) - square) <= 1e-6)
      }
    }
  }

  @Test("Every instruction set and thread count gives the same bits", arguments: LinearRun.all)
  func sameBits(_ run: LinearRun) {
    var generator = LinearGenerator(state: 132)
    for (rows, columns) in Chain.shapes + [(131_077, 1), (20_011, 9), (2, 70_001), (301, 500)] {
      let start = Chain(rows, columns, &generator)
      for (temperature, preconditioned) in [(0.5, false), (0.5, true), (0, true)] {
        let langevin = Chain.langevin(temperature: temperature)
        var expected = start
        expected.update(langevin, .plain, preconditioned: preconditioned)
        var received = start
        received.update(langevin, run, preconditioned: preconditioned)
        #expect(received.difference(from: expected) == nil, "\(rows) × \(columns)")
      }
    }
  }

  @Test(
    "Nothing outside the arrays is written or matters, at any shape",
    arguments: InstructionSet.available)
  func canaries(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 133)
    let run = LinearRun(instructionSet: set, threads: 1)
    for (rows, columns) in Chain.shapes {
      let start = Chain(rows, columns, &generator)
      var expected = start
      expected.update(Chain.langevin(), .plain, preconditioned: true)
      var weight = FencedFloats(start.weight)
      var gradient = FencedFloats(start.gradient)
      var square = FencedFloats(start.square)
      var execution = unsafe run.execution
      var (langevin, address) = (Chain.langevin(), start.address)
      unsafe weight.withPointer { weight in
        unsafe gradient.withPointer { gradient in
          unsafe square.withPointer { square in
            unsafe ck_langevin_update(
              &execution, &langevin, &address, rows, columns, weight, gradient, square)
          }
        }
      }
      #expect(weight.isIntact && gradient.isIntact && square.isIntact)
      #expect(weight.values == expected.weight && square.values == expected.square)
      #expect(gradient.values == start.gradient)
    }
  }

  @Test("Rows are held to their norm, with the same bits everywhere", arguments: LinearRun.all)
  func rowNorms(_ run: LinearRun) {
    var generator = LinearGenerator(state: 134)
    for (rows, columns) in [(0, 3), (3, 0), (1, 1), (7, 5), (301, 511), (3, 50_001)] {
      let before = generator.values(rows * columns)
      let limit = Double(columns).squareRoot() * 0.57
      var execution = unsafe run.execution
      var fenced = FencedFloats(before)
      unsafe fenced.withPointer { weight in
        unsafe ck_limit_row_norms(&execution, rows, columns, limit, weight)
      }
      var plain = unsafe LinearRun.plain.execution
      var expected = before
      unsafe ck_limit_row_norms(&plain, rows, columns, limit, &expected)
      #expect(fenced.isIntact && fenced.values == expected)
      for row in 0..<rows {
        let range = row * columns..<(row + 1) * columns
        let norm = before[range].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        for (received, value) in zip(expected[range], before[range]) {
          let scaled = norm > limit ? Double(value) * limit / norm : Double(value)
          #expect(abs(Double(received) - scaled) <= 2e-7 * abs(scaled))
        }
      }
    }
  }
}
