import DitherRuntime
public import DitherTensors
public import Layers

/// A snapshot of a network as a classifier with gradients: it never changes, and many tasks may use it at once.
///
/// It holds parameters and buffers of its own. A gradient goes to the inputs alone, so that none of a parameter is made or read. It
/// runs with the threads of `Execution.current`.
///
/// ```swift
/// let classifier = NetworkClassifier(model, inputShape: [64])
/// let attack = GradientAttack.projected(within: PerturbationBall(.maximum, radius: 0.1))
/// let result = attack.result(against: classifier, on: data, noise: NoiseStream(seed: 42))
/// ```
public struct NetworkClassifier<Network: Layer>: DifferentiableClassifier {
  public let inputShape: [Int]
  public let classes: Int

  // Safe to share although layers are not Sendable: the copy is private, and passes that want at most the gradient of the
  // input only read it. A layer that keeps mutable state which its `visit` does not show would break this, as for `Frozen`.
  private nonisolated(unsafe) let network: Network

  /// - Parameters:
  ///   - network: with a value for every parameter. It is asked once, for a sample of zeros, how many classes there are; an output that
  ///     is not [1, classes], with two classes or more, stops the program.
  ///   - inputShape: of one sample; no length 0.
  public init(_ network: Network, inputShape: [Int]) {
    require(
      inputShape.allSatisfy { $0 >= 1 },
      "NetworkClassifier: inputShape is \(inputShape); expected lengths of at least 1")
    let copy = network.copy()
    let output = copy(Tensor(zeros: [1] + inputShape)).shape
    require(
      output.count == 2 && output[0] == 1 && output[1] >= 2,
      "NetworkClassifier: the network's output for one sample of shape \(inputShape) has shape \(output); expected [1, classes], 2 classes or more"
    )
    self.inputShape = inputShape
    classes = output[1]
    unsafe self.network = copy
  }

  public func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
    requirePass(pass, .none)
    return unsafe network.forward(inputs, pass).output
  }

  public func differentiableLogits(
    of inputs: Tensor, _ pass: Pass
  ) -> (logits: Tensor, pullback: (Tensor) -> Tensor) {
    requirePass(pass, .input)
    let (logits, pullback) = unsafe network.forward(inputs, pass)
    return (
      logits,
      { gradient in
        guard let inputGradient = pullback(gradient) else {
          misuse(
            "NetworkClassifier: the pullback of \(Network.self) returned nil; expected the gradient of its input"
          )
        }
        return inputGradient
      }
    )
  }

  /// A pass of training, or one that wants gradients of the parameters, would write to what tasks share.
  private func requirePass(_ pass: Pass, _ gradients: Pass.Gradients) {
    require(
      pass.gradients == gradients && !pass.isTraining,
      "NetworkClassifier: the pass \(pass.isTraining ? "is one of training and " : "")wants the gradients \(pass.gradients); expected one of inference or sampling that wants \(gradients)"
    )
  }
}
