import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Softmax and cross-entropy")
struct LossesTests {
  struct Rows {
    var rows: Int
    var columns: Int
    var logits: [Float]
    var labels: [Int]

    /// Logits of magnitudes up to `scale`.
    init(_ rows: Int, _ columns: Int, scale: Float, _ generator: inout LinearGenerator) {
      self.rows = rows
      self.columns = columns
      logits = generator.values(rows * columns).map { $0 * scale }
      labels = (0..<rows).map { _ in Int(generator.next() % UInt64(columns)) }
    }

    func softmax(_ run: LinearRun) -> [Float] {
      var y = unreadable(logits.count)
      var execution = unsafe run.execution
      unsafe ck_softmax(&execution, rows, columns, logits, &y)
      return y
    }

    func crossEntropy(scale: Float, _ run: LinearRun) -> (losses: [Float], gradient: [Float]) {
      var losses = unreadable(rows)
      var gradient = unreadable(logits.count)
      var execution = unsafe run.execution
      unsafe ck_softmax_cross_entropy(
        &execution, rows, columns, logits, labels, scale, &losses, &gradient)
      return (losses, gradient)
    }

    /// A row's probabilities and log Σ exp, in double.
    func reference(_ row: Int) -> (probabilities: [Double], logSum: Double) {
      let x = logits[row * columns..<(row + 1) * columns].map { Double($0) }
      let greatest = x.max()!
      let exponentials = x.map { exp($0 - greatest) }
      let sum = exponentials.reduce(0, +)
      return (exponentials.map { $0 / sum }, greatest + log(sum))
    }
  }

  static let shapes = [
    (1, 1), (3, 2), (5, 10), (4, 15), (4, 16), (3, 17), (2, 33), (6, 64), (2, 1000),
  ]

  /// x - greatest is off by half a unit of itself, at most 40·6e-8 here; e^x, the sum and the quotient by a few of 6e-8.
  @Test(
    "Softmax is that of double precision to a relative 3e-6", arguments: InstructionSet.available)
  func softmax(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 101)
    let run = LinearRun(instructionSet: set, threads: 1)
    for (rows, columns) in Self.shapes {
      let problem = Rows(rows, columns, scale: 20, &generator)
      let y = problem.softmax(run)
      for row in 0..<rows {
        let exact = problem.reference(row).probabilities
        let outside = exact.indices.first {
          !((Double(y[row * columns + $0]) - exact[$0]).magnitude <= 3e-6 * exact[$0])
        }
        #expect(outside == nil, "row \(row) of \(rows)×\(columns), column \(outside ?? 0)")
      }
    }
  }

  @Test("Loss and gradient are those of double precision", arguments: InstructionSet.available)
  func crossEntropy(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 102)
    let run = LinearRun(instructionSet: set, threads: 1)
    for (rows, columns) in Self.shapes {
      let problem = Rows(rows, columns, scale: 20, &generator)
      let (losses, gradient) = problem.crossEntropy(scale: 0.25, run)
      for row in 0..<rows {
        let exact = problem.reference(row)
        let label = Int(problem.labels[row])
        let loss = exact.logSum - Double(problem.logits[row * columns + label])
        #expect(
          (Double(losses[row]) - loss).magnitude <= 1e-6 * (1 + loss),
          "row \(row) of \(rows)×\(columns)")
        for column in 0..<columns {
          let slope = 0.25 * (exact.probabilities[column] - (column == label ? 1 : 0))
          let error = (Double(gradient[row * columns + column]) - slope).magnitude
          #expect(
            error <= 0.25 * 3e-6 * max(exact.probabilities[column], column == label ? 0.1 : 0))
        }
      }
    }
  }

  @Test("Logits of any size neither overflow nor lose the loss")
  func extremeLogits() {
    var generator = LinearGenerator(state: 103)
    var problem = Rows(3, 4, scale: 1, &generator)
    problem.logits = [1e30, -1e30, 0, 5, 1000, 1001, 999, -1000, -3e38, -3e38, -3e38, -3e38]
    problem.labels = [0, 1, 2]
    let (losses, gradient) = problem.crossEntropy(scale: 1, .plain)
    #expect(losses[0] == 0)
    #expect(abs(losses[1] - 0.407606) < 1e-6)
    #expect(abs(losses[2] - 1.3862944) < 1e-6)
    #expect(gradient[0..<4] == [0, 0, 0, 0])
    #expect(gradient[8...] == [0.25, 0.25, -0.75, 0.25])
  }

  @Test(
    "A NaN or +inf makes its row NaN and no other; -inf has probability 0",
    arguments: InstructionSet.available)
  func specialRows(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 104)
    let run = LinearRun(instructionSet: set, threads: 1)
    for columns in [3, 16, 19, 40] {
      var problem = Rows(6, columns, scale: 1, &generator)
      problem.logits[1 * columns + 1] = .nan
      problem.logits[2 * columns + columns - 1] = .infinity
      problem.logits[3 * columns + 2] = -.infinity
      problem.labels[3] = 0
      for column in 0..<columns { problem.logits[4 * columns + column] = -.infinity }
      let (losses, gradient) = problem.crossEntropy(scale: 1, run)
      let softmax = problem.softmax(run)
      for row in 0..<6 {
        let broken = [1, 2, 4].contains(row)
        #expect((losses[row].bitPattern == quietNaN) == broken, "row \(row)")
        for place in row * columns..<(row + 1) * columns {
          #expect((gradient[place].bitPattern == quietNaN) == broken)
          #expect((softmax[place].bitPattern == quietNaN) == broken)
          #expect(broken || (softmax[place] >= 0 && softmax[place] <= 1))
        }
      }
      #expect(softmax[3 * columns + 2] == 0 && gradient[3 * columns + 2] == 0)
      problem.labels[3] = 2
      #expect(problem.crossEntropy(scale: 1, run).losses[3] == .infinity)
    }
  }

  @Test("Every instruction set and thread count gives the same bits")
  func sameBits() {
    var generator = LinearGenerator(state: 105)
    for (rows, columns) in [(1_500, 10), (400, 100), (9, 4_099)] {
      let problem = Rows(rows, columns, scale: 8, &generator)
      let softmax = problem.softmax(.plain)
      let entropy = problem.crossEntropy(scale: 1 / Float(rows), .plain)
      for run in LinearRun.all {
        #expect(firstBitDifference(problem.softmax(run), softmax) == nil, "\(run)")
        let received = problem.crossEntropy(scale: 1 / Float(rows), run)
        #expect(firstBitDifference(received.losses, entropy.losses) == nil, "\(run)")
        #expect(firstBitDifference(received.gradient, entropy.gradient) == nil, "\(run)")
      }
    }
  }

  @Test(
    "The gradient may be left out, or take the logits' place; nothing outside is written",
    arguments: InstructionSet.available)
  func placesInMemory(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 106)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for (rows, columns) in Self.shapes {
      let problem = Rows(rows, columns, scale: 3, &generator)
      let expected = problem.crossEntropy(scale: 2, .plain)
      var x = FencedFloats(problem.logits)
      var losses = FencedFloats(count: rows)
      unsafe x.withPointer { x in
        unsafe losses.withPointer { losses in
          unsafe ck_softmax_cross_entropy(
            &execution, rows, columns, x, problem.labels, 2, losses, nil)
        }
      }
      #expect(losses.isIntact && x.isIntact && x.values == problem.logits)
      #expect(firstBitDifference(losses.values, expected.losses) == nil)
      losses = FencedFloats(count: rows)
      unsafe x.withPointer { x in
        unsafe losses.withPointer { losses in
          unsafe ck_softmax_cross_entropy(
            &execution, rows, columns, x, problem.labels, 2, losses, x)
        }
      }
      #expect(losses.isIntact && x.isIntact)
      #expect(firstBitDifference(losses.values, expected.losses) == nil)
      #expect(firstBitDifference(x.values, expected.gradient) == nil)
      x = FencedFloats(problem.logits)
      unsafe x.withPointer { unsafe ck_softmax(&execution, rows, columns, $0, $0) }
      #expect(x.isIntact && firstBitDifference(x.values, problem.softmax(.plain)) == nil)
    }
  }
}
