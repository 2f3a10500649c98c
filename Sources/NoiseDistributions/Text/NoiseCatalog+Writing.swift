extension NoiseCatalog {
  /// The text of a distribution, which ``distribution(_:)`` reads as the same.
  ///
  /// - Throws: ``NoiseNotWritableError`` if the catalog lacks it, or one that it is made of.
  public func text(of distribution: any NoiseDistribution) throws(NoiseNotWritableError) -> String {
    try text(of: distribution, distributions, "a distribution")
  }

  /// The text of a rule, which ``rule(_:)`` reads as the same.
  ///
  /// - Throws: ``NoiseNotWritableError`` if the catalog lacks it or its distribution, or if it holds what is no number, such as
  ///   a function of the step.
  public func text(of rule: NoiseRule) throws(NoiseNotWritableError) -> String {
    if rule.sharing != .perElement {
      throw NoiseNotWritableError(value: "\(rule)", reason: "text has no shared draws")
    }
    return try text(of: rule, rules, "a rule")
  }

  private func text<Value>(
    of value: Value, _ entries: [Entry<Value>], _ kind: String
  ) throws(NoiseNotWritableError) -> String {
    for entry in entries {
      do {
        if let parts = try entry.parts(value) { return try text(of: parts, entry) }
      } catch let error as NoiseNotWritableError {
        throw error
      } catch {
        throw NoiseNotWritableError(value: "\(value)", reason: "\(error)")
      }
    }
    throw NoiseNotWritableError(
      value: "\(value)", reason: "the catalog holds no such \(kind.dropFirst(2))")
  }

  private func text<Value>(of parts: NoiseParts, _ entry: Entry<Value>) throws -> String {
    var items: [String] = []
    for (weight, distribution) in parts.distributions {
      let weight = weight.map { "\(NoiseNumber.double($0))*" } ?? ""
      items.append(weight + (try text(of: distribution)))
    }
    // A last number that is as it is without being written.
    var numbers = parts.numbers
    var defaults = entry.defaults
    while let number = numbers.last, let value = defaults.popLast(), "\(number)" == "\(value)" {
      numbers.removeLast()
    }
    items += numbers.map(\.description) + parts.labelled.map { "\($0.label)=\($0.number)" }
    let list = items.joined(separator: ",")
    if entry.distributions.upperBound > 0 { return "\(entry.name)(\(list))" }
    return list.isEmpty ? entry.name : "\(entry.name):\(list)"
  }
}
