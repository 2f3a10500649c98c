import DitherTraining
import Foundation
import TestSupport
import Testing

@Suite("A save that is interrupted leaves a checkpoint that loads")
struct InterruptedSaveTests {
  private let temporary: TemporaryFolder
  private let folder: CheckpointFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = CheckpointFolder(temporary.file("runs/first"))
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  @Test(
    "A program killed at any system call of a save leaves a checkpoint that loads",
    arguments: 1...callsOfReading + callsOfSave)
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
    // The program that goes on knows nothing of the files, and removes what was left.
    let next = CheckpointFolder(folder.path)
    try next.save(checkpoint(4))
    #expect(try loadedStep(next) == 4)
    #expect(try Checkpoint(contentsOf: next.previous).step == step)
    #expect(try names == ["latest.safetensors", "previous.safetensors"])
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
    for (number, isFull) in [(ENOSPC, true), (EDQUOT, true), (EIO, false)] {
      let folder = CheckpointFolder(temporary.file("runs/\(number)"))
      try folder.save(checkpoint(1))
      try folder.save(checkpoint(2))
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
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
          "latest.safetensors", "previous.safetensors",
        ])
      // Whatever it left, the next is as any.
      try folder.save(checkpoint(4))
      #expect(try loadedStep(folder) == 4)
      #expect(try Checkpoint(contentsOf: folder.previous).step >= 2)
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
    #expect(try callsOfSaving(2, in: folder) == callsOfSave)
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
