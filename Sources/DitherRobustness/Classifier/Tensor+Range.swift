import DitherRuntime
import DitherTensors

extension Tensor {
  /// Stops at a matrix with a number that is not within a range.
  ///
  /// - Parameter owner: what the range is that of, for the message.
  func requireWithin(_ range: ClosedRange<Float>, of owner: String, _ operation: String) {
    let columns = shape[1]
    let place = withSpan { span in span.indices.first { !range.contains(span[$0]) } }
    guard let place else { return }
    misuse(
      "\(operation): the input of row \(place / columns), column \(place % columns) is \(withSpan { $0[place] }); expected one within \(range.lowerBound)…\(range.upperBound), the range of the \(owner)"
    )
  }
}
