import CKernels
import DitherRuntime
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Floats that end, or begin, where a page begins or ends that may not be touched. Sealed, they may only be read.
@safe struct GuardedFloats: ~Copyable {
  let mapping: UnsafeMutableRawPointer
  let size: Int
  let page: Int
  let start: UnsafeMutablePointer<Float>

  init(_ values: [Float], atEnd: Bool) {
    page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let bytes = values.count * 4
    let inside = (bytes + page - 1) / page * page
    size = inside + 2 * page
    #if canImport(Glibc)
      let flags = MAP_PRIVATE | MAP_ANONYMOUS
    #else
      let flags = MAP_PRIVATE | MAP_ANON
    #endif
    unsafe mapping = mmap(nil, size, PROT_NONE, flags, -1, 0)
    unsafe require(mprotect(mapping + page, inside, PROT_READ | PROT_WRITE) == 0, "mprotect failed")
    let offset = page + (atEnd ? inside - bytes : 0)
    unsafe start = (mapping + offset).assumingMemoryBound(to: Float.self)
    for (index, value) in values.enumerated() { unsafe start[index] = value }
  }

  func seal() { unsafe _ = mprotect(mapping + page, size - 2 * page, PROT_READ) }

  func values(_ count: Int) -> [Float] {
    unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }

  deinit { unsafe munmap(mapping, size) }
}

@Suite("The memory that the linear layer touches")
struct LinearMemoryTests {
  @Test("No byte outside the operands is read or written, and no operand but the output is written")
  func guardPages() async {
    await #expect(processExitsWith: .success) {
      var generator = LinearGenerator(state: 41)
      let sizes = [1, 2, 3, 5, 7, 8, 13, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 97, 127, 128, 130]
      for index in 0..<200 {
        var problem = LinearProblem(
          sizes.randomElement(using: &generator)!, sizes.randomElement(using: &generator)!,
          sizes.randomElement(using: &generator)!, &generator)
        let (batch, inputs, outputs) = (problem.batch, problem.inputs, problem.outputs)
        problem.accumulate = index % 4 < 2
        if index % 2 == 0 {
          problem.inputRules = unsafe LinearRules(rules: [LinearRuleCase.multiply.rule(key: 1)])
          problem.outputRules = unsafe LinearRules(rules: [LinearRuleCase.dropout.rule(key: 2)])
        }
        if index % 3 == 0 {
          problem.weightRules = unsafe LinearRules(rules: [LinearRuleCase.add.rule(key: 3)])
        }
        let run = LinearRun.all[index % LinearRun.all.count]
        var execution = unsafe run.execution
        for atEnd in [false, true] {
          let x = GuardedFloats(problem.x, atEnd: atEnd)
          let weight = GuardedFloats(problem.weight, atEnd: atEnd)
          let bias = GuardedFloats(problem.bias, atEnd: atEnd)
          let dy = GuardedFloats(problem.dy, atEnd: atEnd)
          let y = GuardedFloats(unreadable(batch * outputs), atEnd: atEnd)
          let dx = GuardedFloats(unreadable(batch * inputs), atEnd: atEnd)
          let dweight = GuardedFloats(
            problem.accumulate ? problem.dweight : unreadable(problem.dweight.count), atEnd: atEnd)
          let dbias = GuardedFloats(problem.dbias, atEnd: atEnd)
          let packedCount = unsafe ck_linear_packed_count(execution.kernels, inputs, outputs)
          let packed = GuardedFloats(unreadable(packedCount), atEnd: atEnd)
          x.seal()
          weight.seal()
          bias.seal()
          dy.seal()
          let plain = problem.withRulesApplied(run)
          unsafe problem.withLinear { linear in
            var linear = unsafe linear
            unsafe check(
              ck_linear_forward(
                &execution, &linear, x.start, weight.start, nil, bias.start, y.start))
            require(
              firstDifference(y.values(batch * outputs), problem.forward(run)) == nil,
              "forward: \(problem)")
            if unsafe problem.weightRules.rules.isEmpty {
              unsafe check(
                ck_linear_pack(&execution, inputs, outputs, weight.start, packed.start))
              packed.seal()
              unsafe check(
                ck_linear_forward(
                  &execution, &linear, x.start, nil, packed.start, bias.start, y.start))
              require(
                firstDifference(y.values(batch * outputs), problem.forward(run)) == nil,
                "forward, packed: \(problem)")
            }
            unsafe check(
              ck_linear_input_gradient(&execution, &linear, dy.start, weight.start, dx.start))
            require(
              firstDifference(dx.values(batch * inputs), problem.inputGradient(run)) == nil,
              "input gradient: \(problem)")
            unsafe check(
              ck_linear_weight_gradient(
                &execution, &linear, x.start, dy.start, problem.accumulate, dweight.start,
                dbias.start))
            require(
              firstDifference(
                dweight.values(outputs * inputs), plain.weightGradientProduct.chain()) == nil,
              "weight gradient: \(problem)")
            require(
              firstDifference(dbias.values(outputs), plain.biasGradientChain) == nil,
              "bias gradient: \(problem)")
          }
        }
      }
    }
  }

  @Test("No byte outside is touched by the general product either")
  func matmulGuardPages() async {
    await #expect(processExitsWith: .success) {
      var generator = LinearGenerator(state: 42)
      let sizes = [1, 2, 3, 5, 7, 8, 13, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 97, 127, 128, 130]
      for index in 0..<200 {
        var problem = MatmulProblem(
          m: sizes.randomElement(using: &generator)!, n: sizes.randomElement(using: &generator)!,
          k: sizes.randomElement(using: &generator)!)
        problem.transposeA = index & 1 != 0
        problem.transposeB = index & 2 != 0
        problem.accumulate = index & 4 != 0
        problem.fill(&generator)
        let run = LinearRun.all[index % LinearRun.all.count]
        var execution = unsafe run.execution
        for atEnd in [false, true] {
          let a = GuardedFloats(problem.a, atEnd: atEnd)
          let b = GuardedFloats(problem.b, atEnd: atEnd)
          let c = GuardedFloats(
            problem.accumulate ? problem.c : unreadable(problem.c.count), atEnd: atEnd)
          a.seal()
          b.seal()
          unsafe check(
            ck_matmul(
              &execution, problem.transposeA, problem.transposeB, problem.m, problem.n, problem.k,
              a.start, b.start, problem.accumulate, c.start))
          require(
            firstDifference(c.values(problem.c.count), problem.chain()) == nil,
            "\(problem) on \(run)")
        }
      }
    }
  }
}
