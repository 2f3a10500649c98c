import DitherData
import DitherTensors
import Foundation

/// What the networks are trained on and judged by: inputs of at most 1 in size, labels 0…9, split once and for all.
struct StudyData: Sendable {
  let name: String
  /// What a row is called.
  let noun: String
  let training: LabelledData
  let test: LabelledData

  static let classes = 10
  static let split = "stratified-80-20-seed-1"
  private static let fewestRows = 10

  private init(_ data: LabelledData, name: String, noun: String) {
    self.name = name
    self.noun = noun
    (training, test) = data.stratifiedSplit(testFraction: 0.2, seed: 1)
  }

  /// The handwritten digits that come with the library.
  static func digits() throws -> StudyData {
    StudyData(try Digits.load(), name: "Handwritten digits", noun: "images")
  }

  /// The rows of a CSV file, divided by the greatest absolute value among them.
  init(path: String) throws {
    let data = try LabelledData(contentsOf: path, classes: Self.classes)
    if data.count < Self.fewestRows {
      throw StudyError(
        message:
          "\(path): \(data.count) rows; expected at least \(Self.fewestRows), for a part to train on and one to test"
      )
    }
    let greatest = data.inputs.absolute().maximum()
    let scaled = LabelledData(
      inputs: greatest > 0 ? data.inputs / greatest : data.inputs, labels: data.labels,
      classes: data.classes, name: data.name)
    self.init(scaled, name: URL(fileURLWithPath: path).lastPathComponent, noun: "rows")
  }

  var features: Int { training.features }
}
