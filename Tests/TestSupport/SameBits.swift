import DitherRuntime
package import Testing

/// Expects the same from a run on every instruction set that the machine has, each at several thread counts.
///
/// - Returns: what it gives on one thread.
@discardableResult
package func expectSameBits<Result>(
  of run: () -> Result, _ comment: String = "", threads counts: [Int] = [1, 2, 3],
  by areSame: (Result, Result) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) -> Result {
  let expected = withThreads(1) { run() }
  for instructionSet in InstructionSet.available {
    for threads in counts {
      let received = withInstructionSet(instructionSet) { withThreads(threads) { run() } }
      #expect(
        areSame(received, expected), "\(comment)\(instructionSet), \(threads) threads",
        sourceLocation: sourceLocation)
    }
  }
  return expected
}

/// The same of a run whose results are equal only where their bits are.
@discardableResult
package func expectSameBits<Result: Equatable>(
  of run: () -> Result, _ comment: String = "", threads counts: [Int] = [1, 2, 3],
  sourceLocation: SourceLocation = #_sourceLocation
) -> Result {
  expectSameBits(of: run, comment, threads: counts, by: ==, sourceLocation: sourceLocation)
}

/// The same of draws: 0 and −0 differ, a NaN equals itself.
@discardableResult
package func expectSameBits(
  of run: () -> [Float], _ comment: String = "", threads counts: [Int] = [1, 2, 3],
  sourceLocation: SourceLocation = #_sourceLocation
) -> [Float] {
  expectSameBits(of: run, comment, threads: counts, by: sameBits, sourceLocation: sourceLocation)
}
