public import DitherTensors
public import NoiseDistributions

/// A rule by which gradients change parameters.
///
/// ```swift
/// let model = Sequential(seed: 7) { Linear(inputs: 8, outputs: 2) }
/// let optimizer = AdamW(model.parameters, learningRate: 1e-3)
///
/// let noise = NoiseStream(seed: 42)
///
/// let pass = Pass.training(noise.at(step: optimizer.stepCount))
/// let (logits, pullback) = model.forward(Tensor(zeros: [1, 8]), pass)
/// let (loss, gradient) = crossEntropy(logits, [1])
/// pullback(gradient)
/// optimizer.step()
/// ```
///
/// An optimizer is an object: it keeps what it learns of each parameter between steps. One of your own holds an
/// ``OptimizerCore``, which brings all but the formula:
///
/// ```swift
/// final class SignDescent: Optimizer {
///   var core: OptimizerCore
///
///   init(_ parameters: [Parameter], learningRate: Double) {
///     core = OptimizerCore("SignDescent", parameters, learningRate: learningRate)
///   }
///
///   func step() {
///     core.step { parameter, slot in
///       parameter.update { value, gradient in
///         for index in value.indices where gradient[index] != 0 {
///           value[index] -= Float(signOf: gradient[index], magnitudeOf: Float(slot.learningRate))
///         }
///       }
///     }
///   }
/// }
/// ```
public protocol Optimizer: AnyObject {
  /// Its parameters, its learning rate and what it keeps: what ``step()`` works with.
  var core: OptimizerCore { get set }

  /// Applies the gradient of each parameter, clears it, and counts the step.
  ///
  /// A parameter without a gradient is left alone, and so is what the optimizer keeps of it.
  func step()
}

extension Optimizer {
  /// The parameters that it changes, each once.
  public var parameters: [Parameter] { core.parameters }

  /// The size of the next step; may be set between steps, which takes away a ``learningRateSchedule``. Not negative, finite.
  public var learningRate: Double {
    get { core.learningRate }
    set { core.learningRate = newValue }
  }

  /// The learning rate as a function of ``stepCount``; nil where it is the number last set.
  ///
  /// ```swift
  /// optimizer.learningRateSchedule = .warmUp(over: 500, then: .cosine(from: 1e-3, to: 0, over: 9_500))
  /// ```
  public var learningRateSchedule: Schedule? {
    get { core.learningRateSchedule }
    set { core.learningRateSchedule = newValue }
  }

  /// Steps taken so far.
  public var stepCount: Int { core.stepCount }

  /// What happens to each gradient before it is used; nil for nothing. May be set between steps.
  public var gradientNoise: GradientNoise? {
    get { core.gradientNoise }
    set { core.gradientNoise = newValue }
  }

  /// All that it has learned, for a checkpoint: with the weights, what a run needs to go on with the same bits.
  public var state: OptimizerState { core.state }

  /// Takes the place of the optimizer whose state it was: one made alike, of parameters in the same order.
  ///
  /// The number of steps and the learning rate are the state's afterwards; a ``learningRateSchedule`` stays. Nothing
  /// changes where the state is refused.
  ///
  /// - Throws: what differs.
  public func restore(_ state: OptimizerState) throws(OptimizerStateError) {
    try core.restore(state)
  }
}

/// The parameters of a list, each once, in the order in which they first appear.
func distinct(_ parameters: [Parameter]) -> [Parameter] {
  var seen: Set<ObjectIdentifier> = []
  return parameters.filter { seen.insert(ObjectIdentifier($0)).inserted }
}
