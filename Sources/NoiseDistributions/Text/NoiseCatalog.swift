import DitherRuntime

/// Distributions and rules by the names that text has for them: what configurations, command lines and files name noise by.
///
/// ```swift
/// let catalog = NoiseCatalog.standard
/// let rule = try catalog.rule("adding(gaussian:0.2,scale=linear:0,0.5,1000,shared=perRow)")
/// let distribution = try catalog.distribution("uniform:-0.1,0.1")
/// let text = try catalog.text(of: distribution)  // uniform:-0.1,0.1
/// ```
///
/// A catalog is a value that the caller passes: there is no registry. A module that brings distributions and rules adds them
/// to it by a function:
///
/// ```swift
/// struct Wedge: QuantileDistribution {
///   var width: Float
///   var mean: Double { Double(width) * 2 / 3 }
///   var variance: Double { Double(width) * Double(width) / 18 }
///   func quantile(_ p: Float) -> Float { width * p.squareRoot() }
/// }
///
/// var catalog = NoiseCatalog.standard
/// catalog.add("wedge", "width") {
///   Wedge(width: try $0.float("width", in: .nonNegative))
/// } numbers: {
///   [.float($0.width)]
/// }
/// catalog.add(rule: "speckle", "standardDeviation") {
///   .multiplying(
///     Gaussian(mean: 1, standardDeviation: try $0.float("standardDeviation", in: .nonNegative)))
/// }
/// let wedge = try catalog.distribution("wedge:0.5")
/// let speckle = try catalog.rule("speckle(0.1,shared=perFeature)")
/// ```
///
/// The grammar, in which spaces between the parts mean nothing:
///
/// ```
/// expression = name [ ":" number { "," number } ]
///            | name "(" argument { "," argument } ")" ;
/// argument   = [ number "*" ] expression | number | label "=" ( number | expression ) ;
/// name       = letter { letter | digit } ;                 label = name ;
/// number     = [ "-" | "+" ] ( "inf" | digit { digit } [ "." digit { digit } ]
///              [ ( "e" | "E" ) [ "-" | "+" ] digit { digit } ] ) ;
/// ```
///
/// In parentheses the distributions come first, then the numbers, then what has a label. Where the numbers of a distribution meet
/// those of what surrounds it, the last belong to what surrounds it: `truncated` takes two of `truncated(gaussian:1,-2,2)`.
/// What takes no distribution has parentheses where something in them has a label, `dropout(0.2,shared=perRow)`, else a colon.
/// Parentheses may be nested 32 deep.
///
/// Text is read to a value and written from it without a loss: numbers are written as the shortest text that is read as
/// the same bits. What cannot be read throws a ``NoiseTextError``, a parameter out of its range too; what would not be read
/// again is not written, and throws a ``NoiseNotWritableError``.
public struct NoiseCatalog: Sendable {
  private(set) var distributions: [Entry<any NoiseDistribution>] = []
  private(set) var rules: [Entry<NoiseRule>] = []

  /// A catalog without a name in it.
  public init() {}

  /// The names of the distributions, in the order in which they were added.
  public var distributionNames: [String] { distributions.map(\.name) }
  /// The names of the rules.
  public var ruleNames: [String] { rules.map(\.name) }
  /// How each distribution is written, such as `gaussian:standardDeviation[,mean]`.
  public var distributionForms: [String] { distributions.map(\.form) }
  /// How each rule is written, such as `adding(distribution[,scale=scale][,shared=sharing])`.
  public var ruleForms: [String] { rules.map(\.form) }

  /// Adds a distribution that is written as `name:number,number`: one that fills tiles, has a quantile, or fills rows.
  ///
  /// - Parameters:
  ///   - name: a letter, then letters and digits; one that the catalog has, or another kind of name, stops the program.
  ///   - parameters: the names of the numbers, in their order; one name twice stops the program.
  ///   - defaults: the values of the last parameters, where text leaves them out.
  ///   - make: makes the distribution, or throws: what ``NoiseArguments`` throws, or an error of its own.
  ///   - numbers: the distribution's numbers, one for each parameter, else writing stops the program; nil if the
  ///     distribution is written by another name, which is looked for in the order of adding.
  public mutating func add<Distribution: NoiseDistribution>(
    _ name: String, _ parameters: String..., defaults: [NoiseNumber] = [],
    make: @escaping @Sendable (NoiseArguments) throws -> Distribution,
    numbers: @escaping @Sendable (Distribution) -> [NoiseNumber]?
  ) {
    insert(
      distribution: Entry<any NoiseDistribution>(
        name: name, parameters: parameters, defaults: defaults, make: { try make($0) },
        parts: { value in
          guard let distribution = value as? Distribution else { return nil }
          return numbers(distribution).map { NoiseParts(numbers: $0) }
        }))
  }

  /// Adds a distribution that is made of others, written as `name(distribution,number)`.
  ///
  /// - Parameters:
  ///   - name: a letter, then letters and digits; one that the catalog has, or another kind of name, stops the program.
  ///   - count: how many distributions it takes, 1 or more.
  ///   - isWeighted: whether a number and `*` stand before each.
  ///   - parameters: the names of its own numbers, which follow the distributions; one name twice stops the program.
  ///   - make: makes the distribution, or throws: what ``NoiseArguments`` throws, or an error of its own.
  ///   - parts: what a distribution is made of, as many distributions and numbers as text has, else writing stops the
  ///     program; nil for one of another type.
  public mutating func add(
    _ name: String, of count: ClosedRange<Int>, isWeighted: Bool = false, _ parameters: String...,
    make: @escaping @Sendable (NoiseArguments) throws -> any NoiseDistribution,
    parts: @escaping @Sendable (any NoiseDistribution) -> NoiseParts?
  ) {
    requireCount(count, name)
    insert(
      distribution: Entry<any NoiseDistribution>(
        name: name, distributions: count, isWeighted: isWeighted, parameters: parameters,
        make: make, parts: parts))
  }

  /// Adds a rule that is written as `name:number,number`: a name for what the functions of ``NoiseRule`` make.
  ///
  /// Text can share its draws like those of any other, `name(number,shared=perRow)`. It is written by the name of the function
  /// that made it, such as `adding`, so that whoever has the standard catalog can read it.
  ///
  /// - Parameters:
  ///   - name: a letter, then letters and digits; one that the catalog has, or another kind of name, stops the program.
  ///   - parameters: the names of the numbers, in their order; one name twice stops the program.
  ///   - defaults: the values of the last parameters, where text leaves them out.
  ///   - make: makes the rule, or throws: what ``NoiseArguments`` throws, or an error of its own.
  public mutating func add(
    rule name: String, _ parameters: String..., defaults: [NoiseNumber] = [],
    make: @escaping @Sendable (NoiseArguments) throws -> NoiseRule
  ) {
    insert(
      rule: Entry<NoiseRule>(
        name: name, parameters: parameters, defaults: defaults, make: make, parts: { _ in nil }))
  }

  /// Adds a rule on distributions, written as `name(distribution,number)`.
  ///
  /// - Parameters:
  ///   - name: a letter, then letters and digits; one that the catalog has, or another kind of name, stops the program.
  ///   - count: how many distributions it takes, 1 or more.
  ///   - parameters: the names of its own numbers, which follow the distributions; one name twice stops the program.
  ///   - make: makes the rule, or throws: what ``NoiseArguments`` throws, or an error of its own.
  public mutating func add(
    rule name: String, of count: ClosedRange<Int>, _ parameters: String...,
    make: @escaping @Sendable (NoiseArguments) throws -> NoiseRule
  ) {
    requireCount(count, name)
    insert(
      rule: Entry<NoiseRule>(
        name: name, distributions: count, parameters: parameters, make: make, parts: { _ in nil }))
  }
}

private func requireCount(_ count: ClosedRange<Int>, _ name: String) {
  require(
    count.lowerBound > 0,
    "NoiseCatalog: \(name) is made of \(count) distributions; expected 1 or more")
}

extension NoiseCatalog {
  private mutating func insert(distribution entry: Entry<any NoiseDistribution>) {
    entry.requireName(notIn: distributionNames)
    distributions.append(entry)
  }

  /// Adds a rule, whose draws text can share: every rule has the label `shared=`.
  mutating func insert(rule entry: Entry<NoiseRule>) {
    entry.requireName(notIn: ruleNames)
    var shared = entry
    shared.labels.append(.shared)
    shared.make = { arguments in
      let rule = try entry.make(arguments)
      let sharing = try arguments.labelled(.shared, NoiseSharing.forms, "a sharing")
      return sharing.map { rule.shared($0) } ?? rule
    }
    shared.parts = { rule in
      let sharing = try rule.sharing.text()
      return try entry.parts(rule)?.labelled(.shared, sharing)
    }
    rules.append(shared)
  }
}
