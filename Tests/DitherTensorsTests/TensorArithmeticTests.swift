import DitherTensors
import Testing

/// An operation, and what it does to two numbers in plain Swift.
private typealias Operation = (
  name: String, onTensors: @Sendable (Tensor, Tensor) -> Tensor,
  onNumbers: @Sendable (Float, Float) -> Float
)

private let operations: [Operation] = [
  ("+", { $0 + $1 }, { $0 + $1 }),
  ("-", { $0 - $1 }, { $0 - $1 }),
  ("*", { $0 * $1 }, { $0 * $1 }),
  ("/", { $0 / $1 }, { $0 / $1 }),
  ("maximum", { Tensor.pointwiseMaximum($0, $1) }, { $0 > $1 ? $0 : $1 }),
  ("minimum", { Tensor.pointwiseMinimum($0, $1) }, { $0 < $1 ? $0 : $1 }),
  ("combining", { $0.combining($1) { $0 - 2 * $1 } }, { $0 - 2 * $1 }),
  (".<", { $0 .< $1 }, { $0 < $1 ? 1 : 0 }),
  (".<=", { $0 .<= $1 }, { $0 <= $1 ? 1 : 0 }),
  (".>", { $0 .> $1 }, { $0 > $1 ? 1 : 0 }),
  (".>=", { $0 .>= $1 }, { $0 >= $1 ? 1 : 0 }),
  (".==", { $0 .== $1 }, { $0 == $1 ? 1 : 0 }),
]

/// Index arithmetic of its own: the element of `tensor` that belongs at row r, column c of a matrix.
private func element(_ tensor: Tensor, _ row: Int, _ column: Int) -> Float {
  let columns = tensor.shape.last ?? 1
  let rows = tensor.shape.dropLast().reduce(1, *)
  return tensor.scalars[(rows == 1 ? 0 : row) * columns + (columns == 1 ? 0 : column)]
}

/// The same bits, or both NaN.
private func same(_ x: Float, _ y: Float) -> Bool {
  x.bitPattern == y.bitPattern || (x.isNaN && y.isNaN)
}

@Suite("Elementwise arithmetic")
struct TensorArithmeticTests {
  @Test(
    "Every operation agrees with plain Swift, with either operand the smaller",
    arguments: [[3, 5], [5], [1, 5], [3, 1], [1], [1, 1], []])
  func broadcasting(smaller: [Int]) {
    var x = TestNumbers.tensor([3, 5], seed: 2)
    var y = TestNumbers.tensor(smaller, seed: 3)
    x[0, 0] = 0
    y.withMutableSpan { $0[0] = -0.0 }  // an equal pair whose bits differ
    for (name, tensors, numbers) in operations {
      let forward = tensors(x, y)
      let backward = tensors(y, x)
      #expect(forward.shape == [3, 5])
      #expect(backward.shape == [3, 5])
      for row in 0..<3 {
        for column in 0..<5 {
          let (a, b) = (x[row, column], element(y, row, column))
          #expect(same(forward[row, column], numbers(a, b)), "\(name) at \(row), \(column)")
          #expect(
            same(backward[row, column], numbers(b, a)), "\(name) reversed at \(row), \(column)")
        }
      }
      let repeated = y.broadcast(to: [3, 5])
      #expect(tensors(x, repeated).isBitwiseEqual(to: forward))
      #expect(tensors(repeated, x).isBitwiseEqual(to: backward))
    }
  }

  @Test("Numbers stand on either side")
  func numbers() {
    let x = Tensor(rows: [[1, -2], [4, 0.5]])
    #expect((x + 2).scalars == [3, 0, 6, 2.5])
    #expect((x - 2).scalars == [-1, -4, 2, -1.5])
    #expect((x * 2).scalars == [2, -4, 8, 1])
    #expect((x / 2).scalars == [0.5, -1, 2, 0.25])
    #expect((2 + x).scalars == [3, 0, 6, 2.5])
    #expect((2 - x).scalars == [1, 4, -2, 1.5])
    #expect((2 * x).scalars == [2, -4, 8, 1])
    #expect((2 / x).scalars == [2, -1, 0.5, 4])
    #expect((-x).scalars == [-1, 2, -4, -0.5])
    #expect((x .> 0.5).scalars == [1, 0, 1, 0])
    #expect((x .>= 0.5).scalars == [1, 0, 1, 1])
    #expect((x .< 0.5).scalars == [0, 1, 0, 0])
    #expect((x .<= 0.5).scalars == [0, 1, 0, 1])
    #expect((x .== 4).scalars == [0, 0, 1, 0])
    #expect(x.clamped(to: -1...2).scalars == [1, -1, 2, 0.5])
    #expect(x.map { $0 * $0 }.scalars == [1, 4, 16, 0.25])
  }

  @Test("In place and not give the same bits")
  func inPlace() {
    let x = TestNumbers.tensor([7, 9], seed: 4)
    for y in [[7, 9], [9], [7, 1], [1], []].map({ TestNumbers.tensor($0, seed: 5) }) {
      var result = x
      result += y
      #expect(result.isBitwiseEqual(to: x + y))
      result = x
      result -= y
      #expect(result.isBitwiseEqual(to: x - y))
      result = x
      result *= y
      #expect(result.isBitwiseEqual(to: x * y))
      result = x
      result /= y
      #expect(result.isBitwiseEqual(to: x / y))
    }
    var result = x
    result += 3
    result -= 1
    result *= 5
    result /= 3
    #expect(result.isBitwiseEqual(to: ((x + 3) - 1) * 5 / 3))
    result = x
    result += result
    #expect(result.isBitwiseEqual(to: x * 2))
  }

  @Test("add(_:times:) rounds once an element")
  func fusedAdd() {
    let x = TestNumbers.tensor([1001], seed: 6)
    let y = TestNumbers.tensor([1001], seed: 7)
    var result = x
    result.add(y, times: 0.3)
    let expected = zip(x.scalars, y.scalars).map { $0.addingProduct(0.3, $1) }
    #expect(result.scalars == expected)
  }

  @Test("More than two axes: all but the last count as rows")
  func threeAxes() {
    let x = TestNumbers.tensor([2, 3, 4], seed: 8)
    let row = TestNumbers.tensor([4], seed: 9)
    let column = TestNumbers.tensor([2, 3, 1], seed: 10)
    let sum = x + row
    let product = x * column
    #expect(sum.shape == [2, 3, 4])
    for i in 0..<2 {
      for j in 0..<3 {
        for k in 0..<4 {
          #expect(sum[i, j, k] == x[i, j, k] + row[k])
          #expect(product[i, j, k] == x[i, j, k] * column[i, j, 0])
        }
      }
    }
  }

  @Test("NaN passes through maximum and minimum from either side")
  func nan() {
    let x = Tensor([.nan, 1, .infinity])
    let y = Tensor([1, .nan, -.infinity])
    let maximum = Tensor.pointwiseMaximum(x, y).scalars
    let minimum = Tensor.pointwiseMinimum(x, y).scalars
    #expect(maximum[0].isNaN && maximum[1].isNaN && maximum[2] == .infinity)
    #expect(minimum[0].isNaN && minimum[1].isNaN && minimum[2] == -.infinity)
  }

  @Test("Tensors without elements go through every operation", arguments: [[0], [0, 3], [3, 0]])
  func empty(shape: [Int]) {
    let x = Tensor(zeros: shape)
    for (name, tensors, _) in operations {
      for y in [x, Tensor(zeros: [shape.last!]), Tensor([1]), Tensor([1], shape: [])] {
        #expect(tensors(x, y).shape == shape, "\(name)")
        #expect(tensors(y, x).shape == shape, "\(name)")
      }
    }
    var result = x
    result += x
    result *= 2
    result.add(x, times: 2)
    result.fill(with: 1)
    #expect(result.count == 0)
    #expect((2 - x).scalars == [])
    #expect(x.map { $0 + 1 }.shape == shape)
    #expect((-x).exp().shape == shape)
  }
}
