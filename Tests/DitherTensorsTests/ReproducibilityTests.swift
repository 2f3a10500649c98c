import DitherRuntime
import DitherTensors
import Testing

/// Large enough for several threads, and a multiple of no vector.
private let rows = 411
private let columns = 517

@Suite("The same bits on every instruction set and number of threads")
struct ReproducibilityTests {
  let x = TestNumbers.tensor([rows, columns], seed: 20)
  let y = TestNumbers.tensor([rows, columns], seed: 21)
  let row = TestNumbers.tensor([columns], seed: 22)
  let column = TestNumbers.tensor([rows, 1], seed: 23)

  @Test("Arithmetic, and it agrees with plain Swift")
  func arithmetic() {
    let sum = sameBitsEverywhere("+") { x + y }
    #expect(sum.isBitwiseEqual(to: x.combining(y) { $0 + $1 }))
    let difference = sameBitsEverywhere("- row") { x - row }
    #expect(difference.isBitwiseEqual(to: x.combining(row) { $0 - $1 }))
    let quotient = sameBitsEverywhere("/ column") { x / column }
    #expect(quotient.isBitwiseEqual(to: x.combining(column) { $0 / $1 }))
    let product = sameBitsEverywhere("* number") { x * 0.3 }
    #expect(product.isBitwiseEqual(to: x.map { $0 * 0.3 }))
    sameBitsEverywhere("maximum") { Tensor.pointwiseMaximum(x, y) }
    sameBitsEverywhere("minimum") { Tensor.pointwiseMinimum(x, row) }
    sameBitsEverywhere("raised") { x.absolute().raised(to: y) }
    sameBitsEverywhere("add, times") {
      var result = x
      result.add(y, times: 0.3)
      return result
    }
  }

  @Test("Functions")
  func functions() {
    sameBitsEverywhere("exp") { x.exp() }
    sameBitsEverywhere("log") { x.log() }
    sameBitsEverywhere("squareRoot") { x.squareRoot() }
    sameBitsEverywhere("sin") { x.sin() }
    sameBitsEverywhere("cos") { x.cos() }
    sameBitsEverywhere("tan") { x.tan() }
    sameBitsEverywhere("tanh") { x.tanh() }
    sameBitsEverywhere("erf") { x.erf() }
    sameBitsEverywhere("inverseNormal") { (x * 0.25 + 0.5).inverseNormal() }
    sameBitsEverywhere("relu") { x.relu() }
    sameBitsEverywhere("sigmoid") { x.sigmoid() }
    sameBitsEverywhere("gelu") { x.gelu() }
    sameBitsEverywhere("softmax") { x.softmax() }
    sameBitsEverywhere("negation and absolute") { (-x).absolute() }
  }

  @Test("Reductions")
  func reductions() {
    sameBitsEverywhere("sum") { Tensor([x.sum(), x.mean(), x.maximum(), x.minimum()]) }
    sameBitsEverywhere("sum of squares") {
      let bits = x.sumOfSquares().bitPattern
      return Tensor([Float(bits >> 44), Float(bits >> 22 & 0x3FFFFF), Float(bits & 0x3FFFFF)])
    }
    sameBitsEverywhere("columns") { x.sum(axis: 0) }
    sameBitsEverywhere("rows") { x.sum(axis: 1) }
    sameBitsEverywhere("maxima") { x.rowMaxima() }
    sameBitsEverywhere("indices") { Tensor(x.indicesOfRowMaxima().map(Float.init)) }
  }

  @Test("The matrix product")
  func matmul() {
    sameBitsEverywhere("matmul") { x.matmul(y, transposingOther: true) }
    sameBitsEverywhere("matmul, transposed") { x.matmul(y, transposingSelf: true) }
  }
}
