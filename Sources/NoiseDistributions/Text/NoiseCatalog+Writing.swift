extension NoiseCatalog {
  /// The text of a distribution, which ``distribution(_:)`` reads as the same.
  ///
  /// - Throws: ``NoiseNotWritableError`` if the catalog lacks it or one that it is made of, or if a number of it is NaN or
  ///   another that text could not be read with.
  public func text(of distribution: any NoiseDistribution) throws(NoiseNotWritableError) -> String {
    let text = try written(distribution)
    do throws(NoiseTextError) {
      _ = try self.distribution(text)
    } catch {
      throw NoiseNotWritableError("\(distribution)", readAgain: error)
    }
    return text
  }

  /// The text of a rule, which ``rule(_:)`` reads as the same.
  ///
  /// - Throws: ``NoiseNotWritableError`` if the catalog lacks it or its distribution, if a number of it is one that text
  ///   could not be read with, or if its scale follows a function of the step, or a ``Schedule`` that leaves the scale's
  ///   range at any step.
  public func text(of rule: NoiseRule) throws(NoiseNotWritableError) -> String {
    let text = try written(rule, in: rules, "rule")
    do throws(NoiseTextError) {
      _ = try self.rule(text)
    } catch {
      throw NoiseNotWritableError("\(rule)", readAgain: error)
    }
    return text
  }

  private func written(
    _ distribution: any NoiseDistribution
  ) throws(NoiseNotWritableError) -> String {
    try written(distribution, in: distributions, "distribution")
  }

  /// The text of a value by the first of several names that it has.
  func written<Value>(
    _ value: Value, in entries: [Entry<Value>], _ kind: String
  ) throws(NoiseNotWritableError) -> String {
    for entry in entries {
      let parts: NoiseParts?
      do {
        parts = try entry.parts(value)
      } catch let error as NoiseNotWritableError {
        throw error
      } catch {
        throw NoiseNotWritableError(value: "\(value)", reason: "\(error)")
      }
      if let parts { return try text(of: parts, "\(value)", entry) }
    }
    throw NoiseNotWritableError(value: "\(value)", reason: "the catalog holds no such \(kind)")
  }

  private func text<Value>(
    of parts: NoiseParts, _ value: String, _ entry: Entry<Value>
  ) throws(NoiseNotWritableError) -> String {
    entry.requireParts(parts)
    for (parameter, number) in zip(entry.parameters, parts.numbers) where number.isNaN {
      throw NoiseNotWritableError(value: value, reason: "its \(parameter) is NaN")
    }
    var items: [String] = []
    for (weight, distribution) in parts.distributions {
      let weight = weight.map { "\(NoiseNumber.double($0))*" } ?? ""
      items.append(weight + (try written(distribution)))
    }
    if let schedule = parts.schedule { items.append(schedule) }
    // A last number that is as it is without being written.
    var numbers = parts.numbers
    var defaults = entry.defaults
    while let number = numbers.last, let value = defaults.popLast(), "\(number)" == "\(value)" {
      numbers.removeLast()
    }
    items += numbers.map(\.description) + parts.labels.map { "\($0.label.name)=\($0.text)" }
    let list = items.joined(separator: ",")
    if entry.distributions.upperBound > 0 || parts.schedule != nil || !parts.labels.isEmpty {
      return "\(entry.name)(\(list))"
    }
    return list.isEmpty ? entry.name : "\(entry.name):\(list)"
  }
}
