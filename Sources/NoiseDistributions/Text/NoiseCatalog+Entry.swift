import DitherRuntime

extension NoiseCatalog {
  /// A word before `=`, and what stands after it.
  struct Label: Hashable, Sendable {
    var name: String
    var value: String

    static let scale = Label(name: "scale", value: "scale")
    static let rate = Label(name: "rate", value: "number")
    static let shared = Label(name: "shared", value: "sharing")
    static let over = Label(name: "over", value: "samples")
  }

  /// One name: how it is written, and its way to a value and back.
  struct Entry<Value>: Sendable {
    var name: String
    /// How many distributions stand in parentheses.
    var distributions = 0...0
    var isWeighted = false
    var parameters: [String] = []
    var defaults: [NoiseNumber] = []
    /// Whether a schedule in parentheses may stand for the number of its one parameter.
    var takesSchedule = false
    var labels: [Label] = []
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
      let list =
        items.joined(separator: ",")
        + parameters.dropFirst(required).map { "[,\($0)]" }.joined()
      let labelled = labels.map { "[,\($0.name)=\($0.value)]" }.joined()
      if distributions.upperBound > 0 { return "\(name)(\(list)\(labelled))" }
      let plain = list.isEmpty ? name : Self.list("\(name):", list)
      if takesSchedule { return "\(plain) or \(name)(\(list) or schedule\(labelled))" }
      let parenthesised = Self.list("\(name)(", list + labelled) + ")"
      return labels.isEmpty ? plain : "\(plain) or \(parenthesised)"
    }

    /// A list after what opens it, which is optional with it where all of the list is: `name[:number]`.
    private static func list(_ opening: String, _ list: String) -> String {
      guard list.hasPrefix("[,") else { return opening + list }
      return opening.hasSuffix(":")
        ? "\(opening.dropLast())[:\(list.dropFirst(2))" : "\(opening)[\(list.dropFirst(2))"
    }

    /// Stops the program if the name cannot be added to others.
    func requireName(notIn names: [String]) {
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
      for (place, parameter) in parameters.enumerated() {
        require(
          !parameters[..<place].contains(parameter),
          "NoiseCatalog.add: \(name) has the parameter \(parameter) twice; expected a name for each"
        )
      }
    }

    /// Stops the program if parts are other than what the name was added with.
    func requireParts(_ parts: NoiseParts) {
      let numbers = parts.schedule == nil ? parameters.count : 0
      require(
        parts.numbers.count == numbers,
        "NoiseCatalog: \(name) is written with \(parts.numbers.count) numbers; expected \(numbers), as in \(form)"
      )
      require(
        distributions.contains(parts.distributions.count),
        "NoiseCatalog: \(name) is written with \(parts.distributions.count) distributions; expected \(form)"
      )
      require(
        parts.distributions.allSatisfy { ($0.weight != nil) == isWeighted },
        "NoiseCatalog: \(name) is written \(isWeighted ? "without" : "with") weights; expected \(form)"
      )
    }
  }
}

extension NoiseCatalog.Entry where Value: Equatable & Sendable {
  /// A word that stands for one value.
  static func word(_ name: String, _ value: Value) -> Self {
    Self(name: name) { _ in
      value
    } parts: {
      $0 == value ? NoiseParts() : nil
    }
  }
}
