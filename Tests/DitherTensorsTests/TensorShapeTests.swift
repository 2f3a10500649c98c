import DitherTensors
import Testing

@Suite("Shapes")
struct TensorShapeTests {
  @Test("Reshaping keeps the order of the elements, and one -1 becomes what the others leave")
  func reshaping() {
    let x = Tensor((0..<12).map(Float.init))
    let matrix = x.reshaped(to: [3, -1])
    #expect(matrix.shape == [3, 4])
    #expect(matrix.scalars == x.scalars)
    #expect(matrix.reshaped(to: [-1]) == x)
    #expect(matrix.reshaped(to: [2, 3, 2])[1, 2, 1] == 11)
    #expect(Tensor([5]).reshaped(to: []).item == 5)
    #expect(Tensor(zeros: [0, 4]).reshaped(to: [2, 0]).shape == [2, 0])
    #expect(Tensor(zeros: [0, 4]).reshaped(to: [-1, 4]).shape == [0, 4])
  }

  @Test("Rows are copied by range and by index, at any rank")
  func rows() {
    let x = Tensor((0..<24).map(Float.init), shape: [4, 3, 2])
    #expect(x.rows(1..<3) == Tensor((6..<18).map(Float.init), shape: [2, 3, 2]))
    #expect(x.rows(4..<4).shape == [0, 3, 2])
    #expect(x.rows(0..<4) == x)
    #expect(
      x.rows(at: [3, 0, 3]).scalars
        == [18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 18, 19, 20, 21, 22, 23])
    #expect(x.rows(at: []).shape == [0, 3, 2])
    #expect(Tensor([1, 2, 3]).rows(1..<3).scalars == [2, 3])
    #expect(Tensor(zeros: [3, 0]).rows(1..<2).shape == [1, 0])
  }

  @Test("Concatenating undoes a split into rows")
  func concatenating() {
    let x = TestNumbers.tensor([5, 3], seed: 18)
    let parts = [x.rows(0..<2), x.rows(2..<2), x.rows(2..<5)]
    #expect(Tensor(concatenating: parts).isBitwiseEqual(to: x))
  }

  @Test(
    "Transposing exchanges rows and columns",
    arguments: [[1, 1], [2, 3], [32, 32], [33, 65], [100, 1], [0, 4], [4, 0]])
  func transposing(shape: [Int]) {
    let x = TestNumbers.tensor(shape, seed: 19)
    let y = x.transposed()
    #expect(y.shape == [shape[1], shape[0]])
    for row in 0..<shape[0] {
      for column in 0..<shape[1] where y[column, row] != x[row, column] {
        Issue.record("differs at \(row), \(column)")
      }
    }
    #expect(y.transposed().isBitwiseEqual(to: x))
  }
}
