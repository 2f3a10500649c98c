extension StudyPage.Study {
  /// Which classes were taken for which.
  var confusion: PageSection {
    let tables = confusions(of: compared)
    return PageSection(
      "confusion", "Which classes are confused",
      tables.isEmpty
        ? []
        : [
          .paragraph(
            "Test rows by their class and the one that was answered: blue where right, orange where wrong, the stronger the greater the share of the class."
          ), .tables(tables),
          .more(
            "The other networks", confusions(of: Array(report.models.dropFirst(compared.count)))),
        ])
  }

  private func confusions(of models: [StudyReport.Model]) -> [PageTable] {
    models.flatMap { model in
      [
        confusionTable(model.cleanAnswers.confusion, "\(model.name), clean"),
        confusionTable(model.noisyAnswers.confusion, "\(model.name), under noise"),
      ].compactMap { $0 }
    }
  }

  /// The most classes of which there is a whole table.
  private static let mostClasses = 20

  private func confusionTable(_ counts: [[Int]], _ name: String) -> PageTable? {
    guard counts.contains(where: { $0.contains { $0 > 0 } }) else { return nil }
    if counts.count > Self.mostClasses { return frequent(counts, name) }
    let rows = counts.enumerated().map { actual, row in
      let total = Double(max(row.reduce(0, +), 1))
      let cells = row.enumerated().map { answered, count in
        PageCell.count(count)
          .tinted(tint(answered == actual ? "better" : "worse", Double(count) / total))
      }
      return PageRow(header: .words(className(actual).shortened(to: 24)), cells: cells)
    }
    return PageTable(
      caption: PageText(name),
      columns: [.words("class \\ answer")]
        + counts.indices.map { PageColumn(PageText(className($0).shortened(to: 12))) },
      rows: rows, kind: "grid")
  }

  /// Of many classes the confusions that are most frequent.
  private func frequent(_ counts: [[Int]], _ name: String) -> PageTable {
    var mistakes: [(actual: Int, answered: Int, count: Int)] = []
    for (actual, row) in counts.enumerated() {
      for (answered, count) in row.enumerated() where answered != actual && count > 0 {
        mistakes.append((actual, answered, count))
      }
    }
    // Of equal counts the first in the order of classes.
    let most = mistakes.sorted {
      $0.count != $1.count
        ? $0.count > $1.count : ($0.actual, $0.answered) < ($1.actual, $1.answered)
    }
    return PageTable(
      caption: PageText("\(name): the most frequent confusions"),
      columns: [.words("class"), .words("answer"), "rows"],
      rows: most.prefix(20).map {
        PageRow(
          header: .words(className($0.actual).shortened(to: 40)),
          cells: [.words(className($0.answered).shortened(to: 40)), .count($0.count)])
      })
  }
}
