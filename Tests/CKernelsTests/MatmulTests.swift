import CKernels
import DitherRuntime
import Testing

@Suite("Matrix products")
struct MatmulTests {
  /// Where tiles, vectors, panels, strips and blocks of k end, on any instruction set; and primes.
  static let edges = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 15, 16, 17, 23, 31, 32, 33, 47, 48, 49, 63, 64, 65, 95,
    96, 97, 127, 128,
    129, 191, 193, 255, 257, 509, 511, 512, 513, 521, 1025,
  ]

  /// A rounding error of at most u = 2^-24 relative at each of k steps: |error| <= k·u/(1 - k·u)·(|start| + Σ|a||b|)
  /// (Higham 2002, §3.1). One step more covers the reference's own rounding and the denominator, for k <= 4096.
  @Test("520 products of random shapes are within the error bound of a chain")
  func errorBound() throws {
    var generator = LinearGenerator(state: 11)
    var count = 0
    while count < 520 {
      var problem = MatmulProblem(
        m: Self.edges.randomElement(using: &generator)!,
        n: Self.edges.randomElement(using: &generator)!,
        k: Self.edges.randomElement(using: &generator)!)
      if problem.m * problem.n * problem.k > 100_000 { continue }
      problem.transposeA = .random(using: &generator)
      problem.transposeB = .random(using: &generator)
      problem.accumulate = .random(using: &generator)
      problem.fill(&generator)
      let run = LinearRun.all[count % LinearRun.all.count]
      let result = problem.result(run)
      let reference = problem.reference()
      let unit = Double(problem.k + 1) * 0x1p-24
      let outside = result.indices.first {
        !((Double(result[$0]) - reference.values[$0]).magnitude <= unit * reference.magnitudes[$0])
      }
      #expect(outside == nil, "\(problem) on \(run), element \(outside ?? 0)")
      count += 1
    }
  }

  @Test(
    "Each element is one chain of fused multiply-adds in ascending k, wherever tiles and blocks end"
  )
  func oneChain() {
    var generator = LinearGenerator(state: 12)
    var shapes = Self.edges.filter { $0 <= 193 }.flatMap { edge in
      [(edge, 7, 5), (7, edge, 5), (edge, 65, 3), (2, edge, 17)]
    }
    shapes += Self.edges.flatMap { edge in [(7, 17, edge), (1, 70, edge), (13, 3, edge)] }
    shapes += [(130, 129, 513), (97, 66, 1030), (250, 20, 300), (20, 600, 90)]
    // Read in place, with a part of a vector at the end of as many panels as there can be; each in four ways.
    shapes += [(5, 511, 40), (5, 1021, 40), (3, 511, 40)].flatMap { Array(repeating: $0, count: 4) }
    // Every k that is short, by rows and by columns, in several groups; rows of b that lie 2 KB apart. Each in four ways.
    shapes += (1...17).flatMap { k in [(35, 512, k), (5, 512, k)] }
      .flatMap { Array(repeating: $0, count: 4) }
    for (index, shape) in shapes.enumerated() {
      var problem = MatmulProblem(m: shape.0, n: shape.1, k: shape.2)
      problem.transposeA = index & 1 != 0
      problem.transposeB = index & 2 != 0
      problem.accumulate = index % 3 == 0
      problem.fill(&generator)
      let expected = problem.chain()
      for set in InstructionSet.available {
        let run = LinearRun(instructionSet: set, threads: 1 + index % 3)
        let difference = firstDifference(problem.result(run), expected)
        #expect(difference == nil, "\(problem) on \(run)")
      }
    }
  }

  @Test("Instruction sets and thread counts do not show", arguments: [false, true], [false, true])
  func sameBits(transposeA: Bool, transposeB: Bool) {
    var generator = LinearGenerator(state: 13)
    // Large enough for seven threads to be started, tall, wide, and with more rows than one prepared block.
    for (m, n, k) in [
      (210, 170, 130), (1000, 10, 120), (9, 1300, 210), (1, 2000, 700), (3200, 17, 33),
    ] {
      var problem = MatmulProblem(m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB)
      problem.accumulate = m % 4 == 0
      problem.fill(&generator)
      let expected = problem.chain()
      for run in LinearRun.all {
        let difference = firstDifference(problem.result(run), expected)
        #expect(difference == nil, "\(problem) on \(run)")
      }
    }
  }

  @Test("Without terms a product is 0, or what was stored")
  func emptySum() {
    var problem = MatmulProblem(m: 9, n: 70, k: 0)
    problem.c = [Float](repeating: 3, count: 630)
    for run in LinearRun.all {
      problem.accumulate = false
      #expect(problem.result(run) == [Float](repeating: 0, count: 630))
      problem.accumulate = true
      #expect(problem.result(run) == problem.c)
    }
  }

  @Test("NaN and infinity reach exactly the elements that IEEE arithmetic gives them to")
  func specialValues() {
    var generator = LinearGenerator(state: 14)
    for special in [Float.nan, .infinity, -.infinity] {
      for index in 0..<25 {
        // The last one is cut into blocks of k, and into shares of two threads.
        var problem = MatmulProblem(m: 13, n: 71, k: index < 24 ? 9 + index : 2100)
        problem.transposeA = index & 1 != 0
        problem.transposeB = index & 2 != 0
        problem.accumulate = index & 4 != 0
        problem.fill(&generator)
        problem.a[Int.random(in: problem.a.indices, using: &generator)] = special
        problem.b[Int.random(in: problem.b.indices, using: &generator)] = special
        problem.b[Int.random(in: problem.b.indices, using: &generator)] = 0
        problem.a[Int.random(in: problem.a.indices, using: &generator)] = .greatestFiniteMagnitude
        problem.c[Int.random(in: problem.c.indices, using: &generator)] = special
        let expected = problem.chain()
        for set in InstructionSet.available {
          let run = LinearRun(instructionSet: set, threads: index < 24 ? 1 : 2)
          let difference = firstDifference(problem.result(run), expected)
          #expect(difference == nil, "\(problem) with \(special) on \(run)")
        }
      }
    }
  }
}
