import DitherTraining
import Foundation
import Testing

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

  @Test("What the program has saved or loaded is not read again before it is kept; all else is")
  func readsOnce() async throws {
    try folder.save(checkpoint(1))
    #expect(try callsOfSaving(2, in: folder) == callsOfSave)
    #expect(try callsOfSaving(3, in: CheckpointFolder(folder.path)) == callsOfSave)
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      let folder = CheckpointFolder(path)
      let calls = try (4...5).map { try callsOfSaving($0, in: folder) }
      #expect(calls == [callsOfReading + callsOfSave, callsOfSave])
    }
    // Another program has written since.
    let whole = callsOfReading + callsOfSave
    #expect(try callsOfSaving(6, in: folder) == whole)
    #expect(try Checkpoint(contentsOf: folder.previous).step == 5)
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      let folder = CheckpointFolder(path)
      let step = try loadedStep(folder)
      let calls = try callsOfSaving(7, in: folder)
      #expect(step == 6 && calls == callsOfSave)
    }
    #expect(try loadedStep(folder) == 7)
    #expect(try callsOfSaving(8, in: folder) == callsOfSave)
  }

  @Test(
    "A newest that was written to since it was saved, be it a single bit, is not kept in the place of one that loads"
  )
  func changedInPlace() throws {
    try folder.save(checkpoint(1))
    try folder.save(checkpoint(2))
    // The clock of a file system may tick only so often.
    usleep(20_000)
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.latest))
    try file.seek(toOffset: 1_000_000)
    let byte = try #require(try file.read(upToCount: 1)).first!
    try file.seek(toOffset: 1_000_000)
    try file.write(contentsOf: [byte ^ 1])
    try file.close()
    try folder.save(checkpoint(3))
    #expect(try loadedStep(folder) == 3)
    #expect(try Checkpoint(contentsOf: folder.previous).step == 1)
  }
}
