import TestSupport
import Testing

@Suite("dither --help")
struct HelpTests {
  @Test(
    "Help shows examples, in 80 columns",
    arguments: [[], ["train"], ["evaluate"], ["predict"], ["inspect"]])
  func examples(command: [String]) throws {
    let output = try Command().succeed(command + ["--help"])
    #expect(output.contains("EXAMPLES"))
    #expect(output.contains("dither \(command.first ?? "train") "))
    let widest = output.split(separator: "\n").map(\.count).max() ?? 0
    #expect(widest <= 80)
  }

  @Test("A completion script is made for each shell", arguments: ["bash", "zsh", "fish"])
  func completion(shell: String) throws {
    let script = try Command().succeed(["--generate-completion-script", shell])
    for word in ["evaluate", "hidden-norm", "leaky-relu"] { #expect(script.contains(word)) }
  }
}
