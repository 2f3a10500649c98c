import TestSupport
import Testing

@Suite("The small examples")
struct PatternTests {
  @Test(
    "Each small example finds that what it claims holds",
    arguments: ["InputNoise", "OutputNoise", "Dropout", "CustomDistribution"])
  func claims(name: String) throws {
    let outcome = try Executable(name: name).run()
    #expect(outcome.exitCode == 0, "\(outcome.error)")
    #expect(outcome.error.isEmpty)
    for claim in ["two steps dr", "the same step dr", "inference is exact", "the gradient"] {
      #expect(outcome.output.contains("holds: \(claim)"))
    }
  }
}
