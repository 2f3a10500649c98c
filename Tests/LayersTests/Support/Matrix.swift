import DitherTensors
import NoiseDistributions

/// A matrix in double precision with the plainest operations: what layers are compared with.
struct Matrix {
  var rows: Int
  var columns: Int
  var values: [Double]

  init(rows: Int, columns: Int, _ value: (_ row: Int, _ column: Int) -> Double) {
    self.rows = rows
    self.columns = columns
    values = []
    for row in 0..<rows { for column in 0..<columns { values.append(value(row, column)) } }
  }

  /// A vector becomes one row.
  init(_ tensor: Tensor) {
    rows = tensor.rank == 1 ? 1 : tensor.shape[0]
    columns = tensor.shape.last!
    values = tensor.scalars.map(Double.init)
  }

  subscript(row: Int, column: Int) -> Double { values[row * columns + column] }

  /// self · otherᵀ.
  func timesTransposed(_ other: Matrix) -> Matrix {
    Matrix(rows: rows, columns: other.rows) { row, column in
      (0..<columns).reduce(0) { $0 + self[row, $1] * other[column, $1] }
    }
  }

  /// Element by element.
  func times(_ other: Matrix) -> Matrix {
    Matrix(rows: rows, columns: columns) { self[$0, $1] * other[$0, $1] }
  }

  func map(_ transform: (Double) -> Double) -> Matrix {
    var result = self
    result.values = values.map(transform)
    return result
  }

  /// A column as a row.
  var asRow: Matrix { Matrix(rows: columns, columns: rows) { self[$1, $0] } }

  static func + (left: Matrix, right: Matrix) -> Matrix {
    Matrix(rows: left.rows, columns: left.columns) { row, column in
      left[row, column] + right[right.rows == 1 ? 0 : row, column]
    }
  }

  static func * (factor: Double, matrix: Matrix) -> Matrix { matrix.map { factor * $0 } }

  /// Σ over elements of the products.
  func dot(_ other: Matrix) -> Double { zip(values, other.values).reduce(0) { $0 + $1.0 * $1.1 } }

  var norm: Double { dot(self).squareRoot() }
}

/// Standard normal numbers, a function of shape and seed.
func gaussians(_ shape: [Int], seed: UInt64, scale: Float = 1) -> Tensor {
  let columns = shape.last ?? 1
  let rows = shape.dropLast().reduce(1, *)
  let draws = NoiseStream(seed: seed).in(.evaluation).draws(
    from: Gaussian(standardDeviation: scale), site: "tests", rows: rows, columns: columns)
  return Tensor(draws, shape: shape)
}

func bits(_ tensor: Tensor) -> [UInt32] { tensor.scalars.map(\.bitPattern) }
