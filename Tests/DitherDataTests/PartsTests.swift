import DitherData
import DitherTensors
import TestSupport
import Testing

@Suite("Parts of stated sizes, groups and folds")
struct PartsTests {
  let data = numbered(labels: (0..<1000).map { [0, 0, 0, 1, 1, 3, 0][$0 % 7] }, classes: 4)
  /// 30 groups of different sizes.
  var groups: [String] { (0..<1000).map { "speaker \(($0 * $0 / 7) % 30)" } }

  private func count(_ label: Int, in data: LabelledData) -> Int {
    data.labels.filter { $0 == label }.count
  }

  @Test(
    "Parts have the sizes asked for, are disjoint, and share each class",
    arguments: [
      [600, 200, 200], [1, 2, 3], [0, 1000], [], [333, 333, 333], [1000], [7, 0, 900],
    ])
  func sizes(sizes: [Int]) {
    let parts = data.stratifiedSplit(sizes: sizes, seed: 3)
    #expect(parts.map(\.count) == sizes)
    let rows = parts.flatMap { origins($0.inputs) }
    #expect(Set(rows).count == rows.count)
    for part in parts {
      let order = origins(part.inputs)
      #expect(order == order.sorted())
      #expect(part.labels == order.map { data.labels[$0] })
    }
    var left = (0..<4).map { count($0, in: data) }
    for part in parts {
      let total = left.reduce(0, +)
      for label in 0..<4 {
        let share = Double(left[label] * part.count) / Double(max(total, 1))
        #expect(abs(Double(count(label, in: part)) - share) < 1)
        left[label] -= count(label, in: part)
      }
    }
  }

  @Test("Where classes are of one size, so are their shares: 5,000 as 3,000, 1,000 and 1,000")
  func even() {
    let even = numbered(labels: (0..<5000).map { $0 / 500 }, classes: 10)
    for part in even.stratifiedSplit(sizes: [3000, 1000, 1000], seed: 1) {
      for label in 0..<10 { #expect(count(label, in: part) == part.count / 10) }
    }
  }

  @Test("The first part is that of a split by fraction; another seed gives others")
  func repeatable() {
    let parts = data.stratifiedSplit(sizes: [250, 750], seed: 1)
    let (training, test) = data.stratifiedSplit(testFraction: 0.25, seed: 1)
    #expect(parts[0].inputs == test.inputs && parts[1].inputs == training.inputs)
    #expect(data.stratifiedSplit(sizes: [250], seed: 1)[0].inputs == test.inputs)
    #expect(data.stratifiedSplit(sizes: [250], seed: 2)[0].inputs != test.inputs)
  }

  @Test("A group is whole on one side", arguments: [0, 0.1, 0.5, 1])
  func grouped(fraction: Double) {
    let (training, test) = data.groupedSplit(by: groups, testFraction: fraction, seed: 5)
    let (left, right) = (origins(training.inputs), origins(test.inputs))
    #expect((left + right).sorted() == Array(0..<1000))
    #expect(left == left.sorted() && right == right.sorted())
    let (some, others) = (Set(left.map { groups[$0] }), Set(right.map { groups[$0] }))
    #expect(some.isDisjoint(with: others))
    #expect(others.count == Int((fraction * Double(Set(groups).count)).rounded()))
    let again = data.groupedSplit(by: groups, testFraction: fraction, seed: 5)
    #expect(again.test.inputs == test.inputs)
  }

  @Test(
    "Between the fractions 0 and 1 each side has a group",
    arguments: [
      (0.0, 0), (1e-9, 1), (0.1, 1), (0.5, 2), (0.9, 2), (1 - 1e-9, 2), (1.0, 3),
    ])
  func bothSides(fraction: Double, tested: Int) {
    let small = numbered(labels: [0, 0, 0, 0, 0], classes: 1)
    let groups = ["a", "b", "c", "b", "a"]
    let (training, test) = small.groupedSplit(by: groups, testFraction: fraction, seed: 1)
    #expect(Set(origins(test.inputs).map { groups[$0] }).count == tested)
    #expect(Set(origins(training.inputs).map { groups[$0] }).count == 3 - tested)
  }

  @Test("As many folds as rows or groups test one of them each")
  func mostFolds() {
    let small = numbered(labels: [0, 1, 0, 1, 0], classes: 2)
    let rows = small.stratifiedFolds(5, seed: 1).map { origins($0.test.inputs) }
    #expect(rows.allSatisfy { $0.count == 1 } && Set(rows).count == 5)
    let groups = ["a", "b", "c", "b", "a"]
    let folds = small.groupedFolds(3, by: groups, seed: 1)
    let tested = folds.map { Set(origins($0.test.inputs).map { groups[$0] }) }
    #expect(tested.allSatisfy { $0.count == 1 } && Set(tested).count == 3)
  }

  @Test("Every group is as likely as another to be tested")
  func uniform() {
    // 2,000 splits of 8 groups into halves: each count is binomial(2000, 1/2), standard deviation 22.4; beyond 5.5 of
    // them a correct split falls with probability 8 · 3.8e-8. The seeds are fixed.
    let small = numbered(labels: [Int](repeating: 0, count: 12), classes: 1)
    let groups = [0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 1, 0]
    var counts = [Int](repeating: 0, count: 8)
    for seed in 0..<2000 {
      let test = small.groupedSplit(by: groups, testFraction: 0.5, seed: UInt64(seed)).test
      for group in Set(origins(test.inputs).map { groups[$0] }) { counts[group] += 1 }
    }
    for count in counts { #expect(abs(count - 1000) < 123, "\(counts)") }
  }

  @Test("Each row is tested in one fold; folds and classes in them differ by one row at most")
  func folds() {
    let folds = data.stratifiedFolds(7, seed: 2)
    #expect(folds.count == 7)
    #expect(folds.flatMap { origins($0.test.inputs) }.sorted() == Array(0..<1000))
    for (training, test) in folds {
      #expect((origins(training.inputs) + origins(test.inputs)).sorted() == Array(0..<1000))
      #expect(abs(Double(test.count) - 1000.0 / 7) < 1)
      for label in 0..<4 {
        #expect(abs(Double(count(label, in: test)) - Double(count(label, in: data)) / 7) < 1)
      }
    }
    let other = data.stratifiedFolds(7, seed: 3)
    #expect(other[0].test.inputs != folds[0].test.inputs)
    #expect(data.stratifiedFolds(7, seed: 2)[3].test.inputs == folds[3].test.inputs)
  }

  @Test("No group is divided among folds")
  func groupedFolds() {
    let folds = data.groupedFolds(4, by: groups, seed: 2)
    #expect(folds.flatMap { origins($0.test.inputs) }.sorted() == Array(0..<1000))
    let tested = folds.map { Set(origins($0.test.inputs).map { groups[$0] }) }
    #expect(tested.reduce(0) { $0 + $1.count } == Set(groups).count)
    for groups in tested {
      #expect(abs(Double(groups.count) - Double(tested.joined().count) / 4) < 1)
    }
  }

  @Test("Parts that cannot be stop with what was received")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().stratifiedSplit(sizes: [1000, 798], seed: 0)
      }, says: "stratifiedSplit: sizes [1000, 798] of 1797 rows")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().groupedSplit(by: [1, 2], testFraction: 0.5, seed: 0)
      }, says: "groupedSplit: 2 groups for 1797 rows")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().stratifiedFolds(1, seed: 0)
      }, says: "stratifiedFolds: 1 folds; expected at least 2")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().stratifiedFolds(3, seed: 0)[3]
      }, says: "Folds: fold 3; expected one of 3, 0..<3")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().subset([0, 1, 2]).stratifiedFolds(4, seed: 0)
      }, says: "stratifiedFolds: 4 folds of 3 rows; expected at most as many as rows")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().subset([0, 1, 2]).groupedFolds(3, by: [7, 8, 7], seed: 0)
      }, says: "groupedFolds: 3 folds of 2 groups; expected at most as many as groups")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().subset([0, 1]).groupedSplit(by: [7, 7], testFraction: 0.5, seed: 0)
      }, says: "groupedSplit: testFraction is 0.5 of 1 groups; expected at least 2")
  }
}
