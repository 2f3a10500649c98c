import CKernels
import DitherRuntime
import Testing

/// A parameter as a kernel sees it.
private struct State: Equatable {
  var weight: [Float]
  var gradient: [Float]
  var first: [Float]
  var second: [Float]

  init(_ count: Int, _ generator: inout LinearGenerator) {
    weight = generator.values(count)
    gradient = generator.values(count)
    first = generator.values(count)
    second = generator.values(count).map { $0 * $0 }
  }

  func difference(from other: State) -> String? {
    firstDifference(weight, other.weight) ?? firstDifference(gradient, other.gradient)
      ?? firstDifference(first, other.first) ?? firstDifference(second, other.second)
  }

  mutating func update(_ sgd: ck_sgd, _ run: LinearRun) {
    var execution = unsafe run.execution
    var sgd = sgd
    let count = weight.count
    if sgd.momentum == 0 {
      unsafe ck_sgd_update(&execution, &sgd, count, &weight, &gradient, nil)
    } else {
      unsafe ck_sgd_update(&execution, &sgd, count, &weight, &gradient, &first)
    }
  }

  mutating func update(_ adam: ck_adam, _ run: LinearRun) {
    var execution = unsafe run.execution
    var adam = adam
    unsafe ck_adam_update(&execution, &adam, weight.count, &weight, &gradient, &first, &second)
  }
}

@Suite("Optimizer kernels")
struct OptimizerKernelsTests {
  static let sgds = [
    sgd(), sgd(decay: 0.1), sgd(scale: 0.25), sgd(momentum: 0.9), sgd(momentum: 0.9, first: true),
    sgd(momentum: 0.9, decay: 0.01, nesterov: true),
    sgd(momentum: 0.5, decay: 0.2, scale: 3, nesterov: true, first: true),
  ]

  static func sgd(
    momentum: Double = 0, decay: Double = 0, scale: Float = 1, nesterov: Bool = false,
    first: Bool = false
  ) -> ck_sgd {
    ck_sgd(
      learning_rate: 0.05, momentum: momentum, weight_decay: decay, gradient_scale: scale,
      nesterov: nesterov, first: first)
  }

  static let adams = [
    adam(step: 1), adam(step: 1000), adam(step: 3, decay: 0.1),
    adam(step: 3, decay: 0.1, decoupled: true),
    adam(step: 2, beta1: 0.2, scale: 0.5), adam(step: 2, beta1: 0, beta2: 0),
  ]

  static func adam(
    step: Int, beta1: Double = 0.9, beta2: Double = 0.999, decay: Double = 0, scale: Float = 1,
    decoupled: Bool = false
  ) -> ck_adam {
    var powers = (1.0, 1.0)
    for _ in 0..<step { powers = (powers.0 * beta1, powers.1 * beta2) }
    return ck_adam(
      learning_rate: 0.01, beta1: beta1, beta2: beta2, epsilon: 1e-8, weight_decay: decay,
      correction1: 1 - powers.0, correction2: 1 - powers.1, gradient_scale: scale,
      decoupled: decoupled)
  }

  /// One step leaves 3 to 5 roundings of numbers below 4.
  @Test("SGD is its formula in double precision", arguments: sgds.indices)
  func sgdFormula(_ index: Int) {
    let sgd = Self.sgds[index]
    var generator = LinearGenerator(state: 111)
    let before = State(1000, &generator)
    var after = before
    after.update(sgd, .plain)
    for i in 0..<1000 {
      let w = Double(before.weight[i])
      var g = Double(before.gradient[i]) * Double(sgd.gradient_scale) + sgd.weight_decay * w
      if sgd.momentum != 0 {
        let velocity = sgd.first ? g : sgd.momentum * Double(before.first[i]) + g
        #expect((Double(after.first[i]) - velocity).magnitude < 1e-6)
        g = sgd.nesterov ? g + sgd.momentum * velocity : velocity
      }
      #expect((Double(after.weight[i]) - (w - sgd.learning_rate * g)).magnitude < 2e-7)
    }
    #expect(after.gradient == before.gradient)
    #expect(sgd.momentum != 0 || after.first == before.first)
  }

  @Test(
    "Adam and AdamW are their formulas in double precision",
    arguments: adams.indices)
  func adamFormula(_ index: Int) {
    let adam = Self.adams[index]
    var generator = LinearGenerator(state: 112)
    let before = State(1000, &generator)
    var after = before
    after.update(adam, .plain)
    let (beta1, beta2, rate) = (adam.beta1, adam.beta2, adam.learning_rate)
    let decay = adam.weight_decay
    for i in 0..<1000 {
      var w = Double(before.weight[i])
      var g = Double(before.gradient[i]) * Double(adam.gradient_scale)
      if adam.decoupled { w *= 1 - rate * decay } else { g += decay * w }
      let mean = beta1 * Double(before.first[i]) + (1 - beta1) * g
      let square = beta2 * Double(before.second[i]) + (1 - beta2) * g * g
      #expect((Double(after.first[i]) - mean).magnitude < 4e-7)
      #expect((Double(after.second[i]) - square).magnitude < 4e-7)
      let root = (square / adam.correction2).squareRoot() + adam.epsilon
      let change = rate * mean / adam.correction1 / root
      let tolerance = 2e-7 + 2e-6 * change.magnitude + 2e-7 * rate / adam.correction1 / root
      #expect((Double(after.weight[i]) - (w - change)).magnitude < tolerance)
    }
    #expect(after.gradient == before.gradient)
  }

  @Test("The first step of SGD does not read the velocity; without momentum there is none")
  func firstStep() {
    var generator = LinearGenerator(state: 113)
    var state = State(100, &generator)
    let gradient = state.gradient
    state.first = unreadable(100)
    state.update(Self.sgd(momentum: 0.9, first: true), .plain)
    #expect(state.first == gradient)
  }

  @Test("What is left out is not computed: an infinite weight stays one")
  func infiniteWeight() {
    var generator = LinearGenerator(state: 114)
    for place in [0, 18] {
      var state = State(19, &generator)
      state.weight[place] = .infinity
      state.update(Self.sgd(), .plain)
      #expect(state.weight[place] == .infinity)
      state.update(Self.adam(step: 1), .plain)
      #expect(state.weight[place] == .infinity)
    }
  }

  @Test("Every instruction set and thread count gives the same bits", arguments: LinearRun.all)
  func sameBits(_ run: LinearRun) {
    var generator = LinearGenerator(state: 115)
    let start = State(131_077, &generator)
    for sgd in Self.sgds {
      var expected = start
      expected.update(sgd, .plain)
      var received = start
      received.update(sgd, run)
      #expect(received.difference(from: expected) == nil)
    }
    for adam in Self.adams {
      var expected = start
      expected.update(adam, .plain)
      var received = start
      received.update(adam, run)
      #expect(received.difference(from: expected) == nil)
    }
  }

  @Test(
    "Nothing outside the arrays is written or matters, at any length",
    arguments: InstructionSet.available)
  func canaries(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 116)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for count in edgeLengths {
      let start = State(count, &generator)
      for step in 0..<3 {
        var weight = FencedFloats(start.weight)
        var gradient = FencedFloats(start.gradient)
        var first = FencedFloats(start.first)
        var second = FencedFloats(start.second)
        var sgd = Self.sgd(momentum: step == 0 ? 0 : 0.9, decay: 0.1)
        var adam = Self.adam(step: 5, decay: 0.1)
        unsafe weight.withPointer { weight in
          unsafe gradient.withPointer { gradient in
            unsafe first.withPointer { first in
              unsafe second.withPointer { second in
                switch step {
                case 0: unsafe ck_sgd_update(&execution, &sgd, count, weight, gradient, nil)
                case 1: unsafe ck_sgd_update(&execution, &sgd, count, weight, gradient, first)
                default:
                  unsafe ck_adam_update(&execution, &adam, count, weight, gradient, first, second)
                }
              }
            }
          }
        }
        var expected = start
        if step < 2 { expected.update(sgd, .plain) } else { expected.update(adam, .plain) }
        #expect(weight.isIntact && gradient.isIntact && first.isIntact && second.isIntact)
        #expect(weight.values == expected.weight && gradient.values == expected.gradient)
        #expect(
          first.values == expected.first && second.values == expected.second,
          "\(count) values, \(step)")
      }
    }
  }
}
