/// How far the certification of data is: given after each sample.
public struct CertificationProgress: Hashable, Sendable {
  /// The sample that was certified last, from 0.
  public let row: Int
  /// Samples in all.
  public let rows: Int
  /// Of that sample.
  public let certificate: Certificate
}
