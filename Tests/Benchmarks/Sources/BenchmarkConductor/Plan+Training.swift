import BenchmarkProtocol
import BenchmarkReport

extension Plan {
  /// Training steps, plain and noisy, and what the noise adds.
  static var training: [Block] {
    plainAndNoisy + learnedScales
  }

  private static var plainAndNoisy: [Block] {
    Case.Step.Optimizer.allCases.flatMap { optimizer in
      [32, 128, 512].map { batch in
        let (plain, noisy) = steps(layers, optimizer, batch: batch)
        let place = "\(name(optimizer)), batch \(batch)"
        let parameters = ["batch": batch]
        return Block(
          PlannedRow(
            "step, \(place)", .training, .speed(.step(plain), .milliseconds), [.bestPeer(1.15)],
            parameters: parameters),
          PlannedRow(
            "noisy step, \(place)", .training, .speed(.step(noisy), .milliseconds),
            [.bestPeer(1.6)], parameters: parameters),
          PlannedRow(
            "noise in a step, \(place)", .training, .cost(.step(noisy), over: .step(plain)),
            [.atMost(1.06)], parameters: parameters))
      }
    }
  }

  /// Steps with noise at a learned scale over those with the same noise at a fixed one.
  private static var learnedScales: [Block] {
    func row(
      _ name: String, _ learned: Case.Scale, over fixed: Case.Scale, batch: Int = 128
    ) -> PlannedRow {
      let step = steps(layers, .sgd, batch: batch).plain
      return PlannedRow(
        "a learned scale over a fixed one, \(name), SGD, batch \(batch)", .training,
        .cost(.scaledStep(learned, step), over: .scaledStep(fixed, step)), [.atMost(1.1)],
        parameters: ["batch": batch])
    }
    return [
      Block(
        row("output", .learnedOnOutput, over: .fixedOnOutput),
        row("output by feature", .learnedByFeatureOnOutput, over: .fixedOnOutput)),
      Block(
        row("input", .learnedOnInput, over: .fixedOnInput),
        row("input by feature", .learnedByFeatureOnInput, over: .fixedOnInput)),
      // A parameter more for each weight, whatever the batch: the more rows, the less.
      Block(row("each weight", .learnedByElementOnWeight, over: .fixedOnWeight)),
      Block(row("each weight", .learnedByElementOnWeight, over: .fixedOnWeight, batch: 512)),
    ]
  }

  /// Heap allocations of a step that is not among the first.
  static var allocations: [Block] {
    func noisy(_ optimizer: Case.Step.Optimizer, width: Int = 1024, batch: Int) -> Case {
      .allocations(steps([784, width, width, 10], optimizer, batch: batch).noisy)
    }
    let each = Case.Step.Optimizer.allCases.flatMap { optimizer in
      let (plain, noisy) = steps(layers, optimizer, batch: 128)
      return [("step", plain), ("noisy step", noisy)].map { (name, step) in
        let place = "\(name), \(self.name(optimizer)), batch 128"
        return Block(
          PlannedRow(
            "large allocations, \(place)", .allocations, .largeAllocations(.allocations(step)),
            [.atMost(0)]),
          PlannedRow("allocations, \(place)", .allocations, .allocations(.allocations(step))))
      }
    }
    let growth = [
      PlannedRow(
        "more allocations at batch 512 than at 32", .allocations,
        .moreAllocations(noisy(.adam, batch: 512), than: noisy(.adam, batch: 32)), [.atMost(0)]),
      PlannedRow(
        "more allocations at width 1024 than at 64", .allocations,
        .moreAllocations(
          noisy(.adam, batch: 128), than: noisy(.adam, width: 64, batch: 128)), [.atMost(0)]),
    ]
    return each + [Block(growth)]
  }

  /// Peak memory of a training run in a process of its own.
  static var memory: [Block] {
    Case.Step.Optimizer.allCases.flatMap { optimizer in
      [128, 512].map { batch in
        let (plain, noisy) = steps(layers, optimizer, batch: batch)
        let place = "\(name(optimizer)), batch \(batch)"
        return Block(
          PlannedRow("peak memory, \(place)", .memory, .memory(.memory(plain))),
          PlannedRow(
            "peak memory with noise, \(place)", .memory,
            .memoryRatio(.memory(noisy), over: .memory(plain)), [.atMost(1.01)]))
      }
    }
  }

  /// Small work, where waking a thread would cost more than it brings.
  static var latency: [Block] {
    let small = [64, 128, 10]
    return [
      Block(
        PlannedRow(
          "frozen 784-1024-1024-10, one row", .latency,
          .speed(.inference(layers: layers, batch: 1), .microseconds), [.bestPeer(2)])),
      Block(
        PlannedRow(
          "frozen 64-128-10, one row", .latency,
          .speed(.inference(layers: small, batch: 1), .microseconds))),
      Block(
        PlannedRow(
          "step of 64-128-10, SGD, batch 32", .latency,
          .speed(.step(steps(small, .sgd, batch: 32).plain), .microseconds))),
    ]
  }

  /// All threads over one.
  static func speedups(threads: Int) -> [Block] {
    let products = [512, 1024, 2048].flatMap { side in
      Case.Direction.allCases.map { direction in
        let product = Case.Product(batch: side, inputs: side, outputs: side)
        return (
          "\(name(direction)) \(dimension(product))", Case.product(direction, product),
          [Target.atLeast(1.9)]
        )
      }
    }
    let others: [(String, Case, [Target])] = [
      ("step, Adam, batch 128", .step(steps(layers, .adam, batch: 128).plain), []),
      ("noisy step, Adam, batch 128", .step(steps(layers, .adam, batch: 128).noisy), []),
      ("fill, Gaussian", .fill(.gaussian, count: 1 << 20), []),
    ]
    return (products + others).map { name, measured, targets in
      // What is asked of two threads is not asked of more.
      Block(
        PlannedRow(
          "\(threads) threads, \(name)", .threads, .speedup(measured), threads == 2 ? targets : [],
          parameters: ["threads": threads]))
    }
  }

  private static func steps(_ layers: [Int], _ optimizer: Case.Step.Optimizer, batch: Int) -> (
    plain: Case.Step, noisy: Case.Step
  ) {
    let plain = Case.Step(layers: layers, batch: batch, optimizer: optimizer, noise: false)
    var noisy = plain
    noisy.noise = true
    return (plain, noisy)
  }

  private static func name(_ optimizer: Case.Step.Optimizer) -> String {
    switch optimizer {
    case .sgd: "SGD"
    case .adam: "Adam"
    }
  }
}
