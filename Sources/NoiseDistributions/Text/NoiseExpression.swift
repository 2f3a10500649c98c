/// A name and its arguments, as they are written; what they mean is the catalog's business.
struct NoiseExpression: Sendable {
  /// A number as it was written.
  struct Number: Sendable {
    var text: String
    var position: Int
  }

  /// What stands after a label's `=`.
  enum Value: Sendable {
    case number(Number)
    case expression(NoiseExpression)
  }

  /// A `label=value`.
  struct Labelled: Sendable {
    var label: String
    var position: Int
    var value: Value
  }

  /// An expression in parentheses, with the number before its `*`.
  struct Child: Sendable {
    var weight: Number?
    var expression: NoiseExpression
    var position: Int
  }

  var name: String
  var position: Int
  /// Whether arguments are in parentheses.
  var isParenthesised = false
  var children: [Child] = []
  var numbers: [Number] = []
  var labelled: [Labelled] = []
  /// Where it ends.
  var end = 0

  /// Gives the last of the last child's numbers to this expression, until it has as many as it takes: in
  /// `truncated(gaussian:1,-2,2)` the 2 last belong to `truncated`.
  mutating func take(_ count: Int) {
    guard !children.isEmpty, !children[children.count - 1].expression.isParenthesised else {
      return
    }
    while numbers.count < count,
      let number = children[children.count - 1].expression.numbers.popLast()
    {
      numbers.insert(number, at: 0)
    }
  }
}
