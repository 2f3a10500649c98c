import DitherData
import DitherTensors
import Foundation
import Testing

@Suite("Pipes and devices are no files of data")
struct SpecialFileTests {
  @Test("A pipe without a writer is named, not waited for")
  func pipe() throws {
    try withFolder { folder in
      let path = folder + "/pipe"
      #expect(unsafe mkfifo(path, 0o600) == 0)
      // A reader that waits all the same gets a writer in the end, who leaves it an empty file: the test fails, and ends.
      let writer = DispatchWorkItem { close(unsafe open(path, O_WRONLY | O_NONBLOCK)) }
      DispatchQueue.global().asyncAfter(deadline: .now() + 20, execute: writer)
      defer { writer.cancel() }
      #expect(throws: DataError.unreadable(file: path, reason: "a pipe")) {
        try LabelledData(contentsOf: path)
      }
    }
  }

  @Test("A device is named, even one without an end")
  func device() {
    #expect(throws: DataError.unreadable(file: "/dev/zero", reason: "a device")) {
      try Tensor(contentsOf: "/dev/zero")
    }
  }
}
