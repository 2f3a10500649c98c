import DitherTensors
import Testing

@Suite("A tensor is a value")
struct TensorValueTests {
  @Test("A change to a copy leaves the original alone, whichever way it is made")
  func copyThenMutate() {
    let original = Tensor(rows: [[1, 2], [3, 4]])
    let changes: [(inout Tensor) -> Void] = [
      { $0[1, 0] = 9 },
      { $0.withMutableSpan { $0[2] = 9 } },
      { $0 += Tensor([0, 1]) },
      { $0 *= 2 },
      { $0.add($0, times: 1) },
      { $0.fill(with: 9) },
    ]
    for (index, change) in changes.enumerated() {
      var copy = original
      change(&copy)
      #expect(original.scalars == [1, 2, 3, 4], "change \(index)")
      #expect(copy.scalars != [1, 2, 3, 4], "change \(index)")
      var again = copy
      let changed = copy.scalars
      change(&copy)
      #expect(again.scalars == changed, "change \(index), the copy's copy")
      again[0, 0] = -1
      #expect(copy[0, 0] != -1)
    }
  }

  @Test("A reshaped tensor shares nothing that a change can reach")
  func reshapedIsAValue() {
    var original = Tensor([1, 2, 3, 4])
    let matrix = original.reshaped(to: [2, 2])
    original[0] = 9
    #expect(matrix.scalars == [1, 2, 3, 4])
    #expect(original.scalars == [9, 2, 3, 4])
  }

  @Test("A tensor that shares its memory with no other changes in place")
  func changesInPlace() {
    var tensor = Tensor(repeating: 1, shape: [100, 10])
    let before = address(of: tensor)
    tensor[3, 4] = 2
    tensor += 1
    tensor *= Tensor(repeating: 2, shape: [10])
    let after = address(of: tensor)
    #expect(before == after)
    #expect(tensor[3, 4] == 6)
    #expect(tensor[0, 0] == 4)
  }

  @Test("Memory is aligned to 64 bytes", arguments: [0, 1, 15, 16, 17, 1000, 100_000])
  func alignment(count: Int) {
    let address = address(of: Tensor(zeros: [count]))
    #expect(address != 0 && address % 64 == 0)
  }

  @Test("Every initialiser gives its shape and elements")
  func initialisers() {
    #expect(Tensor(zeros: [2, 2]).scalars == [0, 0, 0, 0])
    #expect(Tensor(repeating: 2.5, shape: [3]).scalars == [2.5, 2.5, 2.5])
    #expect(Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])[2, 0] == 5)
    #expect(Tensor([7, 8]).shape == [2])
    let rows = Tensor(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(rows.shape == [2, 3])
    #expect(rows.scalars == [1, 2, 3, 4, 5, 6])
    let ramp = Tensor(uninitialized: [2, 2]) { span in
      for index in span.indices { span[index] = Float(index) }
    }
    #expect(ramp == Tensor(rows: [[0, 1], [2, 3]]))
    #expect(Tensor([3], shape: []).item == 3)
    #expect(Tensor([3], shape: []).rank == 0)
    #expect(Tensor([4], shape: [1, 1]).item == 4)
  }

  @Test("Spans see the elements in row order")
  func spans() {
    var tensor = Tensor(rows: [[1, 2], [3, 4]])
    let sum = tensor.withSpan { span in span.indices.reduce(Float(0)) { $0 * 10 + span[$1] } }
    #expect(sum == 1234)
    tensor.withMutableSpan { $0[1] = 7 }
    #expect(tensor[0, 1] == 7)
  }

  @Test("An error thrown in a span's closure passes through")
  func errorsPass() {
    struct Stop: Error {}
    var tensor = Tensor([1])
    #expect(throws: Stop.self) { try tensor.withSpan { _ in throw Stop() } }
    #expect(throws: Stop.self) { try tensor.withMutableSpan { _ in throw Stop() } }
    #expect(throws: Stop.self) { _ = try Tensor(uninitialized: [1]) { _ in throw Stop() } }
  }

  @Test("Equality is by shape and number; bitwise equality by shape and bits")
  func equality() {
    let x = Tensor([0, 1, .nan])
    #expect(x != x)
    #expect(x.isBitwiseEqual(to: Tensor([0, 1, .nan])))
    #expect(Tensor([0]) == Tensor([-0.0]))
    #expect(!Tensor([0]).isBitwiseEqual(to: Tensor([-0.0])))
    #expect(Tensor([1, 2]) != Tensor([1, 2], shape: [2, 1]))
    #expect(!Tensor([1, 2]).isBitwiseEqual(to: Tensor([1, 2], shape: [1, 2])))
    #expect(Tensor([1, 2]) != Tensor([1, 3]))
    #expect(Tensor(zeros: [0, 3]) == Tensor(zeros: [0, 3]))
    #expect(Tensor(zeros: [0, 3]) != Tensor(zeros: [3, 0]))
  }

  @Test("Approximate equality holds up to its tolerance and no further")
  func approximateEquality() {
    let x = Tensor([1, 100])
    #expect(x.isApproximatelyEqual(to: Tensor([1.25, 100]), absoluteTolerance: 0.25))
    #expect(!x.isApproximatelyEqual(to: Tensor([1.26, 100]), absoluteTolerance: 0.25))
    #expect(
      x.isApproximatelyEqual(to: Tensor([1, 101]), absoluteTolerance: 0, relativeTolerance: 0.01))
    #expect(
      !x.isApproximatelyEqual(to: Tensor([1, 102]), absoluteTolerance: 0, relativeTolerance: 0.01))
    #expect(!x.isApproximatelyEqual(to: Tensor([1, .nan]), absoluteTolerance: .infinity))
    #expect(!x.isApproximatelyEqual(to: Tensor([1, .infinity]), absoluteTolerance: 1))
    #expect(
      Tensor([.infinity]).isApproximatelyEqual(to: Tensor([.infinity]), absoluteTolerance: 0))
    #expect(
      !x.isApproximatelyEqual(to: Tensor([[1, 100]][0], shape: [2, 1]), absoluteTolerance: 1))
  }

  @Test("Sixteen tasks use one tensor at once, each changing its own copy")
  func concurrentUse() async {
    let shared = TestNumbers.tensor([64, 64], seed: 1)
    let expected = (0..<16).map { (shared.matmul(shared) + Float($0)).scalars }
    let original = shared.scalars
    for _ in 0..<5 {
      await withTaskGroup(of: (Int, [Float], [Float]).self) { group in
        for task in 0..<16 {
          group.addTask {
            var own = shared
            own += 1
            own -= 1
            var product = shared.matmul(shared)
            product += Float(task)
            own.fill(with: Float(task))
            return (task, product.scalars, own.scalars)
          }
        }
        for await (task, product, own) in group {
          #expect(product == expected[task])
          #expect(own.allSatisfy { $0 == Float(task) })
        }
      }
    }
    #expect(shared.scalars == original)
  }
}
