import DitherTensors
import Testing

@Suite("The matrix product")
struct TensorMatmulTests {
  @Test(
    "Each element is a chain of fused multiply-adds in ascending k",
    arguments: [[1, 1, 1], [2, 3, 4], [7, 65, 5], [6, 64, 1], [13, 1, 129], [40, 33, 70]])
  func chains(shape: [Int]) {
    let (m, n, k) = (shape[0], shape[1], shape[2])
    let a = TestNumbers.tensor([m, k], seed: 15)
    let b = TestNumbers.tensor([k, n], seed: 16)
    let product = a.matmul(b)
    #expect(product.shape == [m, n])
    for row in 0..<m {
      for column in 0..<n {
        var expected: Float = 0
        for index in 0..<k { expected = expected.addingProduct(a[row, index], b[index, column]) }
        #expect(product[row, column] == expected, "at \(row), \(column)")
      }
    }
    let (aT, bT) = (a.transposed(), b.transposed())
    #expect(aT.matmul(b, transposingSelf: true).isBitwiseEqual(to: product))
    #expect(a.matmul(bT, transposingOther: true).isBitwiseEqual(to: product))
    #expect(
      aT.matmul(bT, transposingSelf: true, transposingOther: true).isBitwiseEqual(to: product))
  }

  @Test("Lengths of zero give shapes without elements, or zeros")
  func empty() {
    #expect(Tensor(zeros: [0, 3]).matmul(Tensor(zeros: [3, 4])).shape == [0, 4])
    #expect(Tensor(zeros: [2, 3]).matmul(Tensor(zeros: [3, 0])).shape == [2, 0])
    #expect(Tensor(zeros: [2, 0]).matmul(Tensor(zeros: [0, 4])) == Tensor(zeros: [2, 4]))
  }

  @Test("Infinity and NaN go where arithmetic sends them")
  func specialValues() {
    let product = Tensor(rows: [[1, .infinity], [0, 1]]).matmul(
      Tensor(rows: [[1, .nan], [0, 2]]))
    #expect(product[0, 0].isNaN)  // ∞ · 0
    #expect(product[0, 1].isNaN)
    #expect(product[1, 0] == 0)
    #expect(product[1, 1].isNaN)
  }
}
