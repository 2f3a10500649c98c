import DitherRuntime
public import DitherTensors
public import NoiseDistributions

/// Noise as a layer of its own: a rule on each element of its input, of shape [batch, columns] or with more axes before the last,
/// which together are the rows.
///
/// In passes without noise it is the identity. Its noise site is "input".
///
/// ```swift
/// let perturb = Perturb(.multiplying(LogNormal.unitMean(logStandardDeviation: 0.3)))
/// ```
public struct Perturb: Layer {
  /// What happens to each element.
  public var rule: NoiseRule { rules[0] }
  /// Columns of the input; nil for any.
  public let columns: Int?

  private let rules: [NoiseRule]
  private var scales = LearnedScales()

  /// A layer that applies `rule`.
  ///
  /// - Parameters:
  ///   - rule: what happens to each element.
  ///   - columns: of the input, at least 1; nil, the default, for any. A rule that learns a scale a column must be told.
  public init(_ rule: NoiseRule, columns: Int? = nil) {
    if let columns { require(columns >= 1, "Perturb: columns is \(columns); expected at least 1") }
    rules = [rule]
    self.columns = columns
    scales.add(rule, site: "input", slot: 0, columns: columns, layer: "Perturb")
  }

  public func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
    perturb(input, by: rules, scales: scales, columns: columns, layer: "Perturb", pass)
  }

  /// The parameter of the rule's scale, "input.scale", if it learns one; else nothing.
  public mutating func visit(_ visitor: inout LayerVisitor) {
    scales.visit(&visitor)
    visitor.noise("input", rules)
  }
}
