import DitherRuntime
import DitherTensors
import TestSupport
import Testing

@Suite("Misuse stops with a message that names what was received")
struct MisuseTests {
  @Test("Shapes that do not fit an elementwise operation")
  func elementwise() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]) + Tensor(zeros: [4])
      },
      says:
        "Tensor +: shapes [2, 3] and [4]; expected beside [2, 3] the same, one element, a row [3] or a column [2, 1]"
    )
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var tensor = Tensor(zeros: [3])
        tensor *= Tensor(zeros: [2, 3])
      }, says: "Tensor *=: shape [2, 3] into [3]; expected the same or one element")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        var tensor = Tensor(zeros: [3])
        tensor.add(Tensor(zeros: [1]), times: 2)
      }, says: "Tensor.add: shape [1] to [3]; expected equal shapes")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [3]).broadcast(to: [3, 2])
      }, says: "Tensor.broadcast: shape [3] to [3, 2]; expected the same, one element, a row [2]")
  }

  @Test("Matrices that do not fit a product")
  func matmul() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).matmul(Tensor(zeros: [2, 4]))
      },
      says:
        "Tensor.matmul: shapes [2, 3] and [2, 4]; expected inner lengths that agree, received 3 and 2"
    )
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).matmul(Tensor(zeros: [3]))
      }, says: "Tensor.matmul: shapes [2, 3] and [3]; expected two matrices")
  }

  @Test("Values that do not fill a shape, ragged rows, shapes that cannot be")
  func initialisers() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor([1, 2, 3], shape: [2, 2])
      }, says: "Tensor: 3 values for shape [2, 2]; expected 4")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(rows: [[1, 2], [3]])
      }, says: "Tensor(rows:): row 1 has 1 values; expected 2, as in row 0")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, -3])
      }, says: "Tensor: shape [2, -3] has a negative length; expected each at least 0")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [1 << 40, 1 << 40])
      }, says: "has more elements than can be counted")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [1 << 60])
      }, says: "no memory for a tensor of 1152921504606846976 elements")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(concatenating: [Tensor(zeros: [2, 3]), Tensor(zeros: [2, 4])])
      }, says: "Tensor(concatenating:): shape [2, 4]; expected that of the first, [2, 3]")
  }

  @Test("Indices, rows and axes that are not there")
  func outOfRange() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3])[1, 3]
      }, says: "Tensor subscript: index 3 on axis 1 of shape [2, 3]; expected 0..<3")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3])[1]
      }, says: "Tensor subscript: 1 indices [1] for shape [2, 3]; expected 2")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).rows(1..<3)
      }, says: "Tensor.rows: 1..<3 of shape [2, 3]; expected a range within 0..<2")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).rows(at: [0, 2])
      }, says: "Tensor.rows: row 2 of shape [2, 3]; expected 0..<2")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).sum(axis: 2)
      }, says: "Tensor.sum: axis 2 of shape [2, 3]; expected one of 2 axes")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).reshaped(to: [4, -1])
      }, says: "Tensor.reshaped: 6 elements of shape [2, 3] to [4, -1]; expected")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).reshaped(to: [4])
      }, says: "Tensor.reshaped: 6 elements of shape [2, 3] to [4], which has 4")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3, 1]).transposed()
      }, says: "Tensor.transposed: shape [2, 3, 1]; expected [rows, columns]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [2, 3]).item
      }, says: "Tensor.item: shape [2, 3] has 6 elements; expected 1")
  }

  @Test("Means and maxima of nothing")
  func empty() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [0, 3]).mean()
      }, says: "Tensor.mean: shape [0, 3] has no elements; expected at least one")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [0, 3]).mean(axis: 0)
      }, says: "Tensor.mean: axis 0 of shape [0, 3] has length 0; expected at least 1")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [3, 0]).indicesOfRowMaxima()
      }, says: "Tensor.indicesOfRowMaxima: rows of shape [3, 0] have no elements")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor(zeros: [0, 1 << 31]).indicesOfRowMaxima()
      },
      says:
        "Tensor.indicesOfRowMaxima: rows of 2147483648 elements; expected at most 2147483647")
  }

  @Test("A parameter without a value or a gradient, or of another shape")
  func parameters() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Parameter(shape: [2, 3]) { _, _ in Tensor(zeros: [2, 3]) }.value
      },
      says:
        "Parameter.value: the parameter of shape [2, 3] has no value yet; give its network a seed")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Parameter(Tensor(zeros: [2])).value = Tensor(zeros: [3])
      }, says: "Parameter.value: shape [3]; expected the parameter's, [2]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Parameter(shape: [2]) { _, _ in Tensor(zeros: [3]) }.initialize(seed: 1, path: "weight")
      }, says: "Parameter.value: shape [3]; expected the parameter's, [2]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Parameter(Tensor(zeros: [2])).addToGradient(Tensor(zeros: [3]))
      }, says: "Parameter.addToGradient: shape [3]; expected the parameter's, [2]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Parameter(Tensor(zeros: [2])).addToGradient(columnSumsOf: Tensor(zeros: [2, 3]))
      },
      says: "addToGradient(columnSumsOf:): shape [2, 3]; expected [rows, columns]", "shape [2]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Parameter(Tensor(zeros: [2, 3])).addToGradient(
          productOfTransposed: Tensor(zeros: [5, 2]), and: Tensor(zeros: [4, 3]))
      },
      says: "addToGradient(productOfTransposed:and:): shapes [5, 2] and [4, 3]", "= [2, 3]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Parameter(Tensor(zeros: [2])).update { _, _ in }
      }, says: "Parameter.update: the parameter of shape [2] has no gradient")
  }
}
