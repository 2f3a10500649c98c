extension NoiseCatalog {
  /// The distribution that a text names: ``NoiseCatalog`` has the grammar.
  ///
  /// - Throws: ``NoiseTextError`` for a name that the catalog lacks, a number too many or too few, one out of its range, and for
  ///   what is no text of the grammar.
  public func distribution(_ text: String) throws(NoiseTextError) -> any NoiseDistribution {
    try NoiseReading(catalog: self, text: text).distribution(NoiseTextParser.parse(text))
  }

  /// The rule that a text names: ``NoiseCatalog`` has the grammar.
  ///
  /// - Throws: ``NoiseTextError`` for a name that the catalog lacks, a number too many or too few, one out of its range, and for
  ///   what is no text of the grammar.
  public func rule(_ text: String) throws(NoiseTextError) -> NoiseRule {
    let reading = NoiseReading(catalog: self, text: text)
    let expression = try NoiseTextParser.parse(text)
    return try reading.value(expression, rules, "a rule")
  }
}

/// One text on its way to a value.
struct NoiseReading: Sendable {
  let catalog: NoiseCatalog
  let text: String

  func distribution(_ expression: NoiseExpression) throws(NoiseTextError) -> any NoiseDistribution {
    try value(expression, catalog.distributions, "a distribution")
  }

  func value<Value>(
    _ expression: NoiseExpression, _ entries: [NoiseCatalog.Entry<Value>], _ kind: String
  ) throws(NoiseTextError) -> Value {
    guard let entry = entries.first(where: { $0.name == expression.name }) else {
      let names = nearestFirst(entries.map(\.name), to: expression.name)
      throw error(expression.position, expression.name, expected(kind, names))
    }
    let arguments = try arguments(expression, entry)
    do {
      return try entry.make(arguments)
    } catch let error as NoiseTextError {
      throw error
    } catch {
      throw self.error(expression.position, expression.name, "other arguments: \(error)")
    }
  }

  /// What is expected where one of several names should stand.
  func expected(_ kind: String, _ names: [String]) -> String {
    names.isEmpty
      ? "nothing: the catalog holds no name" : "\(kind): \(names.joined(separator: ", "))"
  }

  func error(_ position: Int, _ received: String, _ expected: String) -> NoiseTextError {
    NoiseTextError(text: text, position: position, received: received, expected: expected)
  }
}

extension NoiseReading {
  private func arguments<Value>(
    _ written: NoiseExpression, _ entry: NoiseCatalog.Entry<Value>
  ) throws(NoiseTextError) -> NoiseArguments {
    var expression = written
    if entry.distributions.upperBound > 0 { expression.take(entry.parameters.count) }
    let scheduled = try takeSchedule(from: &expression, entry.takesSchedule)
    let isParenthesised =
      entry.distributions.upperBound > 0 || scheduled != nil || !expression.labelled.isEmpty
    guard expression.isParenthesised == isParenthesised,
      entry.distributions.contains(expression.children.count)
    else {
      throw error(written.position, excerpt(written), entry.form)
    }
    for child in expression.children where (child.weight != nil) != entry.isWeighted {
      throw error(child.position, child.weight?.text ?? child.expression.name, entry.form)
    }
    var distributions: [any NoiseDistribution] = []
    var weights: [Double] = []
    for child in expression.children {
      distributions.append(try distribution(child.expression))
      if let weight = child.weight { weights.append(Double(weight.text) ?? .nan) }
    }
    var numbers: [String: NoiseExpression.Number] = [:]
    if scheduled == nil { numbers = try self.numbers(expression, entry) }
    return NoiseArguments(
      distributions: distributions, weights: weights, name: entry.name,
      position: written.position, reading: self, children: expression.children.map(\.expression),
      numbers: numbers, scheduled: scheduled, labels: try labels(expression, entry))
  }

  /// The schedule that is an expression's one argument, but for labels.
  private func takeSchedule(
    from expression: inout NoiseExpression, _ takesSchedule: Bool
  ) throws(NoiseTextError) -> Schedule? {
    guard takesSchedule, expression.children.count == 1, expression.numbers.isEmpty,
      expression.children[0].weight == nil
    else { return nil }
    return try value(
      expression.children.removeFirst().expression, Schedule.forms, "a number or a schedule")
  }

  private func labels<Value>(
    _ expression: NoiseExpression, _ entry: NoiseCatalog.Entry<Value>
  ) throws(NoiseTextError) -> [String: NoiseExpression.Value] {
    var labels: [String: NoiseExpression.Value] = [:]
    for item in expression.labelled {
      guard entry.labels.contains(where: { $0.name == item.label }), labels[item.label] == nil
      else {
        throw error(item.position, item.label, entry.form)
      }
      labels[item.label] = item.value
    }
    return labels
  }

  private func numbers<Value>(
    _ expression: NoiseExpression, _ entry: NoiseCatalog.Entry<Value>
  ) throws(NoiseTextError) -> [String: NoiseExpression.Number] {
    var numbers = expression.numbers
    if numbers.count > entry.parameters.count {
      let number = numbers[entry.parameters.count]
      throw error(number.position, number.text, "\(entry.form), without further numbers")
    }
    let missing = entry.parameters.count - numbers.count
    if missing > entry.defaults.count {
      throw error(
        expression.position, expression.name, entry.form)
    }
    numbers += entry.defaults.suffix(missing).map {
      NoiseExpression.Number(text: $0.description, position: expression.end)
    }
    return Dictionary(uniqueKeysWithValues: zip(entry.parameters, numbers))
  }

  private func excerpt(_ expression: NoiseExpression) -> String {
    String(text.dropFirst(expression.position).prefix(expression.end - expression.position))
  }
}
