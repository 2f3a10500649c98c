import DitherData
import DitherTensors
import Foundation
import TestSupport
import Testing

@Suite("Writing files")
struct WritingTests {
  @Test("A file is replaced whole: a reader finds the old contents or the new ones")
  func whole() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/array.npy"
    let versions = [Tensor(repeating: 1, shape: [50_000]), Tensor(repeating: 2, shape: [20_000])]
    try versions[0].write(toNPY: path)
    let writer = Task {
      for index in 0..<50 { try versions[index % 2].write(toNPY: path) }
    }
    var found = 0
    for _ in 0..<200 {
      let array = try Tensor(contentsOf: path)
      #expect(versions.contains(array))
      found += 1
    }
    try await writer.value
    #expect(found == 200)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["array.npy"])
  }

  @Test(
    "Of writers at once each writes whole: the file is one of theirs, and nothing is left beside it"
  )
  func together() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/array.npy"
    try await withThrowingTaskGroup { group in
      for writer in 0..<4 {
        group.addTask {
          for _ in 0..<20 {
            try Tensor(repeating: Float(writer), shape: [20_000 + writer]).write(toNPY: path)
          }
        }
      }
      try await group.waitForAll()
    }
    let array = try Tensor(contentsOf: path)
    #expect(array == Tensor(repeating: array.scalars[0], shape: [20_000 + Int(array.scalars[0])]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["array.npy"])
  }

  @Test("A file that its owner alone may read is so when it is replaced")
  func permissions() throws {
    try withFolder { folder in
      let path = folder + "/array.npy"
      for permissions: mode_t in [0o600, 0o640] {
        try Tensor([1]).write(toNPY: path)
        #expect(unsafe chmod(path, permissions) == 0)
        try Tensor([2]).write(toNPY: path)
        var status = stat()
        #expect(unsafe stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == permissions)
        #expect(try Tensor(contentsOf: path) == Tensor([2]))
      }
    }
  }

  @Test("The beginning of a file is as many bytes as are asked for, or as there are")
  func beginning() throws {
    try withFile([1, 2, 3]) { path in
      let (two, nine) = try (
        DataFile.beginning(of: path, bytes: 2), DataFile.beginning(of: path, bytes: 9)
      )
      #expect(two == [1, 2])
      #expect(nine == [1, 2, 3])
    }
  }

  @Test("What cannot be written is named, and nothing is left beside it")
  func unwritable() throws {
    try withFolder { folder in
      let target = folder + "/taken"
      try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
      for write in [
        { try Tensor([1]).write(toNPY: target) },
        { try Tensor([1]).write(toIDX: target) },
        {
          try Recording(samples: Tensor(zeros: [1, 4]), sampleRate: 8000).write(toWAV: target)
        },
      ] {
        let found = try dataError(write)
        #expect(found?.description.hasPrefix("\(target): cannot be written (") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["taken"])
      }
      let nowhere = folder + "/no/such/folder/a.npy"
      #expect(
        try dataError { try Tensor([1]).write(toNPY: nowhere) }
          == .unwritable(file: nowhere, reason: "open: No such file or directory"))
    }
  }

  @Test("A name without a folder is in the current one")
  func currentFolder() async {
    await #expect(processExitsWith: .success) {
      try withFolder { folder in
        _ = FileManager.default.changeCurrentDirectoryPath(folder)
        try Tensor([1, 2]).write(toNPY: "a.npy")
        guard try Tensor(contentsOf: folder + "/a.npy") == Tensor([1, 2]) else { fatalError() }
      }
    }
  }

  #if os(Linux)
    @Test("Where the disk takes no more, the file that was there stays as it was")
    func full() async {
      await #expect(processExitsWith: .success) {
        try withFolder { folder in
          let path = folder + "/a.npy"
          try Tensor([1, 2]).write(toNPY: path)
          // No file may grow beyond this; the signal that comes with the error is not wanted.
          _ = signal(SIGXFSZ, SIG_IGN)
          var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
          _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
          let found = try dataError { try Tensor(zeros: [5000]).write(toNPY: path) }
          guard case .unwritable(file: path, reason: _)? = found,
            try Tensor(contentsOf: path) == Tensor([1, 2]),
            try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.npy"]
          else { fatalError("\(String(describing: found))") }
        }
      }
    }
  #endif

  @Test("Numbers that the format does not hold stop with what was received")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try Tensor([0.5]).write(toIDX: "/no/such/folder/a", as: .uint8)
      }, says: "IDX: element 0.5 as uint8; expected a whole number in 0...255")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try Tensor([128]).write(toIDX: "/no/such/folder/a", as: .int8)
      }, says: "IDX: element 128.0 as int8; expected a whole number in -128...127")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        try Tensor([1], shape: []).write(toIDX: "/no/such/folder/a")
      }, says: "IDX: shape []; expected 1 to 255 axes")
  }
}
