import DitherTensors
import Testing

/// Expects every element within `tolerance` · (1 + the size of the expected one); reports the worst.
func expectClose(
  _ received: Tensor, _ expected: [Double], tolerance: Double, _ what: String = "output",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(received.count == expected.count, "\(what)", sourceLocation: sourceLocation)
  var worst = (index: 0, error: 0.0)
  for (index, (received, expected)) in zip(received.scalars, expected).enumerated() {
    // Not a number compares as worse than anything, unless both are.
    let difference = abs(Double(received) - expected) / (1 + abs(expected))
    let same = Double(received) == expected || (received.isNaN && expected.isNaN)
    let error = same ? 0 : difference.isNaN ? Double.infinity : difference
    if error > worst.error { worst = (index, error) }
  }
  #expect(
    worst.error <= tolerance,
    "\(what), element \(worst.index): \(received.scalars[worst.index]), expected \(expected[worst.index])",
    sourceLocation: sourceLocation)
}

/// The same of what a reference gives in single precision.
func expectClose(
  _ received: Tensor, _ expected: [Float], _ tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    received, expected.map(Double.init), tolerance: tolerance, what, sourceLocation: sourceLocation)
}
