import Foundation
import TestSupport
import Testing

@Suite("PublishedResults gradient-noise")
struct GradientNoiseTests {
  private let program = Executable(name: "PublishedResults")
  private let digits = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/DitherData/Resources/digits.csv").path

  /// What the command writes as JSON, as a program of someone else's would read it.
  private struct Results: Decodable {
    struct Row: Decodable {
      struct Setting: Decodable {
        var initialization: String
        var variance: Double?
      }

      struct Accuracy: Decodable {
        var seeds: [Double]
      }

      var setting: Setting
      var accuracy: Accuracy
    }

    var judged: Int
    var rows: [Row]
  }

  @Test("Two threads give the numbers of one, and zero weights learn nothing without noise")
  func threads() throws {
    let file = try expectSameOnThreads([
      "gradient-noise", "--data", digits, "--epochs", "1", "--seeds", "2",
    ])
    let results = try JSONDecoder().decode(Results.self, from: file)
    let zero = results.rows.filter {
      $0.setting.initialization == "zero" && $0.setting.variance == nil
    }
    #expect(zero.count == 1)
    // Of ten classes about as frequent, one is always answered: 359 images, 33 to 38 of a class.
    for accuracy in zero.flatMap(\.accuracy.seeds) {
      #expect(accuracy > 8 && accuracy < 11.5)
    }
    #expect(results.judged == 359)
  }

  @Test("Files that are missing or too short are refused, with what was expected")
  func refusal() throws {
    let scratch = try Scratch()
    let missing = try program.run(["gradient-noise", "--data", scratch.path("none.csv")])
    #expect(missing.exitCode != 0)
    #expect(missing.error.contains("none.csv"))
    let short = try scratch.write("0,1,2\n3,4,5\n", to: "short.csv")
    let run = try program.run(["gradient-noise", "--data", short])
    #expect(run.exitCode != 0)
    #expect(run.error.contains("2 rows; expected at least 5"))
  }
}
