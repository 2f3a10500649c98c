import DitherData
import DitherTensors
import Testing

/// Row r holds [r, -r], so that a row tells where it came from.
func numbered(labels: [Int], classes: Int) -> LabelledData {
  LabelledData(
    inputs: Tensor(labels.indices.flatMap { [Float($0), -Float($0)] }, shape: [labels.count, 2]),
    labels: labels, classes: classes, name: "numbered")
}

/// The rows of the original that `inputs` holds.
func origins(_ inputs: Tensor) -> [Int] {
  let scalars = inputs.scalars
  return (0..<inputs.shape[0]).map { row in
    #expect(scalars[2 * row] == -scalars[2 * row + 1])
    return Int(scalars[2 * row])
  }
}

@Suite("Stratified splits")
struct SplitTests {
  let data = numbered(labels: (0..<1000).map { [0, 0, 0, 1, 1, 3, 0][$0 % 7] }, classes: 4)

  @Test(
    "Parts are disjoint and complete, and keep rows and labels together",
    arguments: [0, 0.01, 0.25, 1.0 / 3, 0.5, 0.999, 1])
  func partition(fraction: Double) {
    let (training, test) = data.stratifiedSplit(testFraction: fraction, seed: 3)
    let (left, right) = (origins(training.inputs), origins(test.inputs))
    #expect((left + right).sorted() == Array(0..<1000))
    #expect(left == left.sorted() && right == right.sorted())
    #expect(training.labels == left.map { data.labels[$0] })
    #expect(test.labels == right.map { data.labels[$0] })
    #expect(test.count == Int((1000 * fraction).rounded()))
    #expect(training.classes == 4 && test.classes == 4)
    #expect(training.name == "numbered")
    for label in 0..<4 {
      let all = data.labels.filter { $0 == label }.count
      let tested = test.labels.filter { $0 == label }.count
      #expect(abs(Double(tested) - Double(all) * fraction) < 1, "class \(label)")
    }
  }

  @Test("The same seed gives the same split, another seed another")
  func repeatable() {
    let first = origins(data.stratifiedSplit(testFraction: 0.25, seed: 1).test.inputs)
    #expect(origins(data.stratifiedSplit(testFraction: 0.25, seed: 1).test.inputs) == first)
    #expect(origins(data.stratifiedSplit(testFraction: 0.25, seed: 2).test.inputs) != first)
    #expect(origins(data.stratifiedSplit(testFraction: 0.25, seed: 1 << 32).test.inputs) != first)
  }

  @Test("The split is the documented function of the seed")
  func golden() {
    // Computed by an independent implementation of Philox, the key and the shuffle.
    let small = numbered(labels: (0..<20).map { $0 % 3 }, classes: 3)
    let test = small.stratifiedSplit(testFraction: 0.25, seed: 5).test
    #expect(origins(test.inputs) == [6, 7, 12, 14, 19])
  }

  @Test("Every row is as likely as another to be tested")
  func uniform() {
    // 2,000 splits of 8 rows of one class into halves: each row's count is binomial(2000, 1/2), standard deviation
    // 22.4; beyond 5.5 of them a correct split falls with probability 8 · 3.8e-8. The seeds are fixed.
    let small = numbered(labels: [0, 0, 0, 0, 0, 0, 0, 0], classes: 1)
    var counts = [Int](repeating: 0, count: 8)
    for seed in 0..<2000 {
      let test = small.stratifiedSplit(testFraction: 0.5, seed: UInt64(seed)).test
      for row in origins(test.inputs) { counts[row] += 1 }
    }
    for count in counts { #expect(abs(count - 1000) < 123, "\(counts)") }
  }

  @Test("Data without rows split into data without rows")
  func empty() {
    let none = LabelledData(inputs: Tensor(zeros: [0, 3]), labels: [], classes: 2, name: "none")
    let (training, test) = none.stratifiedSplit(testFraction: 0.5, seed: 0)
    #expect(training.inputs.shape == [0, 3] && test.inputs.shape == [0, 3])
    #expect(none.batches(of: 4, epoch: 0).isEmpty)
  }
}
