import CKernels
import DitherRuntime
import Testing

@Suite("Kernels of RMSprop, Adagrad, Lion, averages and a step aside")
struct OptimizerAdaptiveTests {
  @Test("Each is its formula in double precision, and leaves the gradient")
  func formula() {
    for update in AdaptiveUpdate.allCases {
      var generator = LinearGenerator(state: 121)
      let before = AdaptiveMemory(1000, &generator)
      var after = before
      update.run(&after, .plain)
      #expect(after.gradient == before.gradient)
      for i in 0..<1000 {
        let expected = update.formula(
          Double(before.weight[i]), Double(before.gradient[i]), Double(before.square[i]),
          Double(before.mean[i]), Double(before.velocity[i]))
        let received = [after.weight[i], after.square[i], after.mean[i], after.velocity[i]]
        for (received, expected) in zip(received, expected) {
          let tolerance = 2e-6 * (1 + abs(expected))
          #expect(abs(Double(received) - expected) <= tolerance, "\(update), element \(i)")
        }
      }
    }
  }

  @Test("Every instruction set and thread count gives the same bits", arguments: LinearRun.all)
  func sameBits(_ run: LinearRun) {
    var generator = LinearGenerator(state: 122)
    let start = AdaptiveMemory(131_077, &generator)
    for update in AdaptiveUpdate.allCases {
      var expected = start
      update.run(&expected, .plain)
      var received = start
      update.run(&received, run)
      #expect(received.difference(from: expected) == nil, "\(update)")
    }
  }

  @Test(
    "Nothing outside the arrays is written or matters, at any length",
    arguments: InstructionSet.available)
  func canaries(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 123)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for count in edgeLengths {
      let start = AdaptiveMemory(count, &generator)
      for update in AdaptiveUpdate.allCases {
        var expected = start
        update.run(&expected, .plain)
        var weight = FencedFloats(start.weight)
        var gradient = FencedFloats(start.gradient)
        var square = FencedFloats(start.square)
        var mean = FencedFloats(start.mean)
        var velocity = FencedFloats(start.velocity)
        unsafe weight.withPointer { weight in
          unsafe gradient.withPointer { gradient in
            unsafe square.withPointer { square in
              unsafe mean.withPointer { mean in
                unsafe velocity.withPointer { velocity in
                  unsafe update.run(&execution, count, weight, gradient, square, mean, velocity)
                }
              }
            }
          }
        }
        let all = [weight, gradient, square, mean, velocity]
        for (received, values) in zip(all, expected.all) {
          #expect(received.isIntact && firstDifference(received.values, values) == nil)
        }
      }
    }
  }

  @Test("A variance that rounding made negative counts as 0; what is not a number stays so")
  func variance() {
    var generator = LinearGenerator(state: 124)
    var memory = AdaptiveMemory(19, &generator)
    memory.weight = [Float](repeating: 2, count: 19)
    memory.gradient = [Float](repeating: 1, count: 19)
    memory.square = [Float](repeating: 0, count: 19)
    memory.mean = [Float](repeating: 1, count: 19)
    memory.gradient[18] = .nan
    AdaptiveUpdate.rmspropCentered.run(&memory, .plain)
    let expected = 2 - AdaptiveUpdate.rate / AdaptiveUpdate.epsilon
    #expect(memory.weight[..<18].allSatisfy { abs(Double($0) - expected) < 1e-5 })
    #expect(memory.weight[18].isNaN)
  }

  @Test("The sign of 0 is 0, and that of what is not a number is none")
  func sign() {
    var generator = LinearGenerator(state: 125)
    var memory = AdaptiveMemory(17, &generator)
    memory.mean = [Float](repeating: 0, count: 17)
    memory.gradient = [Float](repeating: 0, count: 17)
    memory.gradient[16] = .nan
    let before = memory.weight
    AdaptiveUpdate.lion.run(&memory, .plain)
    #expect(memory.weight[..<16] == before[..<16] && memory.weight[16].isNaN)
  }

  @Test("What is left out is not computed: an infinite weight stays one")
  func infiniteWeight() {
    for update in [AdaptiveUpdate.rmsprop, .adagrad, .lion] {
      for place in [0, 18] {
        var generator = LinearGenerator(state: 126)
        var memory = AdaptiveMemory(19, &generator)
        memory.weight[place] = .infinity
        update.run(&memory, .plain)
        #expect(memory.weight[place] == .infinity, "\(update)")
      }
    }
  }
}
