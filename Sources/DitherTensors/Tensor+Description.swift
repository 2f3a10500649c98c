extension Tensor: CustomStringConvertible {
  /// The elements in nested brackets, aligned; only the edges of each axis where there are more than 1,000.
  ///
  /// At most four decimals; powers of ten where the greatest magnitude is 10⁸ or more, or below 10⁻².
  ///
  /// ```
  /// [[ 0.50, -1.25],
  ///  [10.00,  3.00]]
  /// ```
  public var description: String {
    if count == 0 { return "[] (shape \(shape))" }
    let printer = TensorPrinter(self)
    return printer.text() + (printer.summarises ? "\n(shape \(shape))" : "")
  }
}

/// Lays out one tensor as text.
private struct TensorPrinter {
  let tensor: Tensor
  let summarises: Bool
  private let format: NumberFormat
  private let width: Int

  /// The longest line, in characters.
  private static let lineLength = 100
  /// How many entries of an axis a summary shows at either end.
  private static let edge = 3

  init(_ tensor: Tensor) {
    self.tensor = tensor
    let summarises = tensor.count > 1000
    self.summarises = summarises
    var shown: [Float] = []
    TensorPrinter.visit(tensor, axis: 0, offset: 0, summarises) { shown.append($0) }
    let format = NumberFormat(for: shown)
    self.format = format
    width = shown.map { format.text($0).utf8.count }.max() ?? 0
  }

  func text() -> String { text(axis: 0, offset: 0) }

  /// The part of the tensor that begins at `offset`, from `axis` on.
  private func text(axis: Int, offset: Int) -> String {
    if axis == tensor.rank { return aligned(tensor.element(at: offset)) }
    let stride = tensor.shape[(axis + 1)...].reduce(1, *)
    let entries = TensorPrinter.entries(tensor.shape[axis], summarises).map { index -> String in
      guard let index else { return "…" }
      return text(axis: axis + 1, offset: offset + index * stride)
    }
    if axis == tensor.rank - 1 { return line(entries, indentation: axis + 1) }
    // A blank line between matrices, two between blocks of them, as in NumPy.
    let separator =
      "," + String(repeating: "\n", count: tensor.rank - axis - 1)
      + String(repeating: " ", count: axis + 1)
    return "[" + entries.joined(separator: separator) + "]"
  }

  private func aligned(_ value: Float) -> String {
    let text = format.text(value)
    return String(repeating: " ", count: width - text.utf8.count) + text
  }

  /// One row, broken where it would be longer than a line.
  private func line(_ entries: [String], indentation: Int) -> String {
    var text = "["
    var column = indentation
    for (index, entry) in entries.enumerated() {
      if index > 0 {
        let breaks = column + entry.count + 2 > TensorPrinter.lineLength
        text += breaks ? ",\n" + String(repeating: " ", count: indentation) : ", "
        column = breaks ? indentation : column + 2
      }
      text += entry
      column += entry.count
    }
    return text + "]"
  }

  /// The indices shown of an axis; nil stands for those left out.
  private static func entries(_ length: Int, _ summarises: Bool) -> [Int?] {
    if !summarises || length <= 2 * edge { return Array(0..<length) }
    return Array(0..<edge) + [nil] + Array(length - edge..<length)
  }

  private static func visit(
    _ tensor: Tensor, axis: Int, offset: Int, _ summarises: Bool, _ body: (Float) -> Void
  ) {
    if axis == tensor.rank { return body(tensor.element(at: offset)) }
    let stride = tensor.shape[(axis + 1)...].reduce(1, *)
    for case let index? in entries(tensor.shape[axis], summarises) {
      visit(tensor, axis: axis + 1, offset: offset + index * stride, summarises, body)
    }
  }
}

extension Tensor {
  fileprivate func element(at offset: Int) -> Float { withSpan { $0[offset] } }
}
