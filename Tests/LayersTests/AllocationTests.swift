import AllocationCounter
import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers
import Testing

// The counts are of the whole process, so that each test has a process to itself.
@Suite(
  "Heap allocations of a steady training step",
  .enabled(if: counting_is_possible(), "this system does not let a program count its allocations"))
struct AllocationTests {
  @Test("What is allocated is counted, and large is what takes 4,096 bytes or more")
  func counter() async {
    await #expect(processExitsWith: .success) {
      var kept: [[UInt8]] = []
      kept.reserveCapacity(3)
      counting_begin()
      kept.append([UInt8](repeating: 1, count: 1000))
      kept.append([UInt8](repeating: 2, count: 4096))
      kept.append([UInt8](repeating: 3, count: 1 << 20))
      let counted = counting_end()
      #expect(counted.all >= 3 && counted.large == 2)
      #expect(kept.map(\.count) == [1000, 4096, 1 << 20])
    }
  }

  @Test("None is large, the pool does not grow, and there are as many at any batch and width")
  func steps() async {
    await #expect(processExitsWith: .success) {
      for optimizer in TrainedBy.allCases {
        for noisy in [false, true] {
          var counts: [Int] = []
          for (batch, width) in [(32, 64), (256, 64), (32, 512), (256, 512), (2000, 64)] {
            counts.append(allocations(batch: batch, width: width, noisy: noisy, optimizer))
          }
          #expect(Set(counts).count == 1, "\(optimizer), noisy: \(noisy): \(counts)")
        }
      }
    }
  }
}

private enum TrainedBy: CaseIterable {
  case sgd, momentum, adam

  func optimizer(_ parameters: [Parameter]) -> any Optimizer {
    switch self {
    case .sgd: SGD(parameters, learningRate: 0.01)
    case .momentum: SGD(parameters, learningRate: 0.01, momentum: 0.9)
    case .adam: Adam(parameters)
    }
  }
}

/// The allocations of ten steps once the pool has what they need.
private func allocations(batch: Int, width: Int, noisy: Bool, _ trainedBy: TrainedBy) -> Int {
  let model = Sequential(seed: 7) {
    let first = Linear(inputs: 64, outputs: width)
    noisy ? first.noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input) : first
    ReLU()
    if noisy { Dropout(rate: 0.2) }
    let hidden = Linear(inputs: width, outputs: width).noise(.dropout(rate: 0.2), on: .output)
    noisy
      ? hidden.noise(.dropout(rate: 0.1), on: .weight)
        .noise(.adding(Gaussian(standardDeviation: 0.1)), on: .bias) : hidden
    ReLU()
    Linear(inputs: width, outputs: 10)
  }
  let optimizer = trainedBy.optimizer(model.parameters)
  let noise = noisy ? NoiseStream(seed: 42) : nil
  let input = Tensor(repeating: 0.5, shape: [batch, 64])
  let labels = (0..<batch).map { $0 % 10 }
  func step() { trainingStep(model, optimizer, input, labels, noise) }
  // On two threads wherever there is work for two: a team that changes its size is the OpenMP runtime's affair.
  return withThreads(2) {
    for _ in 0..<5 { step() }
    let blocks = MemoryPool.freshBlocks
    counting_begin()
    for _ in 0..<10 { step() }
    let counted = counting_end()
    #expect(counted.large == 0, "batch \(batch), width \(width), noisy: \(noisy), \(trainedBy)")
    #expect(MemoryPool.freshBlocks == blocks)
    return Int(counted.all)
  }
}
