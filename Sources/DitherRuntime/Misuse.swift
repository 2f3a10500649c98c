package import CKernels

/// Stops the program if `condition` does not hold, with a message that names the thing, the value received and what
/// was expected: in release builds too, where `precondition` prints nothing.
@inline(__always)
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String,
  file: StaticString = #fileID, line: UInt = #line
) {
  if !condition { misuse(message(), file: file, line: line) }
}

/// Stops the program with a message: the one way in which misuse ends.
@inline(never)
package func misuse(_ message: String, file: StaticString = #fileID, line: UInt = #line) -> Never {
  fatalError(message, file: file, line: line)
}

/// Stops the program if a kernel could not run: memory is the only thing a kernel can lack.
@inline(__always)
package func check(_ status: ck_status) {
  if status != CK_OK {
    misuse("a kernel could not get memory for its work (status \(status.rawValue))")
  }
}
