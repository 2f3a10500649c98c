/// Reads the grammar of ``NoiseCatalog``, one character ahead.
struct NoiseTextParser {
  /// How deep parentheses may be nested: text from a file must not exhaust the stack.
  static let maximumDepth = 32

  private let text: String
  private let characters: [Character]
  private var position = 0

  static func parse(_ text: String) throws(NoiseTextError) -> NoiseExpression {
    var parser = NoiseTextParser(text)
    let expression = try parser.expression(depth: 0)
    if parser.next != nil { throw parser.error("the end") }
    return expression
  }

  private init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  /// The next character that is no space.
  private var next: Character? {
    mutating get {
      while position < characters.count, characters[position] == " " { position += 1 }
      return position < characters.count ? characters[position] : nil
    }
  }

  private mutating func accept(_ character: Character) -> Bool {
    guard next == character else { return false }
    position += 1
    return true
  }

  /// The fault at the next character: what stands there up to a separator.
  private func error(_ expected: String) -> NoiseTextError {
    let rest = characters[min(position, characters.count)...]
    let word = rest.prefix { !",:()*= ".contains($0) }
    return NoiseTextError(
      text: text, position: position, received: String(word.isEmpty ? rest.prefix(1) : word),
      expected: expected)
  }

  private mutating func expression(depth: Int) throws(NoiseTextError) -> NoiseExpression {
    guard let first = next, first.isASCII, first.isLetter else { throw error("a name") }
    if depth > Self.maximumDepth {
      throw error("parentheses nested \(Self.maximumDepth) deep at most")
    }
    var expression = NoiseExpression(name: "", position: position)
    while position < characters.count, isNamed(characters[position]) {
      expression.name.append(characters[position])
      position += 1
    }
    if accept(":") {
      repeat { expression.numbers.append(try number()) } while acceptCommaBeforeNumber()
    } else if accept("(") {
      expression.isParenthesised = true
      repeat { try argument(of: &expression, depth: depth) } while accept(",")
      guard accept(")") else { throw error("\",\" or \")\"") }
    }
    expression.end = position
    return expression
  }

  private mutating func argument(
    of expression: inout NoiseExpression, depth: Int
  ) throws(NoiseTextError) {
    guard let first = next, isNamed(first) || first == "-" || first == "+" else {
      throw error("a name or a number")
    }
    let start = position
    if !startsNumber {
      let child = try self.expression(depth: depth + 1)
      if !child.isParenthesised && child.numbers.isEmpty && accept("=") {
        expression.labelled.append(
          .init(label: child.name, position: start, value: try value(depth: depth)))
      } else {
        try add(.init(expression: child, position: start), to: &expression)
      }
    } else {
      let number = try number()
      if accept("*") {
        let child = try self.expression(depth: depth + 1)
        try add(.init(weight: number, expression: child, position: start), to: &expression)
      } else {
        if let label = expression.labelled.first { throw misplaced(label, in: expression) }
        expression.numbers.append(number)
      }
    }
  }

  /// What stands after a label's `=`.
  private mutating func value(depth: Int) throws(NoiseTextError) -> NoiseExpression.Value {
    if startsNumber { return .number(try number()) }
    guard let first = next, first.isLetter else { throw error("a name or a number") }
    return .expression(try expression(depth: depth + 1))
  }

  private func misplaced(
    _ label: NoiseExpression.Labelled, in expression: NoiseExpression
  ) -> NoiseTextError {
    NoiseTextError(
      text: text, position: label.position, received: label.label,
      expected: "\(label.label)= after what \(expression.name) has without a label")
  }

  /// Distributions come first, then numbers, then what has a label: one order, so that there is one text.
  private func add(
    _ child: NoiseExpression.Child, to expression: inout NoiseExpression
  ) throws(NoiseTextError) {
    if let number = expression.numbers.first {
      throw NoiseTextError(
        text: text, position: number.position, received: number.text,
        expected: "the numbers of \(expression.name) after its distributions")
    }
    if let label = expression.labelled.first { throw misplaced(label, in: expression) }
    expression.children.append(child)
  }

  /// Takes a comma if a number follows that belongs to the list: none before a `*`.
  private mutating func acceptCommaBeforeNumber() -> Bool {
    let start = position
    if accept(","), startsNumber {
      let number = position
      // What is no number is refused when it is read as one.
      if (try? self.number()) == nil || next != "*" {
        position = number
        return true
      }
    }
    position = start
    return false
  }

  /// Whether a number comes next: a sign, a digit, or the word of an infinite one.
  private var startsNumber: Bool {
    mutating get {
      guard let first = next else { return false }
      return first == "-" || first == "+" || isDigit(first) || word == "inf"
    }
  }

  /// The letters and digits that come next.
  private var word: String { String(characters[position...].prefix(while: isNamed)) }

  /// Sign, digits, fraction, exponent; or a sign and `inf`.
  private mutating func number() throws(NoiseTextError) -> NoiseExpression.Number {
    guard next != nil else { throw error("a number") }
    let start = position
    if characters[position] == "-" || characters[position] == "+" { position += 1 }
    let isInfinite = word == "inf"
    if isInfinite { position += 3 }
    var isNumber = isInfinite || skipDigits()
    if isNumber, !isInfinite, position < characters.count, characters[position] == "." {
      position += 1
      isNumber = skipDigits()
    }
    if isNumber, !isInfinite, position < characters.count,
      characters[position] == "e" || characters[position] == "E"
    {
      position += 1
      if position < characters.count, characters[position] == "-" || characters[position] == "+" {
        position += 1
      }
      isNumber = skipDigits()
    }
    let text = String(characters[start..<position])
    if !isNumber || position < characters.count && isNamed(characters[position]) {
      position = start
      throw error("a number")
    }
    return .init(text: text, position: start)
  }

  /// Whether there was one at least.
  private mutating func skipDigits() -> Bool {
    let start = position
    while position < characters.count, isDigit(characters[position]) { position += 1 }
    return position > start
  }

  private func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

  private func isNamed(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || isDigit(character))
  }
}
