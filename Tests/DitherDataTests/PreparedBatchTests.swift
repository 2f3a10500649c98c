import DitherData
import DitherRuntime
import DitherTensors
import Foundation
import Synchronization
import TestSupport
import Testing

/// How often something happened, counted by any thread.
private final class Counter: Sendable {
  private let number = Mutex(0)
  var value: Int { number.withLock { $0 } }
  func add() { number.withLock { $0 += 1 } }
}

@Suite("Batches made ready in the background")
struct PreparedBatchTests {
  let data = numbered(labels: (0..<100).map { $0 % 5 }, classes: 5)

  @Test("They are the same batches in the same order", arguments: [1, 3, 100])
  func same(ahead: Int) {
    let batches = data.batches(of: 8, seed: 3, epoch: 2)
    let prepared = batches.prepared(ahead: ahead)
    // Twice: each iteration begins anew.
    for _ in 0..<2 {
      let found = Array(prepared)
      #expect(found.count == batches.count)
      for (one, other) in zip(found, batches) {
        #expect(one.inputs == other.inputs && one.labels == other.labels)
      }
    }
    #expect(Array(data.subset([]).batches(of: 8, epoch: 0).prepared()).isEmpty)
  }

  @Test("A function is given each batch and its position, on another thread than the consumer's")
  func transforms() {
    let batches = data.batches(of: 8, seed: 3, epoch: 2)
    let main = ObjectIdentifier(Thread.current)
    let made = batches.prepared(ahead: 2) { batch, position in
      (batch.inputs * Float(position), ObjectIdentifier(Thread.current) != main)
    }
    var position = 0
    for (inputs, isElsewhere) in made {
      #expect(inputs == batches[position].inputs * Float(position))
      #expect(isElsewhere)
      position += 1
    }
    #expect(position == 13)
  }

  @Test("The next batch is in work while one is in use, and no more than asked for")
  func ahead() {
    let begun = Counter()
    let next = DispatchSemaphore(value: 0)
    let batches = data.batches(of: 8, seed: 3, epoch: 2).prepared { batch, _ in
      begun.add()
      next.signal()
      return batch
    }
    var iterator = batches.makeIterator()
    for position in 0..<12 {
      #expect(iterator.next() != nil)
      // The batch in use and the one after it; without work in the background this would wait for ever.
      if position == 0 { next.wait() }
      next.wait()
      #expect(begun.value == position + 2)
    }
    #expect(iterator.next() != nil && iterator.next() == nil)
    #expect(begun.value == 13)
  }

  @Test("An iterator that is given up begins no other batch, and everything it held is freed")
  func cancelled() throws {
    final class Held: Sendable {}
    let gate = DispatchSemaphore(value: 0)
    let started = DispatchSemaphore(value: 0)
    let begun = Counter()
    weak var held: Held?
    do {
      let object = Held()
      held = object
      let batches = data.batches(of: 8, seed: 3, epoch: 2).prepared(ahead: 8) { batch, position in
        withExtendedLifetime(object) {}
        begun.add()
        if position == 1 {
          started.signal()
          gate.wait()
        }
        return batch
      }
      var iterator = batches.makeIterator()
      _ = iterator.next()
      started.wait()
    }
    // The second batch is in work; six others wait behind it.
    gate.signal()
    let end = Date(timeIntervalSinceNow: 30)
    while held != nil, Date() < end { Thread.sleep(forTimeInterval: 0.001) }
    #expect(held == nil)
    #expect(begun.value == 2)
  }

  @Test("The background has one thread of its own, and the caller's instruction set")
  func execution() throws {
    let scalar = try #require(InstructionSet(named: "scalar"))
    let found = withInstructionSet(scalar) {
      Array(data.batches(of: 50, epoch: 0).prepared { _, _ in Execution.current })
    }
    for execution in found {
      #expect(execution.threads == 1)
      #expect(execution.instructionSet == scalar)
    }
  }

  @Test("Many consumers at once get their own batches")
  func concurrent() async {
    let batches = data.batches(of: 8, seed: 3, epoch: 2)
    let prepared = batches.prepared { batch, _ in batch.labels }
    let expected = batches.map(\.labels)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 { group.addTask { Array(prepared) == expected } }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test("Fewer than one ahead stops with what was received")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = try Digits.load().batches(of: 8, epoch: 0).prepared(ahead: 0)
      }, says: "Batches.prepared: ahead is 0; expected at least 1")
  }
}
