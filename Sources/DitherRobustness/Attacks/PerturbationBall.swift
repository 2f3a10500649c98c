import DitherRuntime

/// Where an attack may move a sample: no further than a radius from it, and not out of the range of the data.
///
/// ```swift
/// // No pixel by more than 8/255, and none out of 0…1.
/// let ball = PerturbationBall(.maximum, radius: 8 / 255, range: 0...1)
/// ```
public struct PerturbationBall: Hashable, Sendable {
  /// How far apart two samples are.
  public enum Norm: String, Hashable, Sendable, Codable, CaseIterable {
    /// L∞: the greatest absolute difference of an element.
    case maximum
    /// L2: the root of the sum of the squared differences.
    case euclidean
  }

  /// The norm that the radius is in.
  public let norm: Norm
  /// The radius, ε.
  public let radius: Float
  /// The range of the data; nil for all numbers.
  public let range: ClosedRange<Float>?

  /// - Parameters:
  ///   - norm: that the radius is in.
  ///   - radius: ε, finite and 0 or more; another stops the program.
  ///   - range: of the data. A sample that is not in it stops an attack.
  public init(_ norm: Norm, radius: Float, range: ClosedRange<Float>? = nil) {
    require(
      radius >= 0 && radius.isFinite,
      "PerturbationBall: radius is \(radius); expected a finite number, 0 or more")
    self.norm = norm
    self.radius = radius
    self.range = range
  }

  /// The ball of another radius.
  public func with(radius: Float) -> PerturbationBall {
    PerturbationBall(norm, radius: radius, range: range)
  }
}

extension PerturbationBall: CustomStringConvertible {
  public var description: String {
    let within = range.map { ", within \($0.lowerBound)…\($0.upperBound)" } ?? ""
    return "\(norm == .maximum ? "L∞" : "L2") ball of radius \(radius)\(within)"
  }
}
