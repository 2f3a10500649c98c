import CKernels
import DitherRuntime
public import DitherTensors

/// Averages of weights over training, kept beside the weights, to put in their place for evaluation.
///
/// At its first update the average a of each parameter w is w itself; then a += share·(w − a). Of the kind
/// `equal` the share is 1 / (n + 1) at the update that follows n others, so that a is the mean of all;
/// of `exponential(decay:)` it is 1 − decay.
///
/// ```swift
/// let average = WeightAverage(model.parameters, .exponential(decay: 0.999))
/// average.update()                       // after each step
/// average.withAverages {                 // the weights come back, to the bit
///   print(model(inputs))
/// }
/// ```
///
/// It averages parameters and no buffers. The running statistics of a `BatchNorm` belong to the weights as they were trained, not to
/// their average: before it predicts, pass training data through a copy with the averages, in passes of training without
/// gradients.
///
/// ```swift
/// let evaluated = average.withAverages { model.copy() }
/// for step in 0..<100 {                  // with a batch of its own each time
///   _ = evaluated.forward(inputs, .training(noise.at(step: step), gradients: .none))
/// }
/// ```
///
/// Source: of the equal kind Polyak & Juditsky 1992, *Acceleration of stochastic approximation by averaging*, and, with one update
/// an epoch late in training, Izmailov et al. 2018, *Averaging weights leads to wider optima and better generalization*, whose
/// algorithm 1 ends with the statistics above; of the exponential, with one update a step, Tarvainen & Valpola 2017, *Mean teachers
/// are better role models*.
public final class WeightAverage {
  /// Which average.
  public enum Kind: Sendable, Hashable {
    /// Of all updates alike.
    case equal
    /// The newer counts more: `decay`, 0 or more and less than 1, is the share that is kept at an update.
    case exponential(decay: Double)
  }

  /// The parameters that are averaged, each once.
  public let parameters: [Parameter]
  /// Which average.
  public let kind: Kind
  /// Updates so far.
  public private(set) var updateCount = 0
  /// Whether the averages are in the parameters' place, and the weights in theirs.
  public private(set) var isSwapped = false

  /// By place in `parameters`; none before the first update.
  private var averages: [Tensor] = []

  /// - Parameters:
  ///   - parameters: one that appears twice counts once.
  ///   - kind: which average.
  public init(_ parameters: [Parameter], _ kind: Kind) {
    if case .exponential(let decay) = kind { requireShare(decay, "WeightAverage", "decay") }
    self.parameters = distinct(parameters)
    self.kind = kind
  }

  /// Takes the weights as they are into the averages. Stops the program while these are swapped.
  public func update() {
    require(
      !isSwapped,
      "WeightAverage.update: the averages are in the weights' place; expected swap() first")
    if updateCount == 0 {
      averages = parameters.map(\.value)
    } else {
      let part = share(after: updateCount)
      for (index, parameter) in parameters.enumerated() {
        unsafe averages[index].withUnsafeMutablePointer { average in
          unsafe parameter.value.withUnsafePointer { value in
            var execution = unsafe Execution.current.kernelExecution
            unsafe ck_move_towards(
              &execution, part, parameter.count, value, average)
          }
        }
      }
    }
    updateCount += 1
  }

  private func share(after updates: Int) -> Double {
    switch kind {
    case .equal: 1 / Double(updates + 1)
    case .exponential(let decay): 1 - decay
    }
  }

  /// Puts the averages in the weights' place, and the weights in theirs; a second time, back. No bit changes.
  ///
  /// Stops the program before the first update. The parameters' versions go up, so that a pullback of before stops.
  public func swap() {
    require(
      updateCount > 0, "WeightAverage.swap: there are no averages yet; expected update() first")
    for (index, parameter) in parameters.enumerated() {
      let value = parameter.value
      parameter.value = averages[index]
      averages[index] = value
    }
    isSwapped.toggle()
  }

  /// Runs `body` with the averages in the weights' place, which come back whatever it does.
  public func withAverages<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    require(
      !isSwapped,
      "WeightAverage.withAverages: the averages are in the weights' place already; expected swap() first"
    )
    swap()
    defer { swap() }
    return try body()
  }
}

// MARK: State

extension WeightAverage {
  /// The averages and their count, for a checkpoint.
  public struct State: Sendable {
    /// Which average it is; nil where that is not known, and then not checked.
    public var kind: Kind?
    /// Updates so far.
    public var updateCount: Int
    /// In the order of the parameters; none before the first update.
    public var averages: [Tensor]

    public init(kind: Kind? = nil, updateCount: Int, averages: [Tensor]) {
      self.kind = kind
      self.updateCount = updateCount
      self.averages = averages
    }
  }

  /// The averages and their count. Stops the program while they are swapped.
  public var state: State {
    require(
      !isSwapped,
      "WeightAverage.state: the averages are in the weights' place; expected swap() first")
    return State(kind: kind, updateCount: updateCount, averages: averages)
  }

  /// Takes over a state. Nothing changes where it is refused. Stops the program while the averages are swapped.
  ///
  /// - Throws: what differs.
  public func restore(_ state: State) throws(OptimizerStateError) {
    require(
      !isSwapped,
      "WeightAverage.restore: the averages are in the weights' place; expected swap() first")
    if let received = state.kind, received != kind {
      throw .averageKind(received: received, expected: kind)
    }
    try requireCount(state.updateCount)
    let expected = state.updateCount == 0 ? 0 : parameters.count
    if state.averages.count != expected {
      throw .averageCount(
        received: state.averages.count, expected: expected, updates: state.updateCount)
    }
    for (index, average) in state.averages.enumerated()
    where average.shape != parameters[index].shape {
      throw .shape(
        parameter: index, tensor: "average", received: average.shape,
        expected: parameters[index].shape)
    }
    updateCount = state.updateCount
    averages = state.averages
  }
}
