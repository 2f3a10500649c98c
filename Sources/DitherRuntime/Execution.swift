package import CKernels

/// How computations run: with how many threads, on which instruction set. It never changes what they compute.
///
/// All available threads and the best instruction set are the default. ``withThreads(_:_:)`` and
/// ``withInstructionSet(_:_:)`` scope another choice to a task and what it calls.
public struct Execution: Sendable {
  /// The most threads that one operation uses, the caller's included.
  public var threads: Int
  /// The instruction set whose kernels run.
  public var instructionSet: InstructionSet

  /// The choice in force in this task.
  public static var current: Execution { scoped ?? standard }

  @TaskLocal static var scoped: Execution?

  private static let standard = Execution(
    threads: Int(ck_available_threads()), instructionSet: InstructionSet.available[0])

  /// The choice as the kernels take it.
  package var kernelExecution: ck_execution {
    unsafe ck_execution(kernels: instructionSet.kernels, threads: Int32(clamping: threads))
  }
}

/// Runs `body` with at most `threads` threads for each operation, in this task and the tasks it starts as children.
///
/// - Parameters:
///   - threads: at least 1, the calling thread included. Any number gives the same bits.
///   - body: what to run.
public func withThreads<Result, Failure: Error>(
  _ threads: Int, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  require(threads >= 1, "withThreads: threads is \(threads); expected at least 1")
  var execution = Execution.current
  execution.threads = threads
  return try Execution.with(execution, body)
}

/// Runs `body` on the kernels of one instruction set, in this task and the tasks it starts as children.
public func withInstructionSet<Result, Failure: Error>(
  _ instructionSet: InstructionSet, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  var execution = Execution.current
  execution.instructionSet = instructionSet
  return try Execution.with(execution, body)
}

extension Execution {
  /// `TaskLocal.withValue` erases the error's type; this keeps it.
  fileprivate static func with<Result, Failure: Error>(
    _ execution: Execution, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outcome = $scoped.withValue(execution) { () -> Swift.Result<Result, Failure> in
      do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
