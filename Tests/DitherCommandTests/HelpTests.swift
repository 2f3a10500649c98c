import Foundation
import TestSupport
import Testing

@Suite("dither --help")
struct HelpTests {
  @Test(
    "Help shows examples, in 80 columns",
    arguments: [[], ["train"], ["evaluate"], ["predict"], ["inspect"], ["study"]])
  func examples(command: [String]) throws {
    let output = try Command().succeed(command + ["--help"])
    #expect(output.contains("EXAMPLES"))
    #expect(output.contains("dither \(command.first ?? "train") "))
    let widest = output.split(separator: "\n").map(\.count).max() ?? 0
    #expect(widest <= 80)
    #expect(!output.contains(/\(default: [^)]*\)\s+\(default/))
  }

  @Test("The version is that of the changelog")
  func version() throws {
    let printed = try Command().succeed(["--version"])
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let changelog = try String(contentsOf: root.appending(path: "CHANGELOG.md"), encoding: .utf8)
    let number = try #require(printed.split(separator: ",").first)
    #expect(changelog.contains("To become \(number)") || changelog.contains("## [\(number)]"))
  }

  @Test("A completion script is made for each shell", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let script = try Command().succeed(["--generate-completion-script", shell])
    for word in ["evaluate", "hidden-norm", "leaky-relu"] { #expect(script.contains(word)) }
  }
}
