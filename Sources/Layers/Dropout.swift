public import DitherTensors
import NoiseDistributions

/// Dropout: in passes with noise each element becomes 0 with probability `rate`, and the others are multiplied by
/// 1 / (1 − rate); else the identity. Source: Srivastava et al. 2014.
///
/// A dropped element is 0 even where it was infinite or not a number. At rate 1 all are 0, at rate 0 none.
/// The input has shape [batch, columns], or more axes before the last.
public struct Dropout: Layer {
  /// The probability that an element becomes 0.
  public let rate: Double

  private let rules: [NoiseRule]

  /// - Parameter rate: from 0 to 1; any other value stops the program.
  public init(rate: Double) {
    self.rate = rate
    rules = [.dropout(rate: rate)]
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    perturb(input, by: rules, layer: "Dropout", pass)
  }

  /// No parameters; the rule, for summaries.
  public mutating func visit(_ visitor: inout LayerVisitor) { visitor.noise("input", rules) }
}
