import DitherRuntime
package import Testing

/// Expects the same from a run on every instruction set that the machine has, each on 1, 2 and 3 threads.
///
/// - Returns: what it gives on one thread.
@discardableResult
package func expectSameBits<Result: Equatable>(
  of run: () -> Result, _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) -> Result {
  let expected = withThreads(1) { run() }
  for instructionSet in InstructionSet.available {
    for threads in 1...3 {
      let received = withInstructionSet(instructionSet) { withThreads(threads) { run() } }
      #expect(
        received == expected, "\(comment)\(instructionSet), \(threads) threads",
        sourceLocation: sourceLocation)
    }
  }
  return expected
}
