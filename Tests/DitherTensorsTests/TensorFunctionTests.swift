import DitherTensors
import Foundation
import Testing

private typealias Function = (
  name: String, of: @Sendable (Tensor) -> Tensor, reference: @Sendable (Double) -> Double,
  low: Float, high: Float
)

private let functions: [Function] = [
  ("exp", { $0.exp() }, { exp($0) }, -20, 20),
  ("log", { $0.log() }, { log($0) }, 1e-6, 100),
  ("squareRoot", { $0.squareRoot() }, { $0.squareRoot() }, 0, 100),
  ("absolute", { $0.absolute() }, { abs($0) }, -5, 5),
  ("sin", { $0.sin() }, { sin($0) }, -50, 50),
  ("cos", { $0.cos() }, { cos($0) }, -50, 50),
  ("tan", { $0.tan() }, { tan($0) }, -1.5, 1.5),
  ("tanh", { $0.tanh() }, { tanh($0) }, -5, 5),
  ("erf", { $0.erf() }, { erf($0) }, -4, 4),
  ("relu", { $0.relu() }, { max($0, 0) }, -5, 5),
  ("sigmoid", { $0.sigmoid() }, { 1 / (1 + exp(-$0)) }, -20, 20),
  ("gelu", { $0.gelu() }, { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }, -4, 4),
  ("raised(to: 3)", { $0.raised(to: 3) }, { $0 * $0 * $0 }, -5, 5),
]

@Suite("Elementwise functions")
struct TensorFunctionTests {
  @Test(
    "Each function is the function of its name, to 1e-6 of the magnitude",
    arguments: functions.indices)
  func agreesWithDoublePrecision(index: Int) {
    let function = functions[index]
    let x = TestNumbers.tensor([37, 29], seed: 17, function.low, function.high)
    let y = function.of(x)
    #expect(y.shape == x.shape)
    for (argument, result) in zip(x.scalars, y.scalars) {
      let expected = function.reference(Double(argument))
      #expect(
        abs(Double(result) - expected) <= 1e-6 * max(1, abs(expected)),
        "\(function.name)(\(argument)) = \(result), expected \(expected)")
    }
  }

  @Test("The inverse normal inverts the normal distribution function")
  func inverseNormal() {
    let p = Tensor((1..<100).map { Float($0) / 100 })
    for (probability, z) in zip(p.scalars, p.inverseNormal().scalars) {
      #expect(abs(0.5 * erfc(-Double(z) / 2.0.squareRoot()) - Double(probability)) < 1e-6)
    }
    #expect(Tensor([0, 1]).inverseNormal().scalars == [-.infinity, .infinity])
  }

  @Test("Powers take their exponents from a tensor that fits")
  func powers() {
    let x = Tensor(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(x.raised(to: Tensor([0, 1, 2])).scalars == [1, 2, 9, 1, 5, 36])
    #expect(Tensor([2], shape: []).raised(to: x).scalars == [2, 4, 8, 16, 32, 64])
  }

  @Test("Softmax rows are probabilities in proportion to exp, at any magnitude")
  func softmax() {
    let x = Tensor(rows: [[0, 0, 0, 0], [1, 2, 3, 4], [1000, 1000, -1000, 999]])
    let y = x.softmax()
    #expect(y.rows(0..<1).scalars == [0.25, 0.25, 0.25, 0.25])
    for row in 0..<3 {
      #expect(abs(y.rows(row..<row + 1).sum() - 1) < 1e-6)
    }
    #expect(abs(y[1, 3] / y[1, 2] - Float(exp(1.0))) < 1e-5)
    #expect(y[2, 2] == 0)
    #expect(Tensor(zeros: [0, 3]).softmax().shape == [0, 3])
    #expect(Tensor(zeros: [3, 0]).softmax().shape == [3, 0])
  }
}
