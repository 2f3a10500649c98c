import DitherTensors
import Testing

@Suite("Printing")
struct TensorDescriptionTests {
  @Test("Columns are aligned, with the decimals that are needed")
  func aligned() {
    #expect("\(Tensor([1, 2, 3]))" == "[1.0, 2.0, 3.0]")
    #expect(
      "\(Tensor(rows: [[0.5, -1.25], [10, 3]]))"
        == """
        [[ 0.50, -1.25],
         [10.00,  3.00]]
        """)
    #expect("\(Tensor([1.0 / 3, 2]))" == "[0.3333, 2.0000]")
    #expect("\(Tensor([-0.0, 0]))" == "[-0.0,  0.0]")
    #expect("\(Tensor([0.99999]))" == "[1.0]")
    #expect("\(Tensor([16_777_216, 0.5]))" == "[16777216.0,        0.5]")
  }

  @Test("Great and small magnitudes are written as powers of ten")
  func powersOfTen() {
    #expect("\(Tensor([1e-7, 2.5e-3]))" == "[1.0e-07, 2.5e-03]")
    #expect("\(Tensor([1e10, -1]))" == "[ 1.0e+10, -1.0e+00]")
    #expect("\(Tensor([0, 1e-30]))" == "[0.0e+00, 1.0e-30]")
    #expect("\(Tensor([0.00999999]))" == "[1.0e-02]")
    #expect(
      "\(Tensor([.greatestFiniteMagnitude, .leastNonzeroMagnitude]))"
        == "[3.4028e+38, 1.4013e-45]")
  }

  @Test("Not-a-number and infinities are named")
  func notFinite() {
    #expect("\(Tensor([.nan, .infinity, -.infinity, 1.5]))" == "[ nan,  inf, -inf,  1.5]")
    #expect("\(Tensor([.nan]))" == "[nan]")
  }

  @Test("Every rank has its brackets")
  func ranks() {
    #expect("\(Tensor([3], shape: []))" == "3.0")
    #expect(
      "\(Tensor([1, 2, 3, 4, 5, 6, 7, 8], shape: [2, 2, 2]))"
        == """
        [[[1.0, 2.0],
          [3.0, 4.0]],

         [[5.0, 6.0],
          [7.0, 8.0]]]
        """)
    #expect("\(Tensor(zeros: [0, 3]))" == "[] (shape [0, 3])")
  }

  @Test("A thousand elements are written in full, more only at the edges")
  func summarised() {
    let full = "\(Tensor(zeros: [1000]))"
    #expect(full.filter { $0 == "0" }.count == 2000)
    #expect(full.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(
      "\(Tensor((0..<1001).map(Float.init)))"
        == """
        [   0.0,    1.0,    2.0, …,  998.0,  999.0, 1000.0]
        (shape [1001])
        """)
    #expect(
      "\(Tensor((0..<1_000_000).map(Float.init), shape: [1000, 1000]))"
        == """
        [[     0.0,      1.0,      2.0, …,    997.0,    998.0,    999.0],
         [  1000.0,   1001.0,   1002.0, …,   1997.0,   1998.0,   1999.0],
         [  2000.0,   2001.0,   2002.0, …,   2997.0,   2998.0,   2999.0],
         …,
         [997000.0, 997001.0, 997002.0, …, 997997.0, 997998.0, 997999.0],
         [998000.0, 998001.0, 998002.0, …, 998997.0, 998998.0, 998999.0],
         [999000.0, 999001.0, 999002.0, …, 999997.0, 999998.0, 999999.0]]
        (shape [1000, 1000])
        """)
  }

  @Test("A long row is broken into lines")
  func longRow() {
    let lines = "\(Tensor((0..<64).map(Float.init), shape: [1, 64]))".split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("[[ 0.0,  1.0,"))
    #expect(lines[1].hasPrefix("  16.0, "))
    #expect(lines.allSatisfy { $0.count <= 100 })
  }
}
