extension StudyPage.Study {
  /// What made the page.
  var provenance: PageSection {
    let (made, data) = (report.provenance, report.data)
    let classes = PageTable(
      caption: "Test rows of each class.", columns: [.words("class"), "rows"],
      rows: zip(data.classNames, data.testRowsOfClasses).map {
        PageRow(header: .words($0.shortened(to: 60)), cells: [.count($1)])
      })
    return PageSection(
      "provenance", "What made this page",
      [
        .code(PageText(made.command)),
        .facts([
          number("Seed", "\(made.seed)", "of first weights, batches, noise, splits and resamples"),
          PageFact(
            name: "Program", value: PageText("dither \(made.version)"),
            note: PageText("noise stream version \(made.noiseStreamVersion)")),
          PageFact(name: "Begun", value: PageText(made.begun)),
          PageFact(
            name: "Time", value: PageText("\(PageNumber.short.text(made.seconds)) s"),
            note: PageText(
              "on \(counted(made.threads, "thread"))\(made.isContinued ? "; of the last part of a study that had begun before" : "")"
            ),
            data: PageText("\(made.seconds)")),
          PageFact(
            name: "Machine", value: PageText(made.operatingSystem),
            note: PageText("kernels: \(made.instructionSet)")),
          PageFact(name: "Data", value: PageText(data.name), note: PageText(rows)),
          PageFact(
            name: "Inputs",
            value: PageText(
              data.image.map { "images of \($0.height) × \($0.width) grey pixels" }
                ?? counted(data.features, "feature")),
            note: PageText("normalization: \(data.normalization)")),
          number(
            "Unit of the scales", "\(data.unit)",
            "the standard deviation of the training inputs, as the network takes them"),
          PageFact(
            name: "Network", value: PageText(network),
            note: PageText(
              "\(counted(data.parameters, "parameter")); in \(report.recommendation.run)"),
            data: nil),
          PageFact(
            name: "Confidence",
            value: PageText(PageNumber.percent.text(report.recommendation.confidence)),
            note: PageText(
              "of the search's intervals, all together, under test noise and on clean data each by themselves; where no noise helps, one is recommended with a probability of \(PageNumber.percent.text(report.recommendation.falsePositiveRate)) at most"
            ), data: PageText("\(report.recommendation.confidence)")),
        ]), .more("Rows of each class", [classes]),
      ])
  }

  private var rows: String {
    let data = report.data
    return
      "\(counted(data.trainingRows, "row")) to train, \(data.validationRows) to choose, \(data.testRows) to test once, at the end"
  }

  private func number(_ name: PageText, _ digits: String, _ note: PageText) -> PageFact {
    let isWhole = UInt64(digits) != nil
    let text = isWhole ? digits : Double(digits).map(PageNumber.short.text) ?? digits
    return PageFact(name: name, value: PageText(text), note: note, data: PageText(digits))
  }
}
