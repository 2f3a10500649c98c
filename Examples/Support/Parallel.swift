import DitherRuntime

/// Runs jobs, several at once, each with its share of the threads.
///
/// - Parameters:
///   - count: of the jobs.
///   - threads: at most, of all jobs together.
///   - job: is given its number, from 0.
/// - Returns: what each job gave, in their order.
package func inParallel<Output: Sendable>(
  _ count: Int, threads: Int, _ job: @escaping @Sendable (Int) -> Output
) async -> [Output] {
  let tasks = min(threads, count)
  return await withTaskGroup(of: (Int, Output).self) { group in
    func start(_ number: Int) {
      group.addTask { withThreads(threads / tasks) { (number, job(number)) } }
    }
    for number in 0..<tasks { start(number) }
    var outputs = [Output?](repeating: nil, count: count)
    var next = tasks
    for await (number, output) in group {
      outputs[number] = output
      if next < count { start(next) }
      next += 1
    }
    return outputs.map { $0! }
  }
}
