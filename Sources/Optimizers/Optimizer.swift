import DitherRuntime
public import DitherTensors

/// A rule by which gradients change parameters.
///
/// ```swift
/// let model = Sequential(seed: 7) { Linear(inputs: 8, outputs: 2) }
/// let optimizer = AdamW(model.parameters, learningRate: 1e-3)
///
/// let (logits, pullback) = model.forward(
///   Tensor(zeros: [1, 8]), .withoutNoise(gradients: .parameters))
/// let (loss, gradient) = crossEntropy(logits, [1])
/// pullback(gradient)
/// optimizer.step()
/// ```
///
/// An optimizer is an object: it keeps what it learns of each parameter between steps.
public protocol Optimizer: AnyObject {
  /// The parameters that it changes, each once.
  var parameters: [Parameter] { get }
  /// The size of a step; may be set between steps. Not negative, finite.
  var learningRate: Double { get set }
  /// Steps taken so far.
  var stepCount: Int { get }

  /// Applies the gradient of each parameter, clears it, and counts the step.
  ///
  /// A parameter without a gradient is left alone, and so is what the optimizer keeps of it.
  func step()
}

/// The parameters that an optimizer is given, each once. Stops at one without a value: its network, once it has a seed,
/// would have others in its place, and this optimizer would train nothing.
func trained(_ parameters: [Parameter], _ optimizer: String) -> [Parameter] {
  for (index, parameter) in parameters.enumerated() {
    require(
      parameter.isInitialized,
      "\(optimizer): parameter \(index) of shape \(parameter.shape) has no value yet; expected those of a network with a seed, as in Sequential(seed: 7) { … } or model.initialized(seed: 7)"
    )
  }
  return distinct(parameters)
}

/// The parameters of a list, each once, in the order in which they first appear.
func distinct(_ parameters: [Parameter]) -> [Parameter] {
  var seen: Set<ObjectIdentifier> = []
  return parameters.filter { seen.insert(ObjectIdentifier($0)).inserted }
}

/// Stops unless a hyperparameter is a number from 0 on.
func requireNotNegative(_ value: Double, _ optimizer: String, _ name: String) {
  require(
    value >= 0 && value.isFinite,
    "\(optimizer): \(name) is \(value); expected a finite number, 0 or more")
}

/// Stops unless the share that a running mean keeps is in 0 ..< 1.
func requireShare(_ value: Double, _ optimizer: String, _ name: String) {
  require(
    value >= 0 && value < 1, "\(optimizer): \(name) is \(value); expected 0 or more and less than 1"
  )
}
