import Foundation
import Testing

/// `dither study` on the table of points, so small that it takes seconds.
extension Command {
  static let study = [
    "study", "--data", "points.csv", "--hidden", "4", "--batch", "16", "--epochs", "2",
    "--families", "gaussian,dropout", "--sites", "input",
  ]

  /// Its JSON without what differs from run to run: the time, the threads, the command, the folder.
  func studyNumbers(_ folder: String) throws -> NSDictionary {
    let read = try JSONSerialization.jsonObject(with: bytes("\(folder)/study.json"))
    var report = try #require(read as? [String: Any])
    var provenance = try #require(report["provenance"] as? [String: Any])
    for key in ["begun", "seconds", "isContinued", "threads", "command"] {
      #expect(provenance.removeValue(forKey: key) != nil)
    }
    report["provenance"] = provenance
    var recommendation = try #require(report["recommendation"] as? [String: Any])
    recommendation["run"] = nil
    report["recommendation"] = recommendation
    return report as NSDictionary
  }

  func studyReport(_ folder: String) throws -> StudyNumbers {
    try JSONDecoder().decode(StudyNumbers.self, from: bytes("\(folder)/study.json"))
  }
}

/// What tests look at of a study's JSON.
struct StudyNumbers: Decodable {
  struct Estimate: Decodable {
    var value, lower, upper: Double
  }

  struct Noise: Decodable {
    var family, site, rule: String
    var scale: Double
  }

  struct Scales: Decodable {
    var best: Double
    var lower, upper: Double?
  }

  struct Recommendation: Decodable {
    var sentences: [String]
    var noise: Noise?
    var noisyGain: Estimate
    var scales: Scales?
    var run: String
  }

  struct Trial: Decodable {
    var noise: Noise?
    var epochs, replicate: Int
    var clean, noisy: Double?
  }

  struct Search: Decodable {
    var epochsSpent, budget: Int
    var trials: [Trial]
  }

  struct Axis: Decodable {
    var name: String
    var strengths: [Double]
  }

  struct Point: Decodable {
    var strength: Double
    var accuracy, loss, calibrationError: Estimate
    var gain: Estimate?
  }

  struct Curve: Decodable {
    var points: [Point]
  }

  struct Answers: Decodable {
    var confusion: [[Int]]
  }

  struct Corruptions: Decodable {
    var names: [String]
  }

  struct Model: Decodable {
    var name: String
    var noise: Noise?
    var isRecommended: Bool
    var accuracy: Estimate
    var curves: [Curve]
    var cleanAnswers: Answers
    var corruptions: Corruptions?
    var uncertainty: Uncertainty
  }

  struct Uncertainty: Decodable {
    var draws: Int
  }

  struct Provenance: Decodable {
    var isContinued: Bool
  }

  struct Image: Decodable, Equatable {
    var height, width: Int
  }

  struct Range: Decodable {
    var lower, upper: Double
  }

  struct DataSummary: Decodable {
    var trainingRows, validationRows, testRows: Int
    var testRowsOfClasses: [Int]
    var image: Image?
    var range: Range
  }

  var provenance: Provenance
  var data: DataSummary
  var recommendation: Recommendation
  var search: Search
  var testNoises: [Axis]
  var models: [Model]
}
