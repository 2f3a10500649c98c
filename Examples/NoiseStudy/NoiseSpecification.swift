import Layers
import NoiseDistributions

/// A noise to train with, as the command line writes it: `gaussian:0.3@input`.
struct NoiseSpecification: Sendable {
  /// What it was written as.
  let text: String
  let kind: Kind
  let scale: Double
  let site: Linear.Site

  /// What there is to choose from.
  enum Kind: String, CaseIterable {
    case gaussian, uniform, lognormal, saltpepper, dropout

    /// The scales that make sense where the values are in 0…1.
    var scales: ClosedRange<Double> {
      switch self {
      case .gaussian, .uniform, .lognormal: 0...10
      case .saltpepper, .dropout: 0...1
      }
    }

    var explanation: String {
      switch self {
      case .gaussian: "adds a Gaussian of standard deviation S"
      case .uniform: "adds a value between -S and S"
      case .lognormal: "multiplies by log-normal values of mean 1, log deviation S"
      case .saltpepper: "replaces a share S of the values, half by 0, half by 1"
      case .dropout: "sets a share S of the values to 0, scales up the rest"
      }
    }
  }

  static let catalog: String = {
    let lines = Kind.allCases.map { kind in
      "  \(kind.rawValue):S@SITE".padded(to: 20) + kind.explanation
    }
    return lines.joined(separator: "\n")
      + "\n  SITE is input (of the network: pixels from 0 to 1) or weight, bias or output"
      + "\n  (of each hidden linear layer)."
  }()

  init(_ text: String) throws {
    func failure(_ problem: String) -> StudyError {
      StudyError(message: "--noise \(text): \(problem); there are\n\(Self.catalog)")
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let words = parts[0].split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, words.count == 2 else {
      throw failure("expected NAME:S@SITE, such as gaussian:0.3@input")
    }
    guard let kind = Kind(rawValue: String(words[0])) else {
      throw failure("no noise is called \"\(words[0])\"")
    }
    guard let scale = Double(words[1]), kind.scales.contains(scale) else {
      let scales = "\(Int(kind.scales.lowerBound)) to \(Int(kind.scales.upperBound))"
      throw failure("the scale is \"\(words[1])\"; expected a number from \(scales)")
    }
    guard let site = Linear.Site(rawValue: String(parts[1])) else {
      throw failure("no site is called \"\(parts[1])\"")
    }
    self.text = text
    self.kind = kind
    self.scale = scale
    self.site = site
  }

  /// Each of the texts, none of them twice.
  static func list(_ texts: [String]) throws -> [NoiseSpecification] {
    for (index, text) in texts.enumerated() where texts[..<index].contains(text) {
      throw StudyError(message: "--noise \(text) is given twice; expected different ones")
    }
    return try texts.map(NoiseSpecification.init)
  }

  var rule: NoiseRule {
    let scale = Float(self.scale)
    return switch kind {
    case .gaussian: .adding(Gaussian(standardDeviation: scale))
    case .uniform: .adding(Uniform(halfWidth: scale))
    case .lognormal: .multiplying(LogNormal.unitMean(logStandardDeviation: scale))
    case .saltpepper: .replacing(SaltAndPepper(rate: self.scale, low: 0, high: 1))
    case .dropout: .dropout(rate: self.scale)
    }
  }
}
