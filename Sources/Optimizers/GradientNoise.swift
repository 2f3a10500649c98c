import DitherRuntime
import DitherTensors
public import NoiseDistributions

/// Noise on gradients: rules that an optimizer applies to each gradient before it uses it.
///
/// ```swift
/// let noise = GradientNoise(.adding(Gaussian(standardDeviation: 0.01)), from: NoiseStream(seed: 42))
/// let model = Sequential(seed: 7) { Linear(inputs: 8, outputs: 2) }
/// let optimizer = AdamW(model.parameters, learningRate: 1e-3, gradientNoise: noise)
/// ```
///
/// It comes after what has been done to the gradients by then, clipping for example, and before weight decay and running
/// means. A draw is in the domain `NoiseDomain.optimizer`, at the step that the optimizer has counted so far, from 0, at
/// the site of the parameter's place in the optimizer's list (`"3.gradient"`), and at the row and column of the element:
/// the index on the first axis is the row, those on the others together are the column. So the order of the parameters
/// is a part of the address. A scale relative to the signal is relative to that row of the gradient.
///
/// Source: Neelakantan et al., *Adding gradient noise improves learning for very deep networks* (2015).
public struct GradientNoise: Sendable {
  /// The rules in the order in which they apply.
  public let rules: [NoiseRule]
  /// What is drawn from. Its domain, step and first row do not matter, unless it is frozen
  /// (`NoiseStream.frozen()`): then every step draws what its own step draws.
  public let stream: NoiseStream

  /// - Parameters:
  ///   - rules: what happens to each element of a gradient. One that learns its scale stops the program: there is no gradient
  ///     of a gradient to learn it by. So does one over true samples alone, as no row is padded.
  ///   - stream: of the draws.
  public init(_ rules: NoiseRule..., from stream: NoiseStream) {
    for rule in rules {
      require(
        rule.learnedScale == nil && !rule.countsTrueSamplesAlone,
        "GradientNoise: the rule is \(rule); expected a scale that is fixed, scheduled, or relative to the signal"
      )
    }
    self.rules = rules
    self.stream = stream
  }

  /// Changes the gradients of those parameters that have one.
  func apply(to parameters: [Parameter], step: Int) {
    let stream = stream.in(.optimizer).at(step: step).rows(from: 0)
    for (index, parameter) in parameters.enumerated() where parameter.hasGradient {
      let (rows, columns) = parameter.matrixShape
      let noise = PreparedNoise(
        rules, stream: stream, site: "\(index).gradient", rows: rows, columns: columns)
      unsafe parameter.withUnsafeMutableGradient { gradient in
        unsafe noise.measuring(gradient, rows: rows)
          .apply(rows: rows, columns: columns, gradient, gradient)
      }
    }
  }
}
