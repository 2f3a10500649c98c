import Foundation
import TestSupport
import Testing

@Suite("Where results go")
struct OutputTests {
  private func trained() throws -> Command {
    let command = try Command()
    try command.writeTable()
    try command.succeed([
      "train", "--data", "points.csv", "--hidden", "none", "--epochs", "1", "--output", "run",
    ])
    return command
  }

  private static let predict = ["predict", "run", "--data", "points.csv", "--output"]

  @Test("A link stays a link, and the file that it leads to keeps its permissions")
  func links() throws {
    let command = try trained()
    let printed = try command.succeed(["predict", "run", "--data", "points.csv"])
    _ = try command.scratch.write("old", to: "file.csv")
    let path = command.scratch.path("file.csv")
    #expect(unsafe chmod(path, 0o600) == 0)
    let links = [("link.csv", "file.csv"), ("second.csv", "link.csv"), ("new.csv", "made.csv")]
    for (name, target) in links {
      try FileManager.default.createSymbolicLink(
        atPath: command.scratch.path(name), withDestinationPath: target)
    }
    for name in ["second.csv", "new.csv"] { try command.succeed(Self.predict + [name]) }
    for (name, target) in links {
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: command.scratch.path(name))
          == target)
    }
    #expect(try command.text("file.csv") == printed)
    #expect(try command.text("made.csv") == printed)
    var status = stat()
    #expect(unsafe stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    try command.succeed([
      "train", "--data", "points.csv", "--write-configuration", "second.csv",
    ])
    #expect(try command.text("file.csv").contains("\"epochs\""))
  }

  @Test("A pipe is written to, and stays one")
  func pipe() throws {
    let command = try trained()
    let printed = try command.succeed(["predict", "run", "--data", "points.csv"])
    let outcome = try command.shell(
      "mkfifo pipe; \"$0\" predict run --data points.csv --output pipe & cat pipe; wait; test -p pipe"
    )
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == printed)
    let passed = try command.shell(
      "\"$0\" predict run --data points.csv --output /dev/fd/1 | cat")
    #expect(passed.exitCode == 0)
    #expect(passed.output == printed)
  }

  #if os(Linux)
    @Test("A device is written to, and stays one")
    func device() throws {
      let command = try trained()
      // Made for the test alone, where that is allowed: one that takes all, and one that is full.
      let outcome = try command.shell(
        """
        mknod null c 1 3 2>/dev/null && mknod full c 1 7 2>/dev/null || exit 77
        (: > null) 2>/dev/null || exit 77
        "$0" predict run --data points.csv --output null || exit 1
        test -c null || exit 2
        "$0" predict run --data points.csv --output full; test $? = 1 || exit 3
        test -c full
        """)
      if outcome.exitCode == 77 { return }
      #expect(outcome.exitCode == 0)
      #expect(outcome.error.contains("full: cannot be written (write: No space left on device)"))
    }
  #endif

  @Test("No file, a folder, and links that lead to each other are refused")
  func refused() throws {
    let command = try trained()
    for (name, target) in [("a", "b"), ("b", "a")] {
      try FileManager.default.createSymbolicLink(
        atPath: command.scratch.path(name), withDestinationPath: target)
    }
    for name in ["", "run", "a"] {
      try command.fail(Self.predict + [name], code: 64, saying: ["--output"])
    }
    try command.fail(
      ["train", "--data", "points.csv", "--output", ""], code: 64, saying: ["--output"])
  }

  #if os(Linux)
    @Test(
      "A full disk and a closed output are failures of each command",
      arguments: [
        "predict run --data points.csv", "evaluate run --data points.csv",
        "evaluate run --data points.csv --json", "inspect run",
        "train --data points.csv --epochs 1 --output other", "predict --help",
        "--generate-completion-script bash",
      ])
    func full(arguments: String) throws {
      let command = try trained()
      let full = try command.shell("\"$0\" \(arguments) > /dev/full")
      #expect(full.exitCode == 1)
      #expect(full.error.contains("standard output: cannot be written (No space left on device)"))
      try? FileManager.default.removeItem(atPath: command.scratch.path("other"))
      let closed = try command.shell("\"$0\" \(arguments) >&-")
      #expect(closed.exitCode == 1)
      #expect(closed.error.contains("standard output: cannot be written"))
      let log = try? command.text("other/log.jsonl")
      #expect(log?.contains("run") != true)
    }
  #endif

  @Test("What acts on a terminal is escaped in reports and messages")
  func escapes() throws {
    let command = try Command()
    try command.writeTable(labels: ["a\u{1B}[31m", "b\u{202E}c", "d"])
    try command.succeed([
      "train", "--data", "points.csv", "--epochs", "1", "--output", "run",
    ])
    let outputs = try [
      ["inspect", "points.csv"], ["inspect", "run"], ["evaluate", "run", "--data", "points.csv"],
    ].map { try command.succeed($0) }
    for output in outputs {
      #expect(output.contains("a\\u{1b}[31m"))
      #expect(!output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    }
    _ = try command.scratch.write("1,2,e\u{1B}[2J\n", to: "other.csv")
    let refused = try command.run(["evaluate", "run", "--data", "other.csv"])
    #expect(refused.exitCode == 1)
    #expect(!refused.error.contains("\u{1B}"))
  }
}
