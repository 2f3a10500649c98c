public import DitherTensors

/// What an optimizer knows of one parameter in a step.
public struct ParameterSlot {
  /// The parameter's place in the optimizer's list.
  public let index: Int
  /// Of this step and this parameter: its group's factor counted.
  public private(set) var learningRate = 0.0
  /// Of this parameter: its group's, or the optimizer's.
  public let weightDecay: Double
  /// Steps in which the parameter had a gradient, this one included: 1 at its first.
  public internal(set) var stepCount = 0
  /// What is kept of it, in the order of the names that the optimizer gave.
  public internal(set) var tensors: [Tensor] = []

  let maximumRowNorm: Double?
  private let learningRateFactor: Double

  init(index: Int, group: ParameterGroup?, weightDecay: Double) {
    self.index = index
    self.weightDecay = group?.weightDecay ?? weightDecay
    learningRateFactor = group?.learningRateFactor ?? 1
    maximumRowNorm = group?.maximumRowNorm
  }

  /// Before the parameter's update: its rate, and its tensors where there are none yet.
  mutating func begin(learningRate: Double, tensors count: Int, of shape: [Int]) {
    self.learningRate = learningRate * learningRateFactor
    stepCount += 1
    if tensors.isEmpty && count > 0 { tensors = (0..<count).map { _ in Tensor(zeros: shape) } }
  }

  /// Gives `body` the elements of a tensor in row order, to read and to change.
  ///
  /// - Parameters:
  ///   - index: of the tensor, in ``tensors``.
  ///   - body: what to do with them.
  public mutating func withMutableTensor<Result, Failure: Error>(
    _ index: Int, _ body: (inout MutableSpan<Float>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try tensors[index].withMutableSpan(body)
  }

  /// The elements of a tensor for a kernel: valid in this step, while nothing else changes the slot.
  mutating func pointer(_ index: Int) -> UnsafeMutablePointer<Float> {
    unsafe tensors[index].withUnsafeMutablePointer { unsafe $0 }
  }
}
