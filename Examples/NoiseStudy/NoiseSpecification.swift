import Layers
import NoiseDistributions

/// A noise to train with, as the command line writes it: `gaussian:0.3@input`.
struct NoiseSpecification: Sendable {
  /// What it was written as.
  let text: String
  let rule: NoiseRule
  let site: Linear.Site
  /// The standard deviation of a Gaussian that the rule adds; nil of another rule.
  let addedDeviation: Double?

  /// A rule of one number, by a name.
  private struct Kind: Sendable {
    var name: String
    var explanation: String
    var make: @Sendable (NoiseArguments) throws -> NoiseRule
  }

  // The scales that make sense where the values are in 0…1.
  private static let scales = ParameterRange("a number from 0 to 10") { $0 >= 0 && $0 <= 10 }

  private static let kinds = [
    Kind(name: "gaussian", explanation: "adds a Gaussian of standard deviation S") {
      .adding(Gaussian(standardDeviation: try $0.float("S", in: scales)))
    },
    Kind(name: "uniform", explanation: "adds a value between -S and S") {
      .adding(Uniform(halfWidth: try $0.float("S", in: scales)))
    },
    Kind(
      name: "lognormal",
      explanation: "multiplies by log-normal values of mean 1, log deviation S"
    ) {
      .multiplying(LogNormal.unitMean(logStandardDeviation: try $0.float("S", in: scales)))
    },
    Kind(
      name: "saltpepper", explanation: "replaces a share S of the values, half by 0, half by 1"
    ) {
      .replacing(SaltAndPepper(rate: try $0.double("S", in: .probability), low: 0, high: 1))
    },
    Kind(name: "dropout", explanation: "sets a share S of the values to 0, scales up the rest") {
      .dropout(rate: try $0.double("S", in: .probability))
    },
  ]

  /// What text names the rules by.
  private static let catalog: NoiseCatalog = {
    var catalog = NoiseCatalog()
    for kind in kinds { catalog.add(rule: kind.name, "S", make: kind.make) }
    return catalog
  }()

  /// What there is to choose from.
  static let choices: String = {
    let lines = kinds.map { kind in "  \(kind.name):S@SITE".padded(to: 20) + kind.explanation }
    return lines.joined(separator: "\n")
      + "\n  SITE is input (of the network: pixels from 0 to 1) or weight, bias or output"
      + "\n  (of each hidden linear layer)."
  }()

  init(_ text: String) throws {
    func failure(_ problem: String) -> StudyError {
      StudyError(message: "--noise \(text): \(problem); there are\n\(Self.choices)")
    }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw failure("expected NAME:S@SITE, such as gaussian:0.3@input")
    }
    let rule: NoiseRule
    do {
      rule = try Self.catalog.rule(String(parts[0]))
    } catch {
      throw failure("\(error)")
    }
    guard let site = Linear.Site(rawValue: String(parts[1])) else {
      throw failure("no site is called \"\(parts[1])\"")
    }
    self.text = text
    self.rule = rule
    self.site = site
    let written = try NoiseCatalog.standard.text(of: rule)
    let gaussian = written.prefixMatch(of: /adding\(gaussian:([^,)]*)/)
    addedDeviation = gaussian.flatMap { Double($0.output.1) }
  }

  /// Each of the texts, none of them twice.
  static func list(_ texts: [String]) throws -> [NoiseSpecification] {
    for (index, text) in texts.enumerated() where texts[..<index].contains(text) {
      throw StudyError(message: "--noise \(text) is given twice; expected different ones")
    }
    return try texts.map(NoiseSpecification.init)
  }
}
