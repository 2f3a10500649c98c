import DitherRuntime
public import DitherTensors

/// Settings of some of an optimizer's parameters, where they differ from the others'.
///
/// ```swift
/// let biases = model.parameters.filter { $0.shape.count < 2 }
/// let optimizer = AdamW(
///   model.parameters, learningRate: 1e-3,
///   groups: [ParameterGroup(biases, learningRateFactor: 2, weightDecay: 0)])
/// ```
///
/// ### The norm of incoming weights
///
/// With `maximumRowNorm` c, each row w of a weight [outputs, inputs], which holds what comes into one unit, is multiplied
/// after each step by c / ‖w‖ where ‖w‖ = √(Σ w²) is above c. Weights of more axes count as rows of their first axis;
/// parameters of fewer than two axes, such as biases, are left alone, and so are rows that are not finite. The norm is
/// computed in double precision in a fixed order.
///
/// ```swift
/// let bounded = SGD(
///   model.parameters, learningRate: 0.1, momentum: 0.95,
///   groups: [ParameterGroup(model.parameters, maximumRowNorm: 3)])
/// ```
///
/// Source: Srivastava et al. 2014, *Dropout*, section 5.1.
public struct ParameterGroup {
  /// The parameters whose settings these are.
  public let parameters: [Parameter]
  /// On the optimizer's learning rate.
  public let learningRateFactor: Double
  /// In the place of the optimizer's; nil for the optimizer's own.
  public let weightDecay: Double?
  /// The greatest norm of a row, c; nil for none.
  public let maximumRowNorm: Double?

  /// - Parameters:
  ///   - parameters: among the optimizer's, each in one group at most.
  ///   - learningRateFactor: 0 or more.
  ///   - weightDecay: 0 or more; nil for the optimizer's own.
  ///   - maximumRowNorm: above 0; nil for no bound.
  public init(
    _ parameters: [Parameter], learningRateFactor: Double = 1, weightDecay: Double? = nil,
    maximumRowNorm: Double? = nil
  ) {
    requireNotNegative(learningRateFactor, "ParameterGroup", "learningRateFactor")
    if let weightDecay { requireNotNegative(weightDecay, "ParameterGroup", "weightDecay") }
    if let maximumRowNorm { requirePositive(maximumRowNorm, "ParameterGroup", "maximumRowNorm") }
    self.parameters = distinct(parameters)
    self.learningRateFactor = learningRateFactor
    self.weightDecay = weightDecay
    self.maximumRowNorm = maximumRowNorm
  }
}

/// The group of each parameter that is in one.
struct GroupPlaces {
  private var groups: [ObjectIdentifier: ParameterGroup] = [:]

  init(_ groups: [ParameterGroup], of parameters: [Parameter], _ optimizer: String) {
    let known = Set(parameters.map(ObjectIdentifier.init))
    for (number, group) in groups.enumerated() {
      for parameter in group.parameters {
        let identifier = ObjectIdentifier(parameter)
        require(
          known.contains(identifier),
          "\(optimizer): group \(number) has a parameter of shape \(parameter.shape) that is none of the optimizer's \(parameters.count); expected one of them"
        )
        let earlier = self.groups.updateValue(group, forKey: identifier)
        require(
          earlier == nil,
          "\(optimizer): group \(number) has a parameter of shape \(parameter.shape) that an earlier group has; expected each in one group"
        )
      }
    }
  }

  subscript(parameter: Parameter) -> ParameterGroup? { groups[ObjectIdentifier(parameter)] }
}
