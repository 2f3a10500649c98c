import DitherData
import DitherTensors
import Foundation
import TestSupport
import Testing

/// The system calls that write an array: open, write, fsync, close, rename; open and fsync of the folder.
private let names = ["open", "write", "fsync", "close", "rename", "open", "fsync"]

/// The renaming is the fifth: the calls after it concern the folder.
private func isReplaced(by call: Int) -> Bool { call > 5 }

@Suite("A file whose writing is interrupted at any system call")
struct InterruptedWriteTests {
  @Test(
    "A failure is an error that names the call; the file is the old one, or the new one at the very end",
    arguments: 1...7)
  func fails(call: Int) throws {
    try withFolder { folder in
      let path = folder + "/a.npy"
      for number in [EIO, ENOSPC] {
        try Tensor([1]).write(toNPY: path)
        let error = try dataError {
          try interrupting(call) {
            try Tensor([2]).write(toNPY: path)
          } by: {
            number
          }
        }
        let reason = "\(names[call - 1]): \(unsafe String(cString: strerror(number)))"
        #expect(error == .unwritable(file: path, reason: reason))
        #expect(try Tensor(contentsOf: path) == Tensor([isReplaced(by: call) ? 2 : 1]))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.npy"])
      }
    }
  }

  @Test(
    "A program killed there leaves the old file or the new one, whole, and the next write is as any",
    arguments: 1...7)
  func killed(call: Int) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/a.npy"
    try Tensor([1]).write(toNPY: path)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = path as String, call = call as Int] in
      try interrupting(call) {
        try Tensor([2]).write(toNPY: path)
      } by: {
        kill(getpid(), SIGKILL)
      }
    }
    #expect(try Tensor(contentsOf: path) == Tensor([isReplaced(by: call) ? 2 : 1]))
    try Tensor([3]).write(toNPY: path)
    #expect(try Tensor(contentsOf: path) == Tensor([3]))
  }

  @Test(
    "A folder that cannot be brought to the disk, on a file system that has no such thing, is no failure",
    arguments: [6, 7])
  func plainFileSystem(call: Int) throws {
    try withFolder { folder in
      let path = folder + "/a.npy"
      try interrupting(call) {
        try Tensor([2]).write(toNPY: path)
      } by: {
        EINVAL
      }
      #expect(try Tensor(contentsOf: path) == Tensor([2]))
    }
  }

  @Test(
    "Another write of the same file at any of its system calls disturbs neither", arguments: 1...7)
  func overtaken(call: Int) throws {
    try withFolder { folder in
      let path = folder + "/a.npy"
      try interrupting(call) {
        try Tensor([2]).write(toNPY: path)
      } by: {
        do { try Tensor([3]).write(toNPY: path) } catch { return EIO }
        return 0
      }
      // The one that is renamed last stays.
      #expect(try Tensor(contentsOf: path) == Tensor([isReplaced(by: call) ? 3 : 2]))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.npy"])
    }
  }

  @Test("A write makes as many system calls as these tests interrupt")
  func counts() throws {
    try withFolder { folder in
      let calls = try systemCalls { try Tensor([2]).write(toNPY: folder + "/a.npy") }
      #expect(calls == names.count)
    }
  }
}
