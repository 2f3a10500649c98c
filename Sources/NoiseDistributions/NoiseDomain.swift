/// What draws are for. Two domains never share a draw, whatever their seed, site and step.
public struct NoiseDomain: Hashable, Sendable, CustomStringConvertible {
  /// The domain's number in the stream's key: part of the stream's version.
  package let number: UInt32
  /// The domain's name, as its static property is called.
  public let description: String

  private init(_ number: UInt32, _ description: String) {
    self.number = number
    self.description = description
  }

  /// Initial values of parameters.
  public static let initialization = NoiseDomain(0, "initialization")
  /// Noise during training.
  public static let training = NoiseDomain(1, "training")
  /// Noise drawn to sample a trained network (Monte Carlo): the step is the sample's number.
  public static let sampling = NoiseDomain(2, "sampling")
  /// The order of samples, and splits of data.
  public static let shuffling = NoiseDomain(3, "shuffling")
  /// Noise on gradients and updates.
  public static let optimizer = NoiseDomain(4, "optimizer")
  /// Noise put on inputs to measure robustness.
  public static let evaluation = NoiseDomain(5, "evaluation")
}
