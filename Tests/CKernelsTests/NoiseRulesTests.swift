import CKernels
import Testing

@Suite("Rules")
struct NoiseRulesTests {
  static let shapes = [(21, 10), (9, 32), (5, 33), (3, 200)]

  func check(_ problem: RulesProblem, _ index: Int) {
    for gradient in [false, true] {
      let expected = problem.expected(gradient: gradient)
      for offset in 0..<3 {
        let run = NoiseDrawsTests.run(index + 5 * offset)
        let received = problem.result(gradient: gradient, inPlace: offset == 1, run)
        let difference = firstDifference(received, expected)
        #expect(
          difference == nil,
          "\(problem.rows)×\(problem.columns), gradient: \(gradient), on \(run)")
      }
    }
  }

  @Test(
    "Each rule, and its gradient, is what it states, infinities and NaN included",
    arguments: RuleCase.all)
  func single(_ rule: RuleCase) {
    var generator = LinearGenerator(state: 3)
    for (index, shape) in Self.shapes.enumerated() {
      check(RulesProblem([rule], rows: shape.0, columns: shape.1, &generator), index)
    }
  }

  @Test("Several rules apply in order, and their gradients in the reverse order")
  func several() {
    var generator = LinearGenerator(state: 4)
    for index in 0..<40 {
      let shape = Self.shapes[index % Self.shapes.count]
      let rules = (0..<index % 4).map { _ in RuleCase.all.randomElement(using: &generator)! }
      check(RulesProblem(rules, rows: shape.0, columns: shape.1, &generator), index)
    }
  }

  @Test("Every instruction set and thread count gives the same bits, whole or by rows")
  func runs() {
    var generator = LinearGenerator(state: 6)
    let rules = [
      RuleCase(kind: CK_ADD), RuleCase(kind: CK_MULTIPLY, draw: .logNormal),
      RuleCase(kind: CK_DROPOUT, probability: 0.2),
      RuleCase(kind: CK_REPLACE, draw: .saltAndPepper, probability: 1),
    ]
    for (rows, columns) in [(6000, 10), (300, 257), (3, 20000)] {
      let problem = RulesProblem(rules, rows: rows, columns: columns, &generator)
      for gradient in [false, true] {
        let whole = problem.result(gradient: gradient, inPlace: false, .plain)
        for run in LinearRun.all {
          let received = problem.result(gradient: gradient, inPlace: true, run)
          #expect(firstDifference(received, whole) == nil, "\(rows)×\(columns) on \(run)")
        }
        var parts: [Float] = []
        for bounds in [(0, 1), (1, rows / 3), (rows / 3, rows)] where bounds.0 < bounds.1 {
          var part = problem
          part.row += UInt32(bounds.0)
          part.rows = bounds.1 - bounds.0
          part.x = Array(problem.x[bounds.0 * columns..<bounds.1 * columns])
          parts += part.result(gradient: gradient, inPlace: false, .plain)
        }
        #expect(firstDifference(parts, whole) == nil, "\(rows)×\(columns) by rows")
      }
    }
  }

  @Test("No rules copy, and an addition's gradient copies")
  func copies() {
    var generator = LinearGenerator(state: 9)
    for (rows, columns) in Self.shapes {
      let none = RulesProblem([], rows: rows, columns: columns, &generator)
      let sum = RulesProblem([RuleCase(kind: CK_ADD)], rows: rows, columns: columns, &generator)
      for run in LinearRun.all {
        for gradient in [false, true] {
          #expect(sameBits(none.result(gradient: gradient, inPlace: false, run), none.x))
        }
        #expect(sameBits(sum.result(gradient: true, inPlace: false, run), sum.x))
      }
    }
  }
}
