import DitherRuntime

/// What a smoothed classifier answers to one sample, and how far the sample may be moved before that can change.
public struct Certificate: Hashable, Sendable, Codable {
  /// The class; nil where it abstains, since no class could be shown to have more than half of the probability.
  public let label: Int?
  /// The certified radius in L2: no sample nearer than this is taken for another class. 0 where it abstains.
  public let radius: Double
  /// The class that was chosen by the first draws.
  public let candidate: Int
  /// How many of the draws were taken for it.
  public let votes: Int
  /// The draws that it was estimated with.
  public let draws: Int
  /// The lower bound on the probability of ``candidate``.
  public let lowerBound: Double
}

/// The certificates of many samples: the share that is answered rightly at a radius.
public struct CertifiedAccuracy: Sendable, Hashable, Codable {
  /// One for each sample.
  public let certificates: [Certificate]
  /// The class of each sample.
  public let labels: [Int]

  /// - Parameters:
  ///   - certificates: one for each sample, at least one.
  ///   - labels: as many; others stop the program.
  public init(_ certificates: [Certificate], labels: [Int]) {
    require(
      certificates.count == labels.count && !labels.isEmpty,
      "CertifiedAccuracy: \(certificates.count) certificates and \(labels.count) labels; expected as many of both, at least one"
    )
    self.certificates = certificates
    self.labels = labels
  }

  /// The share of samples whose class is certified at a radius in L2: at 0 the share that is answered rightly without abstaining.
  public func accuracy(at radius: Double) -> Double {
    Double(count(at: radius)) / Double(labels.count)
  }

  /// The interval of Clopper and Pearson for ``accuracy(at:)``: what the samples say of others like them.
  ///
  /// - Parameters:
  ///   - radius: in L2.
  ///   - confidence: above 0 and below 1; another stops the program.
  public func interval(at radius: Double, confidence: Double = 0.95) -> ClosedRange<Double> {
    ClopperPearson.interval(
      successes: count(at: radius), trials: labels.count, confidence: confidence)
  }

  /// The mean over all samples of the certified radius, that of one which is not answered rightly being 0 (Zhai et al. 2020,
  /// *MACER*).
  public var averageRadius: Double {
    zip(certificates, labels).reduce(0) { $0 + ($1.0.label == $1.1 ? $1.0.radius : 0) }
      / Double(labels.count)
  }

  /// The share of samples to which there is no answer.
  public var abstentionRate: Double {
    Double(certificates.count { $0.label == nil }) / Double(labels.count)
  }

  private func count(at radius: Double) -> Int {
    zip(certificates, labels).count { $0.label == $1 && $0.radius >= radius }
  }
}

extension CertifiedAccuracy {
  private enum CodingKeys: CodingKey {
    case certificates
    case labels
  }

  /// Throws `DecodingError.dataCorrupted` unless there are as many certificates as labels, at least one.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    certificates = try container.decode([Certificate].self, forKey: .certificates)
    labels = try container.decode([Int].self, forKey: .labels)
    if certificates.count != labels.count || labels.isEmpty {
      throw DecodingError.dataCorruptedError(
        forKey: .certificates, in: container,
        debugDescription:
          "\(certificates.count) certificates and \(labels.count) labels; expected as many of both, at least one"
      )
    }
  }
}
