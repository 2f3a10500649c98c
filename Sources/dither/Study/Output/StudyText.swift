import Foundation

/// What a study found, in a few lines for the terminal.
struct StudyText {
  let report: StudyReport
  let page: String

  var text: String {
    let facts = Table(
      rows: [
        [
          "data",
          "\(report.data.name), \(report.data.trainingRows) rows to train on, \(report.data.validationRows) to choose by, \(report.data.testRows) to test on",
        ],
        [
          "tried",
          "\(report.search.rounds.first?.candidates ?? report.search.entries.count - 1) noises: \(report.search.families.joined(separator: ", ")) at \(report.search.sites.joined(separator: ", "))",
        ], ["page", page],
        ["network", report.recommendation.run],
        ["time", String(format: "%.1f s", report.provenance.seconds)],
      ], words: [1]
    ).text
    return report.recommendation.sentences.joined(separator: "\n") + "\n\n" + table + "\n\n"
      + facts + "\n"
  }

  /// The accuracy of each model on the test rows: clean, under the noise that was searched under, and under the greatest.
  private var table: String {
    guard let axis = report.testNoises.first, let searched = axis.searched else { return "" }
    let places = [0, searched, axis.strengths.count - 1].reduce(into: [Int]()) { places, place in
      if !places.contains(place) { places.append(place) }
    }
    return Table(
      header: ["accuracy on test rows, %"]
        + places.map { $0 == 0 ? "clean" : "\(axis.name) \(shortened(axis.strengths[$0]))" },
      rows: report.models.map { model in
        [(model.isRecommended ? "* " : "  ") + model.name]
          + places.map { percent(model.curves[0].points[$0].accuracy.value) }
      }
    ).text
  }

  private func shortened(_ number: Double) -> String { String(format: "%.3g", number) }
}
