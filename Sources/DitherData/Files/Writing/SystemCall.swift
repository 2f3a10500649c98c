import Foundation

/// The system calls that write files, and read those of checkpoints.
package enum SystemCall: String, Sendable, CaseIterable {
  case open
  case read
  case write
  case synchronize = "fsync"
  case close
  case link
  case rename

  /// What a test does before each call.
  @TaskLocal package static var interruption: Interruption?

  /// A function of the call: 0 lets it happen, another number is the error that it fails with. (A task-local value of a function's
  /// own type crashes an optimised build of Swift 6.3.)
  package struct Interruption: Sendable {
    let errorNumber: @Sendable (SystemCall) -> Int32

    package init(_ errorNumber: @escaping @Sendable (SystemCall) -> Int32) {
      self.errorNumber = errorNumber
    }
  }

  /// Makes the call; again where a signal interrupts it, but for `close`, after which the number may be another file's.
  package func make(_ call: () -> Int) throws(SystemCallFailure) -> Int {
    if let number = Self.interruption?.errorNumber(self), number != 0 {
      throw SystemCallFailure(call: self, number: number)
    }
    while true {
      let result = call()
      if result >= 0 { return result }
      let number = errno
      if number != EINTR { throw SystemCallFailure(call: self, number: number) }
      if self == .close { return 0 }
    }
  }
}

/// A system call that failed, with the number of its error.
package struct SystemCallFailure: Error {
  package var call: SystemCall
  package var number: Int32

  /// Whether there was no room: on the disk, in a quota, or below a limit on files.
  package var isFull: Bool { number == ENOSPC || number == EDQUOT || number == EFBIG }

  /// As in `write: No space left on device`.
  package var reason: String { "\(call.rawValue): \(systemReason(number))" }
}

/// What the system says of an error's number.
package func systemReason(_ number: Int32) -> String { unsafe String(cString: strerror(number)) }
