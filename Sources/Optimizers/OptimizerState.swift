public import DitherTensors

/// What an optimizer has learned: counts, the learning rate, and tensors by name for each parameter.
///
/// ```swift
/// let state = optimizer.state               // with the weights: a checkpoint
/// try optimizer.restore(state)
/// ```
///
/// Hyperparameters, schedules and streams of noise are no part of it: the program that resumes makes the optimizer as the
/// first one did. Noise needs no more than the count of steps, which is here.
public struct OptimizerState: Sendable {
  /// Of one parameter.
  public struct ParameterState: Sendable {
    /// Steps in which it had a gradient.
    public var stepCount: Int
    /// Of its shape, by the optimizer's names; none before its first step.
    public var tensors: [String: Tensor]

    public init(stepCount: Int, tensors: [String: Tensor]) {
      self.stepCount = stepCount
      self.tensors = tensors
    }
  }

  /// The optimizer's name, such as `AdamW`.
  public var optimizer: String
  /// Steps taken.
  public var stepCount: Int
  /// The learning rate that was last set: a schedule's values are not here.
  public var learningRate: Double
  /// In the order of the optimizer's parameters.
  public var parameters: [ParameterState]

  public init(
    optimizer: String, stepCount: Int, learningRate: Double, parameters: [ParameterState]
  ) {
    self.optimizer = optimizer
    self.stepCount = stepCount
    self.learningRate = learningRate
    self.parameters = parameters
  }

  /// Throws what of it does not fit an optimizer.
  func check(
    optimizer name: String, tensorNames: [String], shapes: [[Int]]
  ) throws(OptimizerStateError) {
    if optimizer != name { throw .optimizer(received: optimizer, expected: name) }
    if parameters.count != shapes.count {
      throw .parameterCount(received: parameters.count, expected: shapes.count)
    }
    try requireCount(stepCount)
    if !(learningRate >= 0 && learningRate.isFinite) { throw .learningRate(received: learningRate) }
    for (index, parameter) in parameters.enumerated() {
      if parameter.stepCount < 0 || parameter.stepCount > stepCount {
        throw .stepCount(parameter: index, received: parameter.stepCount, limit: stepCount)
      }
      let expected = parameter.stepCount == 0 ? [] : tensorNames.sorted()
      let received = parameter.tensors.keys.sorted()
      if received != expected {
        throw .tensorNames(parameter: index, received: received, expected: expected)
      }
      for name in expected {
        let shape = parameter.tensors[name]!.shape
        if shape != shapes[index] {
          throw .shape(parameter: index, tensor: name, received: shape, expected: shapes[index])
        }
      }
    }
  }
}

/// Throws for a count of steps that no run has had: from 2⁵³ on a `Double` has not each whole number.
func requireCount(_ steps: Int) throws(OptimizerStateError) {
  let limit = 1 << 53
  if steps < 0 || steps > limit {
    throw .stepCount(parameter: nil, received: steps, limit: limit)
  }
}

/// How a state differs from what an optimizer, or an average of weights, can take over.
public enum OptimizerStateError: Error, Hashable {
  /// It is another optimizer's.
  case optimizer(received: String, expected: String)
  /// It has more or fewer parameters.
  case parameterCount(received: Int, expected: Int)
  /// A count of steps is negative or above its limit: 2⁵³ for the whole, for which the parameter is nil, and the whole for a
  /// parameter.
  case stepCount(parameter: Int?, received: Int, limit: Int)
  /// The learning rate is negative or not finite.
  case learningRate(received: Double)
  /// A parameter has other tensors, as with another momentum.
  case tensorNames(parameter: Int, received: [String], expected: [String])
  /// A tensor has another shape than its parameter.
  case shape(parameter: Int, tensor: String, received: [Int], expected: [Int])
  /// An average of weights is of another kind.
  case averageKind(received: WeightAverage.Kind, expected: WeightAverage.Kind)
  /// There are more or fewer averages than parameters, or some before the first update.
  case averageCount(received: Int, expected: Int, updates: Int)
}

extension OptimizerStateError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .optimizer(let received, let expected):
      "the state is that of \(received); expected \(expected)"
    case .parameterCount(let received, let expected):
      "the state has \(received) parameters; expected \(expected)"
    case .stepCount(nil, let received, let limit):
      "the state has counted \(received) steps; expected 0…\(limit)"
    case .stepCount(let parameter?, let received, let limit):
      "parameter \(parameter) has counted \(received) steps; expected 0…\(limit)"
    case .learningRate(let received):
      "the learning rate is \(received); expected a finite number, 0 or more"
    case .tensorNames(let parameter, let received, let expected):
      "parameter \(parameter) has the tensors \(received); expected \(expected)"
    case .shape(let parameter, let tensor, let received, let expected):
      "the tensor \(tensor) of parameter \(parameter) has the shape \(received); expected \(expected)"
    case .averageKind(let received, let expected):
      "the state is that of an average that is \(received); expected \(expected)"
    case .averageCount(let received, let expected, let updates):
      "the number of averages is \(received) after \(updates) updates; expected \(expected)"
    }
  }
}
