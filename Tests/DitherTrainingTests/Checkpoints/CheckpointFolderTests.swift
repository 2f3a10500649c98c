import DitherTensors
import DitherTraining
import Foundation
import Layers
import Optimizers
import Synchronization
import Testing

/// A checkpoint that is told from others by its step, in its metadata and in every element.
private func checkpoint(_ step: Int, elements: Int = 300_000) -> Checkpoint {
  var checkpoint = Checkpoint(
    tensors: ["a": Tensor(repeating: Float(step), shape: [elements])])
  checkpoint.step = step
  return checkpoint
}

/// The step of the checkpoint that loads; stops the test at one that is not whole.
private func loadedStep(_ folder: CheckpointFolder) throws -> Int {
  let checkpoint = try folder.load().checkpoint
  let tensor = try #require(checkpoint.tensors["a"])
  #expect(tensor.count > 0 && tensor.scalars.allSatisfy { $0 == Float(checkpoint.step) })
  return checkpoint.step
}

/// Does something at one of the system calls that a save makes, and nothing at the others.
private func interrupting(
  _ call: Int, _ body: () throws -> Void, by action: @escaping @Sendable () -> Int32
) rethrows {
  let counter = CallCounter()
  let interruption = SystemCall.Interruption { _ in counter.next() == call ? action() : 0 }
  try SystemCall.$interruption.withValue(interruption) { try body() }
}

private final class CallCounter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}

/// The system calls of one save in a folder that has a checkpoint: open, a write of the header and one of the elements, fsync,
/// close, link, two renames; open and fsync of the folder.
private let callsOfSave = 10

@Suite("A folder of checkpoints")
struct CheckpointFolderTests {
  private let temporary: TemporaryFolder
  private let folder: CheckpointFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = CheckpointFolder(temporary.file("runs/first"))
  }

  @Test("The last two are kept, the newest loads, and nothing else is left")
  func keepsTwo() throws {
    #expect(throws: CheckpointError.file(.missing(file: folder.latest))) { try folder.load() }
    for step in 1...4 { try folder.save(checkpoint(step)) }
    #expect(try loadedStep(folder) == 4)
    #expect(try Checkpoint(contentsOf: folder.previous).step == 3)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "latest.safetensors", "previous.safetensors",
      ])
  }

  @Test("Where the newest is damaged the one before loads, and why is said")
  func damaged() throws {
    try folder.save(checkpoint(1))
    try folder.save(checkpoint(2))
    var bytes = try bytes(of: folder.latest)
    bytes[bytes.count - 9] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: folder.latest))
    let (loaded, passedOver) = try folder.load()
    #expect(loaded.step == 1 && loaded.file == folder.previous)
    guard case .damaged(folder.latest, _, _) = passedOver else {
      Issue.record("\(String(describing: passedOver))")
      return
    }
  }

  @Test(
    "A program killed at any system call of a save leaves a checkpoint that loads",
    arguments: 1...callsOfSave)
  func killed(call: Int) async throws {
    try folder.save(checkpoint(1))
    try folder.save(checkpoint(2))
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = folder.path as String, call = call as Int] in
      try interrupting(call) {
        try CheckpointFolder(path).save(checkpoint(3))
      } by: {
        kill(getpid(), SIGKILL)
      }
    }
    let step = try loadedStep(folder)
    #expect(step == 2 || step == 3)
    try folder.save(checkpoint(4))
    #expect(try loadedStep(folder) == 4)
  }

  @Test("A program killed at any moment of its saves leaves one that loads", arguments: 0..<8)
  func killedAtAnyMoment(round: Int) async throws {
    try folder.save(checkpoint(1))
    var generator = SeededGenerator(state: UInt64(round))
    let microseconds = UInt32.random(in: 1000...60_000, using: &generator)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = folder.path as String, microseconds = microseconds as UInt32] in
      Thread.detachNewThread {
        usleep(microseconds)
        kill(getpid(), SIGKILL)
      }
      for step in 2... { try CheckpointFolder(path).save(checkpoint(step)) }
    }
    #expect(try loadedStep(folder) >= 1)
  }

  @Test(
    "A failure of any system call is a typed error and leaves what was there",
    arguments: 1...callsOfSave)
  func fails(call: Int) throws {
    try folder.save(checkpoint(1))
    try folder.save(checkpoint(2))
    for (number, isFull) in [(ENOSPC, true), (EDQUOT, true), (EIO, false)] {
      let error = #expect(throws: CheckpointError.self) {
        try interrupting(call) {
          try folder.save(checkpoint(3))
        } by: {
          number
        }
      }
      if isFull {
        #expect(error == .file(.noSpace(file: folder.latest)))
      } else {
        #expect("\(try #require(error))".contains("Input/output error"))
      }
      // From the second renaming on the new file is in its place; the calls after that one concern the folder.
      #expect(try loadedStep(folder) == (call >= callsOfSave - 2 ? 3 : 2))
      let previous = try Checkpoint(contentsOf: folder.previous).step
      if call <= callsOfSave - 2 { #expect(previous == 1) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.allSatisfy { !$0.hasSuffix(".partial") })
    }
  }

  @Test("A damaged newest is not kept in the place of one that loads", arguments: [false, true])
  func savesOverDamage(isMissingOneBefore: Bool) throws {
    try folder.save(checkpoint(1))
    if !isMissingOneBefore { try folder.save(checkpoint(2)) }
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: folder.latest))
    try folder.save(checkpoint(3))
    #expect(try loadedStep(folder) == 3)
    if isMissingOneBefore {
      #expect(try bytes(of: folder.previous) == [1, 2, 3])
    } else {
      #expect(try Checkpoint(contentsOf: folder.previous).step == 1)
    }
  }

  @Test(
    "A file system without a second name for a file, or that cannot bring a folder to the disk, is no failure",
    arguments: [6, 9, 10], [EINVAL, ENOTSUP, EPERM, EACCES])
  func plainFileSystem(call: Int, number: Int32) throws {
    try folder.save(checkpoint(1))
    try folder.save(checkpoint(2))
    try interrupting(call) {
      try folder.save(checkpoint(3))
    } by: {
      number
    }
    #expect(try loadedStep(folder) == 3)
    #expect(try Checkpoint(contentsOf: folder.previous).step == 2)
  }

  @Test("A save makes as many system calls as the tests interrupt")
  func counts() throws {
    try folder.save(checkpoint(1))
    let counter = CallCounter()
    let interruption = SystemCall.Interruption { _ in
      _ = counter.next()
      return 0
    }
    try SystemCall.$interruption.withValue(interruption) { try folder.save(checkpoint(2)) }
    #expect(counter.next() == callsOfSave + 1)
  }

  @Test("A full disk: a file that may not grow is a typed error, and the one before loads")
  func full() async throws {
    try folder.save(checkpoint(1))
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit()
      #expect(unsafe getrlimit(fileSizeLimit, &limit) == 0)
      limit.rlim_cur = 1_000_000
      #expect(unsafe setrlimit(fileSizeLimit, &limit) == 0)
      let folder = CheckpointFolder(path)
      let error = #expect(throws: CheckpointError.self) { try folder.save(checkpoint(2)) }
      #expect(error == .file(.noSpace(file: folder.latest)))
    }
    #expect(try loadedStep(folder) == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }
}

#if os(Linux)
  private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSizeLimit = RLIMIT_FSIZE
#endif
