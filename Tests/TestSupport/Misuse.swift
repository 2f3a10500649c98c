package import Testing

/// Expects that a process stopped and said all of these on standard error.
///
/// ```swift
/// expect(
///   await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { … },
///   says: "expected at least 1")
/// ```
package func expect(
  _ result: ExitTest.Result?, says phrases: String...,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  for phrase in phrases {
    #expect(
      output.contains(phrase), "expected \"\(phrase)\"; standard error: \(output)",
      sourceLocation: sourceLocation)
  }
}
