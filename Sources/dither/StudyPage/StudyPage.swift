import DitherCharts
import Foundation
import Mustache

/// A study's report as one page of HTML that needs nothing beside itself: no file, no network, and for reading no script.
package enum StudyPage {
  /// The page, as UTF-8 text that ends with a line end.
  package static func html(_ report: StudyReport) -> String {
    let study = Study(report)
    let sections = [
      study.recommendation, study.curves, study.front, study.heatMaps, study.confusion,
      study.examples, study.corruptions, study.certificates, study.attacks, study.calibration,
      study.rejection, study.propagation, study.search, study.provenance,
    ]
    let view = PageView(
      title: "Noise study of \(report.data.name.shortened(to: 60))", facts: study.summary,
      sections: sections.filter { !$0.blocks.isEmpty }, style: Markup(PageStyle.text),
      shapes: Markup(FigurePage.definitions), script: Markup(PageScript.text),
      policy: PageText(PageScript.policy))
    return PageTemplate.page(view)
  }

  /// The sections are made of it, a file each in `Sections`.
  struct Study {
    let report: StudyReport

    init(_ report: StudyReport) { self.report = report }

    /// The network without noise, and what it is compared with: the recommended noise or, where none helps, the best finalist.
    var compared: [StudyReport.Model] { Array(report.models.prefix(2)) }

    /// What is said of the data under the title.
    var summary: PageText {
      let data = report.data
      return PageText(
        "\(counted(data.trainingRows, "row")) to train, \(counted(data.validationRows, "row")) to choose, \(counted(data.testRows, "row")) to test; \(counted(data.features, "feature")), \(counted(data.classNames.count, "class")); \(network)"
      )
    }

    /// `hidden layers of 64, 32`, or the file of a model.
    var network: String {
      let text = report.data.network
      if text == "none" { return "no hidden layers" }
      return text.allSatisfy { $0.isNumber || ", ".contains($0) }
        ? "hidden layers of \(text)" : "network \(text)"
    }

    func className(_ label: Int) -> String {
      let names = report.data.classNames
      return names.indices.contains(label) ? names[label] : "\(label)"
    }

    /// The look of a model in every chart.
    func style(_ place: Int) -> Series.Style {
      place == 0 ? .ordinary(0) : place == 1 ? .emphasised : .ordinary(place)
    }
  }
}
