import DitherTensors
import Testing

@Suite("Reductions")
struct TensorReductionTests {
  @Test("Sums and means of small whole numbers are exact")
  func exactSums() {
    let x = Tensor((0..<24).map(Float.init), shape: [2, 3, 4])
    #expect(x.sum() == 276)
    #expect(x.mean() == 11.5)
    #expect(x.sumOfSquares() == 4324)
    #expect(
      x.sum(axis: 0)
        == Tensor([12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34], shape: [3, 4]))
    #expect(x.sum(axis: 1) == Tensor([12, 15, 18, 21, 48, 51, 54, 57], shape: [2, 4]))
    #expect(x.sum(axis: 2) == Tensor([6, 22, 38, 54, 70, 86], shape: [2, 3]))
    #expect(x.sum(axis: -1) == x.sum(axis: 2))
    #expect(x.sum(axis: -3) == x.sum(axis: 0))
    #expect(x.mean(axis: 2) == Tensor([1.5, 5.5, 9.5, 13.5, 17.5, 21.5], shape: [2, 3]))
    #expect(x.mean(axis: 0)[0, 0] == 6)
  }

  @Test("A sum down a column is one ascending chain", arguments: [1, 2, 16, 17, 100, 1000])
  func columnSums(rows: Int) {
    let x = TestNumbers.tensor([rows, 7], seed: 11)
    let sums = x.sum(axis: 0)
    for column in 0..<7 {
      var expected: Float = 0
      for row in 0..<rows { expected += x[row, column] }
      #expect(sums[column] == expected)
    }
  }

  @Test(
    "A sum along a row is sixteen chains, then a tree", arguments: [1, 2, 15, 16, 17, 33, 1000])
  func rowSums(columns: Int) {
    let x = TestNumbers.tensor([3, columns], seed: 12)
    let sums = x.sum(axis: 1)
    for row in 0..<3 {
      var chains = [Float](repeating: 0, count: 16)
      for column in 0..<columns { chains[column % 16] += x[row, column] }
      for half in [8, 4, 2, 1] {
        for lane in 0..<half { chains[lane] += chains[lane + half] }
      }
      #expect(sums[row] == chains[0])
    }
  }

  @Test("The sum of all elements is added in double precision")
  func doubleSum() {
    let x = TestNumbers.tensor([100_003], seed: 13)
    let exact = x.scalars.reduce(0.0) { $0 + Double($1) }
    let squares = x.scalars.reduce(0.0) { $0 + Double($1) * Double($1) }
    // 100,003 additions in double err by at most 1e5 · 2^-53 of the sum of magnitudes (1e5 at most): 1.2e-6.
    #expect(abs(Double(x.sum()) - exact) < 1.2e-6 + abs(exact) * 0x1p-24)
    #expect(abs(x.sumOfSquares() - squares) < 2e-6)
    #expect(Tensor([1e8, 1, -1e8]).sum() == 1)
  }

  @Test(
    "The greatest and the least of all elements, wherever they are, and NaN where one is",
    arguments: [1023, 1024, 1025, 2048, 40_000])
  func wholeMaximum(count: Int) {
    for place in [0, count / 2, count - 1] {
      var x = TestNumbers.tensor([count], seed: 14)
      x[place] = 3
      #expect(x.maximum() == 3)
      x[place] = -3
      #expect(x.minimum() == -3)
      x[place] = .nan
      #expect(x.maximum().isNaN && x.minimum().isNaN)
    }
  }

  @Test("Maxima, minima and their indices, against a search", arguments: [1, 2, 16, 17, 31, 257])
  func maxima(columns: Int) {
    let x = TestNumbers.tensor([9, columns], seed: 14)
    let rows = (0..<9).map { row in (0..<columns).map { x[row, $0] } }
    #expect(x.rowMaxima().scalars == rows.map { $0.max()! })
    #expect(x.indicesOfRowMaxima() == rows.map { $0.firstIndex(of: $0.max()!)! })
    #expect(x.maximum() == x.scalars.max())
    #expect(x.minimum() == x.scalars.min())
  }

  @Test("The first of equals wins, and NaN wins over all")
  func tiesAndNaN() {
    let x = Tensor(rows: [
      [1, 3, 3, 0], [0, 0, 0, 0], [1, .nan, 9, .nan], [.infinity, 1, .nan, 2],
    ])
    #expect(x.indicesOfRowMaxima() == [1, 0, 1, 2])
    let maxima = x.rowMaxima().scalars
    #expect(maxima[0] == 3 && maxima[1] == 0 && maxima[2].isNaN && maxima[3].isNaN)
    #expect(x.maximum().isNaN && x.minimum().isNaN)
    #expect(Tensor([-.infinity, -.infinity]).maximum() == -.infinity)
    #expect(Tensor([-.infinity, -.infinity]).indicesOfRowMaxima() == [0])
  }

  @Test("Sums over no elements are zeros")
  func empty() {
    #expect(Tensor(zeros: [0]).sum() == 0)
    #expect(Tensor(zeros: [0, 3]).sumOfSquares() == 0)
    #expect(Tensor(zeros: [0, 3]).sum(axis: 0) == Tensor(zeros: [3]))
    #expect(Tensor(zeros: [0, 3]).sum(axis: 1) == Tensor(zeros: [0]))
    #expect(Tensor(zeros: [3, 0]).sum(axis: 1) == Tensor(zeros: [3]))
    #expect(Tensor(zeros: [0, 3]).rowMaxima().shape == [0])
    #expect(Tensor(zeros: [0, 3]).indicesOfRowMaxima() == [])
  }
}
