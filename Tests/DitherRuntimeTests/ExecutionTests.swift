import DitherRuntime
import TestSupport
import Testing

@Suite("The choice of threads and instruction set")
struct ExecutionTests {
  private struct Refusal: Error, Equatable {
    var reason: Int
  }

  private let scalar = InstructionSet(named: "scalar")!

  @Test("By default there are threads, and the best instruction set")
  func standard() {
    #expect((1...Execution.maximumThreads).contains(Execution.current.threads))
    #expect(Execution.current.instructionSet == InstructionSet.available[0])
  }

  @Test("Instruction sets are found by the names that they have, and by no other")
  func names() {
    let names = InstructionSet.available.map(\.name)
    #expect(Set(names).isSubset(of: ["scalar", "avx2", "avx512", "neon"]))
    #expect(Set(names).count == names.count && names.last == "scalar")
    for set in InstructionSet.available {
      #expect(InstructionSet(named: set.name) == set && set.description == set.name)
    }
    #expect(InstructionSet(named: "nonsense") == nil)
    #expect(InstructionSet(named: "") == nil)
    #expect(InstructionSet(named: "Scalar") == nil)
  }

  @Test("A choice holds in its scope, an inner one in the inner scope, and one leaves the other be")
  func scopes() {
    let outside = Execution.current
    let result = withThreads(3) {
      let inner = withInstructionSet(scalar) { withThreads(5) { Execution.current } }
      #expect(inner.threads == 5 && inner.instructionSet == scalar)
      #expect(Execution.current.threads == 3)
      #expect(Execution.current.instructionSet == outside.instructionSet)
      return 7
    }
    #expect(result == 7)
    #expect(Execution.current.threads == outside.threads)
    #expect(withThreads(Execution.maximumThreads) { Execution.current.threads } == 1024)
  }

  @Test("An error keeps its type, and the choice ends with the scope that throws")
  func errors() {
    let outside = Execution.current
    do throws(Refusal) {
      try withThreads(3) { () throws(Refusal) in
        try withInstructionSet(scalar) { () throws(Refusal) in throw Refusal(reason: 4) }
      }
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.reason == 4)
    }
    #expect(Execution.current.threads == outside.threads)
    #expect(Execution.current.instructionSet == outside.instructionSet)
  }

  @Test("Child tasks inherit the choice, detached ones do not")
  func tasks() async {
    let outside = Execution.current.threads
    await withThreads(outside + 1) {
      async let child = Execution.current.threads
      #expect(await child == outside + 1)
      await withTaskGroup(of: Int.self) { group in
        for _ in 0..<4 { group.addTask { Execution.current.threads } }
        for await threads in group { #expect(threads == outside + 1) }
      }
      #expect(await Task.detached { Execution.current.threads }.value == outside)
    }
  }

  @Test(
    "A body that suspends: the choice holds after it, an error keeps its type, and the scope ends")
  func suspension() async {
    let outside = Execution.current
    let result = await withInstructionSet(scalar) {
      await withThreads(3) {
        await Task.yield()
        return Execution.current
      }
    }
    #expect(result.threads == 3 && result.instructionSet == scalar)
    do throws(Refusal) {
      try await withThreads(3) { () async throws(Refusal) in
        await Task.yield()
        try await withInstructionSet(scalar) { () async throws(Refusal) in
          await Task.yield()
          throw Refusal(reason: 5)
        }
      }
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.reason == 5)
    }
    #expect(Execution.current.threads == outside.threads)
    #expect(Execution.current.instructionSet == outside.instructionSet)
  }

  private actor Counter {
    var count = 0

    /// Changes the actor's own state from the body, which compiles only if the body stays on the actor.
    func add() async -> Int {
      await withThreads(2) {
        await Task.yield()
        assertIsolated()
        count += 1
        await withInstructionSet(InstructionSet(named: "scalar")!) {
          await Task.yield()
          assertIsolated()
          count += Execution.current.threads
        }
      }
      return count
    }
  }

  @Test("A body that suspends stays on the caller's actor")
  func isolation() async {
    #expect(await Counter().add() == 3)
  }

  @Test("No threads, and more than anybody means, stop the program with the number")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        withThreads(0) {}
      }, says: "withThreads: threads is 0; expected 1...1024")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        withThreads(1025) {}
      }, says: "withThreads: threads is 1025; expected 1...1024")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        await withThreads(.max) { await Task.yield() }
      }, says: "withThreads: threads is 9223372036854775807; expected 1...1024")
  }
}
