import DitherData
import DitherTensors
import Testing

@Suite("Batches")
struct BatchTests {
  let data = numbered(labels: (0..<100).map { $0 % 5 }, classes: 5)

  private func order(_ batches: Batches) -> [Int] { batches.flatMap { origins($0.inputs) } }

  @Test(
    "Batches cover each row once, with its label; the last has what remains",
    arguments: [
      1, 7, 50, 64, 100, 1000,
    ])
  func covers(size: Int) {
    let batches = data.batches(of: size, seed: 1, epoch: 0)
    #expect(batches.count == (100 + size - 1) / size)
    for (index, batch) in batches.enumerated() {
      #expect(batch.inputs.shape == [min(size, 100 - index * size), 2])
      #expect(batch.labels == origins(batch.inputs).map { $0 % 5 })
    }
    #expect(order(batches).sorted() == Array(0..<100))
    #expect(order(batches) != Array(0..<100))
  }

  @Test("The order depends on seed and epoch, and on nothing else")
  func addressed() {
    let first = order(data.batches(of: 8, seed: 1, epoch: 0))
    #expect(order(data.batches(of: 8, seed: 1, epoch: 0)) == first)
    #expect(order(data.batches(of: 33, seed: 1, epoch: 0)) == first)
    #expect(order(data.batches(of: 8, seed: 1, epoch: 1)) != first)
    #expect(order(data.batches(of: 8, seed: 2, epoch: 0)) != first)
    #expect(order(data.batches(of: 8, epoch: 0)) == order(data.batches(of: 8, seed: 0, epoch: 0)))
  }

  @Test("The order is the documented function of seed and epoch")
  func golden() {
    // Computed by an independent implementation of Philox, the key and the shuffle.
    let ten = numbered(labels: [Int](repeating: 0, count: 10), classes: 1)
    #expect(order(ten.batches(of: 4, seed: 1, epoch: 0)) == [2, 1, 9, 4, 3, 0, 5, 8, 6, 7])
    #expect(order(ten.batches(of: 4, seed: 1, epoch: 1)) == [8, 3, 0, 1, 6, 2, 9, 5, 4, 7])
    let seed: UInt64 = 1 << 40 | 7
    #expect(order(ten.batches(of: 4, seed: seed, epoch: 3)) == [0, 8, 9, 1, 5, 7, 2, 6, 4, 3])
  }

  @Test("Every order of three rows is as likely as another")
  func uniform() {
    // 6,000 epochs: each of six orders is binomial(6000, 1/6), standard deviation 28.9; beyond 5.5 of them a correct
    // shuffle falls with probability 6 · 3.8e-8. The seed is fixed.
    let three = numbered(labels: [0, 0, 0], classes: 1)
    var counts: [[Int]: Int] = [:]
    for epoch in 0..<6000 { counts[order(three.batches(of: 3, epoch: epoch)), default: 0] += 1 }
    #expect(counts.count == 6)
    for (_, count) in counts { #expect(abs(count - 1000) < 159, "\(counts)") }
  }
}
