import NoiseDistributions

/// A kind of noise that a study tries, by one number: a scale, or a rate.
enum StudyFamily: String, CaseIterable, Sendable {
  case gaussian, uniform
  case saltAndPepper = "salt-and-pepper"
  case dropout
  case logNormal = "log-normal"
  case laplace
  case gaussianDropout = "gaussian-dropout"

  /// What is tried where nothing is said.
  static let standard: [StudyFamily] = [.gaussian, .uniform, .saltAndPepper, .dropout, .logNormal]

  /// What a number of this kind is.
  enum Kind {
    /// A standard deviation, in units of what the noise is added to.
    case deviation
    /// Of the logarithm of what multiplies.
    case logDeviation
    /// A probability.
    case rate
  }

  var kind: Kind {
    switch self {
    case .gaussian, .uniform, .laplace: .deviation
    case .logNormal: .logDeviation
    case .saltAndPepper, .dropout, .gaussianDropout: .rate
    }
  }

  var axis: String { kind == .rate ? "rate" : "scale" }

  /// The greatest number that its rule takes.
  var largest: Float {
    switch kind {
    case .deviation: .greatestFiniteMagnitude
    case .logDeviation: 8
    case .rate: 0.95
    }
  }

  /// What help says of it.
  var explanation: String {
    switch self {
    case .gaussian: "adds a Gaussian of standard deviation S"
    case .uniform: "adds a uniform value of standard deviation S"
    case .saltAndPepper: "replaces a share S by the least or the greatest value"
    case .dropout: "sets a share S of the values to 0, scales up the rest"
    case .logNormal: "multiplies by log-normal values of mean 1, log deviation S"
    case .laplace: "adds a Laplace value of standard deviation S"
    case .gaussianDropout: "multiplies by Gaussians as unequal as dropout's of rate S"
    }
  }

  /// The rule of a number.
  ///
  /// - Parameters:
  ///   - scale: 0 or more, at most ``largest``.
  ///   - values: the least and the greatest that salt and pepper put in.
  func rule(_ scale: Float, between values: ClosedRange<Float>) -> NoiseRule {
    switch self {
    case .gaussian, .uniform, .laplace: .adding(distribution, scale: .fixed(scale))
    case .saltAndPepper:
      .replacing(
        SaltAndPepper(
          rate: Double(shortest: scale), low: values.lowerBound, high: values.upperBound))
    case .dropout: .dropout(rate: Double(shortest: scale))
    case .logNormal: .multiplying(LogNormal.unitMean(logStandardDeviation: scale))
    case .gaussianDropout: .gaussianDropout(rate: Double(shortest: scale))
    }
  }

  /// What is added, of variance 1; of families that add nothing the Gaussian.
  var distribution: any NoiseDistribution {
    switch self {
    // √3, 1/√2.
    case .uniform: Uniform(halfWidth: 1.732_050_8)
    case .laplace: Laplace(scale: 0.707_106_77)
    default: Gaussian(standardDeviation: 1)
    }
  }
}

/// Where in the network a study tries noise.
enum StudySite: String, CaseIterable, Sendable {
  /// Of the first layer.
  case input
  /// The outputs of the linear layers but the last.
  case hidden
  /// The weights and the biases of the same.
  case weight, bias

  static let standard: [StudySite] = [.input, .hidden, .weight]

  /// As ``SiteNoise`` has it.
  var text: String {
    switch self {
    case .input: "input"
    case .hidden: "hidden.output"
    case .weight: "hidden.weight"
    case .bias: "hidden.bias"
    }
  }

  /// What help says of it.
  var explanation: String {
    switch self {
    case .input: "the input of the network"
    case .hidden: "the outputs of its linear layers but the last"
    case .weight: "their weights"
    case .bias: "their biases"
    }
  }
}
