import DitherTensors
import Foundation
import TestSupport
import Testing

@Suite("What dither study makes of its data")
struct StudyDataTests {
  private static let options = [
    "study", "--images", "images", "--labels", "labels", "--families", "dropout", "--sites",
    "input", "--hidden", "none", "--epochs", "1",
  ]

  /// 4 × 6 pixels from 0 to 255, one of three columns of them bright.
  private func writeImages(_ command: Command, _ write: (Tensor, String) throws -> Void) throws {
    let pixels = (0..<60 * 24).map { place in
      let (row, pixel) = (place / 24, place % 24)
      return Float(pixel % 3 == row % 3 ? 255 - place % 40 : place % 60)
    }
    try write(Tensor(pixels, shape: [60, 4, 6]), command.scratch.path("images"))
    try Tensor((0..<60).map { Float($0 % 3) }).write(
      toIDX: command.scratch.path("labels"), as: .uint8)
  }

  @Test(
    "Images in files are images, whatever numbers their pixels are stored as",
    arguments: ["bytes", "floats"])
  func images(stored: String) throws {
    let command = try Command()
    try writeImages(command) { images, path in
      if stored == "bytes" {
        try images.write(toIDX: path, as: .uint8)
      } else {
        try images.write(toNPY: path)
      }
    }
    try command.succeed(Self.options)
    let report = try command.studyReport("study")
    #expect(report.data.image == StudyNumbers.Image(height: 4, width: 6))
    #expect(report.models.allSatisfy { $0.corruptions?.names.count == 5 })
    // Black and white as the network takes them.
    let normalization = try command.normalization("study/run")
    let white = (255 - normalization.mean[0]) / normalization.standardDeviation[0]
    let black = -normalization.mean[0] / normalization.standardDeviation[0]
    #expect(abs(report.data.range.lower - black) < 1e-5)
    #expect(abs(report.data.range.upper - white) < 1e-5)
    let page = try command.text("study/report.html")
    #expect(page.contains("Spoiled images") && page.contains("data:image/png"))
    #expect(page.contains("images of 4 × 6 grey pixels"))
  }

  @Test("Rows of numbers of any size, as many as a square holds, are no images")
  func noImages() throws {
    let command = try Command()
    let numbers = (0..<60 * 16).map { (place: Int) -> Float in
      let row = place / 16
      return Float(place * 7 % 40 + row % 3 * 40)
    }
    try Tensor(numbers, shape: [60, 16]).write(toNPY: command.scratch.path("images"))
    try Tensor((0..<60).map { Float($0 % 3) }).write(
      toIDX: command.scratch.path("labels"), as: .uint8)
    try command.succeed(Self.options)
    let report = try command.studyReport("study")
    #expect(report.data.image == nil)
    #expect(report.models.allSatisfy { $0.corruptions == nil })
  }

  @Test("Answers that are no numbers end the tests with words, and nothing is written")
  func notFinite() throws {
    let command = try Command()
    let rows = (0..<90).map { row in
      let (x, y) = Command.point(row)
      return "\(x * 1e35),\(y * 1e35),\(row % 3)"
    }
    _ = try command.scratch.write(rows.joined(separator: "\n"), to: "points.csv")
    try command.fail(
      Command.study + [
        "--normalization", "none", "--optimizer", "sgd", "--learning-rate", "0", "--test-noise",
        "gaussian:1e38",
      ], code: 1, saying: ["the loss on the test rows under test noise", "a finite number"])
    #expect(!FileManager.default.fileExists(atPath: command.scratch.path("study/study.json")))
  }

  @Test("Noise of the network's own is told from none, and few rows are said to be few")
  func remarks() throws {
    let command = try Command()
    try command.writeTable(rows: 90)
    let study = Command.study + ["--hidden", "8", "--dropout", "0.3"]
    let text = try command.succeed(study)
    #expect(text.contains("no added noise") && text.contains("noise of its own"))
    #expect(text.contains("18 to test on little can be decided"))
    let report = try command.studyReport("study")
    #expect(report.models[0].name == "no added noise")
    #expect(report.models.allSatisfy { $0.uncertainty.draws == 20 })
    #expect(!report.provenance.isContinued)

    // The same data by another name.
    try command.succeed(study + ["--data", "./points.csv"])
    #expect(try command.studyReport("study").provenance.isContinued)
    #expect(try command.text("study/report.html").contains("of the last part of a study"))
  }
}

extension Command {
  fileprivate struct Normalization: Decodable {
    var mean, standardDeviation: [Double]
  }

  fileprivate func normalization(_ run: String) throws -> Normalization {
    struct Preprocessing: Decodable {
      var normalization: Normalization
    }
    return try JSONDecoder().decode(Preprocessing.self, from: bytes("\(run)/preprocessing.json"))
      .normalization
  }
}
