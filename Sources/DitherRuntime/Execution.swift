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

  /// The most threads that ``withThreads(_:_:)`` accepts: far more than pay, and fewer than a system refuses to start.
  public static let maximumThreads = 1024

  /// The choice in force in this task.
  public static var current: Execution { scoped ?? standard }

  @TaskLocal static var scoped: Execution?

  private static let standard = Execution(
    threads: min(Int(ck_available_threads()), maximumThreads),
    instructionSet: InstructionSet.available[0])

  /// The choice as the kernels take it.
  package var kernelExecution: ck_execution {
    unsafe ck_execution(kernels: instructionSet.kernels, threads: Int32(clamping: threads))
  }
}

/// Runs `body` with at most `threads` threads for each operation, in this task and the tasks it starts as children.
///
/// - Parameters:
///   - threads: 1 to ``Execution/maximumThreads``, the calling thread included. Any number gives the same bits.
///   - body: what to run.
public func withThreads<Result, Failure: Error>(
  _ threads: Int, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try Execution.with(.current(threads: threads), body)
}

/// Runs `body`, which may suspend, with at most `threads` threads for each operation, in this task and the tasks it starts
/// as children. It stays on the caller's actor.
///
/// - Parameters:
///   - threads: 1 to ``Execution/maximumThreads``, the calling thread included. Any number gives the same bits.
///   - isolation: the caller's actor.
///   - body: what to run.
public func withThreads<Result, Failure: Error>(
  _ threads: Int, isolation: isolated (any Actor)? = #isolation,
  _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  try await Execution.with(.current(threads: threads), isolation: isolation, body)
}

/// Runs `body` on the kernels of one instruction set, in this task and the tasks it starts as children.
public func withInstructionSet<Result, Failure: Error>(
  _ instructionSet: InstructionSet, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try Execution.with(.current(instructionSet: instructionSet), body)
}

/// Runs `body`, which may suspend, on the kernels of one instruction set, in this task and the tasks it starts as children.
/// It stays on the caller's actor.
public func withInstructionSet<Result, Failure: Error>(
  _ instructionSet: InstructionSet, isolation: isolated (any Actor)? = #isolation,
  _ body: () async throws(Failure) -> Result
) async throws(Failure) -> Result {
  try await Execution.with(.current(instructionSet: instructionSet), isolation: isolation, body)
}

extension Execution {
  fileprivate static func current(threads: Int) -> Execution {
    require(
      threads >= 1 && threads <= maximumThreads,
      "withThreads: threads is \(threads); expected 1...\(maximumThreads)")
    var execution = current
    execution.threads = threads
    return execution
  }

  fileprivate static func current(instructionSet: InstructionSet) -> Execution {
    var execution = current
    execution.instructionSet = instructionSet
    return execution
  }

  /// `TaskLocal.withValue` erases the error's type; this keeps it.
  fileprivate static func with<Result, Failure: Error>(
    _ execution: Execution, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outcome = $scoped.withValue(execution) { () -> Swift.Result<Result, Failure> in
      do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }

  fileprivate static func with<Result, Failure: Error>(
    _ execution: Execution, isolation: isolated (any Actor)?,
    _ body: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    let outcome = await $scoped.withValue(execution) { () async -> Swift.Result<Result, Failure> in
      do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    return try outcome.get()
  }
}
