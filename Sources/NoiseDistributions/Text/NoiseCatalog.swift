import DitherRuntime

/// Distributions and rules by the names that text has for them: what configurations, command lines and files name noise by.
///
/// ```swift
/// let catalog = NoiseCatalog.standard
/// let rule = try catalog.rule("adding(gaussian:0.2,scale=0.5)")
/// let distribution = try catalog.distribution("uniform:-0.1,0.1")
/// let text = try catalog.text(of: distribution)  // uniform:-0.1,0.1
/// ```
///
/// A catalog is a value that the caller passes: there is no registry. A module that brings distributions adds them to
/// it by a function:
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
/// let wedge = try catalog.distribution("wedge:0.5")
/// ```
///
/// The grammar, in which spaces between the parts mean nothing:
///
/// ```
/// expression = name [ ":" number { "," number } ]
///            | name "(" argument { "," argument } ")" ;
/// argument   = [ number "*" ] expression | number | label "=" number ;
/// name       = letter { letter | digit } ;                 label = name ;
/// number     = [ "-" | "+" ] ( "inf" | digit { digit } [ "." digit { digit } ]
///              [ ( "e" | "E" ) [ "-" | "+" ] digit { digit } ] ) ;
/// ```
///
/// In parentheses the distributions come first, then the numbers, then what has a label. Where the numbers of a distribution meet
/// those of what surrounds it, the last belong to what surrounds it: `truncated` takes two of `truncated(gaussian:1,-2,2)`.
/// Parentheses may be nested 32 deep.
///
/// Text is read to a value and written from it without a loss: numbers are written as the shortest text that is read as
/// the same bits. What cannot be read throws a ``NoiseTextError``, a parameter out of its range too.
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
  /// How each rule is written, such as `adding(distribution[,scale=number])`.
  public var ruleForms: [String] { rules.map(\.form) }

  /// Adds a distribution that is written as `name:number,number`.
  ///
  /// - Parameters:
  ///   - name: a letter, then letters and digits; one that the catalog has, or another kind of name, stops the program.
  ///   - parameters: the names of the numbers, in their order.
  ///   - defaults: the values of the last parameters, where text leaves them out.
  ///   - make: makes the distribution, or throws: what ``NoiseArguments`` throws, or an error of its own.
  ///   - numbers: the distribution's numbers, a number for each parameter.
  public mutating func add<Distribution: NoiseDistribution>(
    _ name: String, _ parameters: String..., defaults: [NoiseNumber] = [],
    make: @escaping @Sendable (NoiseArguments) throws -> Distribution,
    numbers: @escaping @Sendable (Distribution) -> [NoiseNumber]
  ) {
    add(
      Entry(
        name: name, distributions: 0...0, parameters: parameters, defaults: defaults,
        make: { try make($0) }
      ) {
        ($0 as? Distribution).map { NoiseParts(numbers: numbers($0)) }
      })
  }

  /// Adds a distribution that is made of others, written as `name(distribution,number)`.
  ///
  /// - Parameters:
  ///   - name: a letter, then letters and digits; one that the catalog has, or another kind of name, stops the program.
  ///   - count: how many distributions it takes.
  ///   - isWeighted: whether a number and `*` stand before each.
  ///   - parameters: the names of its own numbers, which follow the distributions.
  ///   - make: makes the distribution, or throws: what ``NoiseArguments`` throws, or an error of its own.
  ///   - parts: what a distribution is made of; nil for one of another type.
  public mutating func add(
    _ name: String, of count: ClosedRange<Int>, isWeighted: Bool = false, _ parameters: String...,
    make: @escaping @Sendable (NoiseArguments) throws -> any NoiseDistribution,
    parts: @escaping @Sendable (any NoiseDistribution) -> NoiseParts?
  ) {
    require(
      count.lowerBound > 0,
      "NoiseCatalog: \(name) is made of \(count) distributions; expected 1 or more")
    add(
      Entry(
        name: name, distributions: count, isWeighted: isWeighted, parameters: parameters,
        make: make,
        parts: parts))
  }

  private mutating func add(_ entry: Entry<any NoiseDistribution>) {
    entry.requireName(notIn: distributionNames)
    distributions.append(entry)
  }

  /// Adds a rule: what it acts on stands in parentheses, if it acts on a distribution.
  mutating func add(rule entry: Entry<NoiseRule>) {
    entry.requireName(notIn: ruleNames)
    rules.append(entry)
  }
}

extension NoiseCatalog {
  /// One name: how it is written, and its way to a value and back.
  struct Entry<Value>: Sendable {
    var name: String
    /// How many distributions stand in parentheses.
    var distributions = 0...0
    var isWeighted = false
    var parameters: [String] = []
    var defaults: [NoiseNumber] = []
    var labels: [String] = []
    var make: @Sendable (NoiseArguments) throws -> Value
    /// Nil for a value of another kind; throws for one of this kind that has no text.
    var parts: @Sendable (Value) throws -> NoiseParts?

    /// How it is written.
    var form: String {
      let required = parameters.count - defaults.count
      var items: [String] = []
      if distributions.upperBound > 0 {
        let item = isWeighted ? "weight*distribution" : "distribution"
        items += [String](repeating: item, count: distributions.lowerBound)
        if distributions.upperBound > distributions.lowerBound { items.append("…") }
      }
      items += parameters.prefix(required)
      let optional = parameters.dropFirst(required) + labels.map { "\($0)=number" }
      let list =
        items.joined(separator: ",") + optional.map { "[,\($0)]" }.joined()
      if distributions.upperBound > 0 { return "\(name)(\(list))" }
      return parameters.isEmpty
        ? name : items.isEmpty ? "\(name)[:\(list.dropFirst(2))" : "\(name):\(list)"
    }

    fileprivate func requireName(notIn names: [String]) {
      let isNamed = name.utf8.allSatisfy {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 32
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
      }
      require(
        isNamed && name.first?.isLetter == true && name != "inf",
        "NoiseCatalog.add: the name is \"\(name)\"; expected a letter, then letters and digits")
      require(
        !names.contains(name), "NoiseCatalog.add: \(name) is added twice; expected a name for each")
      require(
        defaults.count <= parameters.count,
        "NoiseCatalog.add: \(name) has \(defaults.count) defaults; expected \(parameters.count) at most"
      )
    }
  }
}
