import DitherTensors
import Optimizers
import TestSupport
import Testing

@Suite("Parameter groups")
struct ParameterGroupTests {
  @Test(
    "A group's factor is the rate of an optimizer of its own", arguments: OptimizerCase.withoutDraws
  )
  func factor(optimizer: OptimizerCase) {
    let (one, other, alone) = (
      Parameter(ramp([5], 1)), Parameter(ramp([5], 1)), Parameter(ramp([5], 1))
    )
    let together = optimizer.make(
      [one, other], learningRate: 0.04,
      groups: [ParameterGroup([other], learningRateFactor: 0.25)])
    let apart = optimizer.make([alone], learningRate: 0.01)
    for step in 0..<4 {
      for parameter in [one, other, alone] { parameter.addToGradient(ramp([5], step)) }
      together.step()
      apart.step()
    }
    #expect(other.value.isBitwiseEqual(to: alone.value))
    #expect(one.value != other.value)
  }

  @Test("A group's weight decay takes the place of the optimizer's")
  func weightDecay() {
    let parameters = (0..<3).map { _ in Parameter(Tensor([2])) }
    let optimizer = SGD(
      parameters, learningRate: 1, weightDecay: 0.25,
      groups: [
        ParameterGroup([parameters[1]], weightDecay: 0),
        ParameterGroup([parameters[2]], weightDecay: 0.5),
      ])
    for parameter in parameters { parameter.addToGradient(Tensor([0])) }
    optimizer.step()
    #expect(parameters.map(\.value.item) == [1.5, 2, 1])
  }

  @Test(
    "Rows stay within the norm after every step of every optimizer; biases are left alone",
    arguments: OptimizerCase.allCases)
  func rowNorms(optimizer: OptimizerCase) {
    let (weight, kernel, bias) = (
      Parameter(ramp([6, 40], 1)), Parameter(ramp([2, 3, 5], 2)), Parameter(ramp([20], 3))
    )
    let all = [weight, kernel, bias]
    let optimizer = optimizer.make(all, groups: [ParameterGroup(all, maximumRowNorm: 1)])
    for step in 0..<4 {
      for (index, parameter) in all.enumerated() {
        parameter.addToGradient(ramp(parameter.shape, 10 * step + index))
      }
      optimizer.step()
      for parameter in [weight, kernel] {
        let (rows, values) = (parameter.shape[0], parameter.value.scalars.map(Double.init))
        for row in 0..<rows {
          let columns = values.count / rows
          let squares = values[row * columns..<(row + 1) * columns].reduce(0) { $0 + $1 * $1 }
          #expect(squares.squareRoot() <= 1 + 1e-6)
        }
      }
    }
    #expect(bias.value.scalars.reduce(0) { $0 + $1 * $1 } > 1)
  }

  @Test("A row below the norm keeps its bits; one above has it; one that is not finite stays so")
  func rows() {
    let rows: [[Float]] = [
      [0.2, 0.4, 0], [3, 4, 0], [0, 0, 0], [.infinity, 1, 1], [.nan, 1, 1],
    ]
    let parameter = Parameter(Tensor(rows: rows))
    let optimizer = SGD(
      [parameter], learningRate: 0, groups: [ParameterGroup([parameter], maximumRowNorm: 0.5)])
    parameter.addToGradient(Tensor(zeros: [5, 3]))
    optimizer.step()
    let expected: [[Float]] = [
      [0.2, 0.4, 0], [0.3, 0.4, 0], [0, 0, 0], [.infinity, 1, 1], [.nan, 1, 1],
    ]
    let received = parameter.value.scalars
    #expect(Array(received[0..<3]) == rows[0] && Array(received[6..<9]) == rows[2])
    for (one, other) in zip(received, expected.joined()) {
      let isClose = one == other || abs(one - other) < 1e-7
      #expect(isClose || (one.isNaN && other.isNaN))
    }
  }

  @Test("The bound gives the same bits on every instruction set and on 1, 2 and 3 threads")
  func bits() {
    func run() -> [UInt32] {
      let parameter = Parameter(ramp([403, 251], 1))
      let optimizer = SGD(
        [parameter], learningRate: 0.1, groups: [ParameterGroup([parameter], maximumRowNorm: 2)])
      parameter.addToGradient(ramp([403, 251], 2))
      optimizer.step()
      return parameter.value.scalars.map(\.bitPattern)
    }
    expectSameBits(of: run)
  }

  @Test("Groups that do not fit stop the program")
  func misuse() async {
    let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (one, other) = (Parameter(Tensor([1])), Parameter(Tensor([1, 2])))
      _ = SGD([one], learningRate: 1, groups: [ParameterGroup([one]), ParameterGroup([other])])
    }
    expect(
      unknown,
      says: "SGD: group 1 has a parameter of shape [2] that is none of the optimizer's 1")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let one = Parameter(Tensor([1]))
      _ = Lion([one], groups: [ParameterGroup([one]), ParameterGroup([one])])
    }
    expect(
      twice, says: "Lion: group 1 has a parameter of shape [1] that an earlier group has")
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ParameterGroup([], learningRateFactor: -1)
    }
    expect(factor, says: "ParameterGroup: learningRateFactor is -1.0")
    let decay = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ParameterGroup([], weightDecay: .nan)
    }
    expect(decay, says: "ParameterGroup: weightDecay is nan")
    let norm = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ParameterGroup([], maximumRowNorm: 0)
    }
    expect(norm, says: "ParameterGroup: maximumRowNorm is 0.0; expected a finite number above 0")
  }
}
