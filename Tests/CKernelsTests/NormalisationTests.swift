import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Normalisation along rows and down columns")
struct NormalisationTests {
  /// A matrix with what its columns are scaled and shifted by, and a gradient.
  struct Problem {
    var rows: Int
    var columns: Int
    var x: [Float]
    var dy: [Float]
    var scale: [Float]
    var shift: [Float]

    init(_ rows: Int, _ columns: Int, _ generator: inout LinearGenerator) {
      self.rows = rows
      self.columns = columns
      x = generator.values(rows * columns).map { 3 * $0 + 2 }
      dy = generator.values(rows * columns)
      scale = generator.values(columns)
      shift = generator.values(columns)
    }

    /// Output and input gradient of each row.
    func layerNorm(_ run: LinearRun) -> [[Float]] {
      var execution = unsafe run.execution
      var y = unreadable(x.count)
      var plain = y
      var dx = y
      unsafe ck_layer_norm(&execution, rows, columns, 1e-3, x, scale, shift, &y)
      unsafe ck_layer_norm(&execution, rows, columns, 1e-3, x, nil, nil, &plain)
      unsafe ck_layer_norm_gradient(&execution, rows, columns, 1e-3, x, scale, dy, &dx)
      return [y, plain, dx]
    }

    /// Moments, output and input gradient of each column.
    func batchNorm(_ run: LinearRun) -> [[Float]] {
      var execution = unsafe run.execution
      var mean = unreadable(columns)
      var (rest, variance) = (mean, mean)
      unsafe ck_column_moments(&execution, rows, columns, x, &mean, &rest, &variance)
      let inverse = variance.map { 1 / ($0 + 1e-3).squareRoot() }
      var y = unreadable(x.count)
      var dx = y
      unsafe mean.withUnsafeBufferPointer { mean in
        unsafe rest.withUnsafeBufferPointer { rest in
          unsafe inverse.withUnsafeBufferPointer { inverse in
            unsafe scale.withUnsafeBufferPointer { scale in
              unsafe shift.withUnsafeBufferPointer { shift in
                var norm = unsafe ck_column_norm(
                  mean: mean.baseAddress, rest: rest.baseAddress, inverse: inverse.baseAddress,
                  scale: scale.baseAddress, shift: shift.baseAddress)
                unsafe ck_normalise_columns(&execution, rows, columns, &norm, x, &y)
                unsafe ck_batch_norm_gradient(&execution, rows, columns, &norm, x, dy, &dx)
              }
            }
          }
        }
      }
      return [mean, rest, variance, y, dx]
    }
  }

  static let shapes = [
    (1, 1), (2, 3), (3, 15), (5, 16), (4, 17), (7, 33), (6, 64), (9, 100), (40, 5), (3, 257),
  ]
  static let largeShapes = [(2_621, 101), (67, 4_001)]

  /// Mean and variance of some of the elements, in double precision.
  private func moments(_ values: [Float]) -> (mean: Double, variance: Double) {
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    let squares = values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (mean, squares / Double(values.count))
  }

  @Test(
    "Rows: output and gradient are those of double precision", arguments: InstructionSet.available)
  func rows(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 141)
    for (rows, columns) in Self.shapes {
      let problem = Problem(rows, columns, &generator)
      let results = problem.layerNorm(LinearRun(instructionSet: set, threads: 1))
      for row in 0..<rows {
        let places = Array(row * columns..<(row + 1) * columns)
        let (mean, variance) = moments(places.map { problem.x[$0] })
        let inverse = 1 / (variance + Double(Float(1e-3))).squareRoot()
        let z = places.map { (Double(problem.x[$0]) - mean) * inverse }
        let g = places.indices.map { Double(problem.dy[places[$0]]) * Double(problem.scale[$0]) }
        let meanOfG = g.reduce(0, +) / Double(columns)
        let slope = zip(g, z).reduce(0) { $0 + $1.0 * $1.1 } / Double(columns)
        for column in 0..<columns {
          let place = places[column]
          let y = z[column] * Double(problem.scale[column]) + Double(problem.shift[column])
          let dx = inverse * (g[column] - meanOfG - z[column] * slope)
          #expect((Double(results[0][place]) - y).magnitude < 2e-6, "\(rows)×\(columns)")
          #expect((Double(results[1][place]) - z[column]).magnitude < 2e-6)
          #expect((Double(results[2][place]) - dx).magnitude < 2e-6 * max(1, inverse))
        }
      }
    }
  }

  @Test(
    "Columns: moments, output and gradient are those of double precision",
    arguments: InstructionSet.available)
  func columns(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 142)
    for (rows, columns) in Self.shapes {
      let problem = Problem(rows, columns, &generator)
      let results = problem.batchNorm(LinearRun(instructionSet: set, threads: 1))
      for column in 0..<columns {
        let places = (0..<rows).map { $0 * columns + column }
        let (mean, variance) = moments(places.map { problem.x[$0] })
        #expect(
          (Double(results[0][column]) + Double(results[1][column]) - mean).magnitude < 1e-13)
        #expect((Double(results[2][column]) - variance).magnitude <= 2e-7 * variance)
        let inverse = 1 / (variance + Double(Float(1e-3))).squareRoot()
        let (scale, shift) = (Double(problem.scale[column]), Double(problem.shift[column]))
        let z = places.map { (Double(problem.x[$0]) - mean) * inverse }
        let dy = places.map { Double(problem.dy[$0]) }
        let meanOfDy = dy.reduce(0, +) / Double(rows)
        let slope = zip(dy, z).reduce(0) { $0 + $1.0 * $1.1 } / Double(rows)
        for row in 0..<rows {
          let dx = inverse * scale * (dy[row] - meanOfDy - z[row] * slope)
          #expect((Double(results[3][places[row]]) - z[row] * scale - shift).magnitude < 2e-6)
          #expect((Double(results[4][places[row]]) - dx).magnitude < 2e-6 * max(1, inverse))
        }
      }
    }
  }

  @Test("Every instruction set and thread count gives the same bits, special values among them too")
  func sameBits() {
    var generator = LinearGenerator(state: 143)
    for (rows, columns) in Self.shapes + Self.largeShapes {
      var problem = Problem(rows, columns, &generator)
      let special = (rows + columns) % 3 == 0
      if special { problem.x = mixedFloats(rows * columns, &generator) }
      let layerNorm = problem.layerNorm(.plain)
      let batchNorm = problem.batchNorm(.plain)
      for run in LinearRun.all {
        for (received, expected) in zip(problem.layerNorm(run), layerNorm) {
          #expect(firstBitDifference(received, expected) == nil, "\(run), \(rows)×\(columns)")
        }
        for (received, expected) in zip(problem.batchNorm(run), batchNorm) {
          #expect(firstBitDifference(received, expected) == nil, "\(run), \(rows)×\(columns)")
        }
      }
    }
  }

  @Test("Nothing outside the arrays is read or written", arguments: InstructionSet.available)
  func places(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 144)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for (rows, columns) in Self.shapes {
      let problem = Problem(rows, columns, &generator)
      let expected = problem.layerNorm(.plain)
      let moments = problem.batchNorm(.plain)
      var x = FencedFloats(problem.x)
      var y = FencedFloats(count: rows * columns)
      var mean = FencedFloats(count: columns)
      var rest = FencedFloats(count: columns)
      var variance = FencedFloats(count: columns)
      unsafe x.withPointer { x in
        unsafe y.withPointer { y in
          unsafe ck_layer_norm(
            &execution, rows, columns, 1e-3, x, problem.scale, problem.shift, y)
        }
        unsafe mean.withPointer { mean in
          unsafe rest.withPointer { rest in
            unsafe variance.withPointer { variance in
              unsafe ck_column_moments(&execution, rows, columns, x, mean, rest, variance)
            }
          }
        }
      }
      #expect(x.isIntact && y.isIntact && mean.isIntact && rest.isIntact && variance.isIntact)
      #expect(firstBitDifference(y.values, expected[0]) == nil, "\(rows)×\(columns)")
      #expect(firstBitDifference(mean.values, moments[0]) == nil, "\(rows)×\(columns)")
      #expect(firstBitDifference(variance.values, moments[2]) == nil, "\(rows)×\(columns)")
    }
  }
}
