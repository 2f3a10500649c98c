import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// What every optimizer holds: the parameters, the learning rate, the count of steps, and tensors for each parameter.
///
/// It brings parameter groups, learning-rate schedules, noise on gradients, the bound on rows' norms, and the state for
/// checkpoints to an optimizer of any formula; see ``Optimizer`` for one written with it.
public struct OptimizerCore {
  /// The optimizer's name, in messages and in its state.
  public let name: String
  /// The parameters that it changes, each once.
  public let parameters: [Parameter]
  /// Steps taken so far.
  public private(set) var stepCount = 0
  /// The learning rate as a function of ``stepCount``; nil where it is the number last set.
  public var learningRateSchedule: Schedule?
  /// What happens to each gradient before it is used; nil for nothing.
  public var gradientNoise: GradientNoise?

  private var fixedLearningRate: Double
  private let tensorNames: [String]
  /// By place in `parameters`.
  private var slots: [ParameterSlot]

  /// - Parameters:
  ///   - name: the optimizer's.
  ///   - parameters: what to train; one that appears twice counts once. One without a value stops the program: its
  ///     network, once it has a seed, would have others in its place.
  ///   - learningRate: 0 or more.
  ///   - weightDecay: of the parameters whose group says no other; 0 or more.
  ///   - groups: settings of some of the parameters. One that is not among `parameters`, or is in two groups, stops the
  ///     program.
  ///   - tensors: names of the tensors that are kept of each parameter: of its shape, zeros at its first step.
  ///   - gradientNoise: what happens to each gradient before it is used; nil for nothing.
  public init(
    _ name: String, _ parameters: [Parameter], learningRate: Double, weightDecay: Double = 0,
    groups: [ParameterGroup] = [], tensors: [String] = [], gradientNoise: GradientNoise? = nil
  ) {
    requireNotNegative(learningRate, name, "learningRate")
    requireNotNegative(weightDecay, name, "weightDecay")
    for (index, parameter) in parameters.enumerated() {
      require(
        parameter.isInitialized,
        "\(name): parameter \(index) of shape \(parameter.shape) has no value yet; expected those of a network with a seed, as in Sequential(seed: 7) { … } or model.initialized(seed: 7)"
      )
    }
    self.name = name
    self.parameters = distinct(parameters)
    self.gradientNoise = gradientNoise
    fixedLearningRate = learningRate
    tensorNames = tensors
    let places = GroupPlaces(groups, of: self.parameters, name)
    slots = self.parameters.enumerated().map { index, parameter in
      ParameterSlot(index: index, group: places[parameter], weightDecay: weightDecay)
    }
  }

  /// The size of the next step. Setting it takes away a ``learningRateSchedule``. Not negative, finite.
  public var learningRate: Double {
    get { learningRateSchedule?.value(at: stepCount) ?? fixedLearningRate }
    set {
      requireNotNegative(newValue, name, "learningRate")
      fixedLearningRate = newValue
      learningRateSchedule = nil
    }
  }

  /// Takes a step: noise on the gradients, `update` for each parameter that has a gradient, the bound on its rows' norms.
  ///
  /// - Parameter update: changes the parameter by `Parameter.update(_:)`, which clears the gradient. It must not use the
  ///   core, nor what the optimizer reads of it: the slot holds what it needs.
  public mutating func step(
    _ update: (_ parameter: Parameter, _ slot: inout ParameterSlot) -> Void
  ) {
    let rate = learningRate
    requireNotNegative(rate, name, "learningRate")
    gradientNoise?.apply(to: parameters, step: stepCount)
    for (index, parameter) in parameters.enumerated() where parameter.hasGradient {
      slots[index].begin(learningRate: rate, tensors: tensorNames.count, of: parameter.shape)
      update(parameter, &slots[index])
      if let maximum = slots[index].maximumRowNorm, parameter.shape.count >= 2 {
        parameter.limitRowNorms(to: maximum)
      }
    }
    stepCount += 1
  }
}

// MARK: State

extension OptimizerCore {
  /// All that has been learned.
  public var state: OptimizerState {
    OptimizerState(
      optimizer: name, stepCount: stepCount, learningRate: fixedLearningRate,
      parameters: slots.map { slot in
        OptimizerState.ParameterState(
          stepCount: slot.stepCount,
          tensors: Dictionary(uniqueKeysWithValues: zip(tensorNames, slot.tensors)))
      })
  }

  /// Takes over a state; nothing changes where it is refused.
  ///
  /// - Throws: what differs.
  public mutating func restore(_ state: OptimizerState) throws(OptimizerStateError) {
    try state.check(optimizer: name, tensorNames: tensorNames, shapes: parameters.map(\.shape))
    stepCount = state.stepCount
    fixedLearningRate = state.learningRate
    for (index, parameter) in state.parameters.enumerated() {
      slots[index].stepCount = parameter.stepCount
      slots[index].tensors =
        parameter.stepCount == 0 ? [] : tensorNames.map { parameter.tensors[$0]! }
    }
  }
}
