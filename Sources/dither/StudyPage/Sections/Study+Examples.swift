extension StudyPage.Study {
  /// Inputs under growing noise, with what the networks took them for.
  var examples: PageSection {
    let examples = report.examples.filter { !$0.versions.isEmpty }
    guard let noise = report.testNoises.first, let longest = examples.first else {
      return PageSection("examples", "Example inputs", [])
    }
    let table = PageTable(
      caption: PageText("Test rows under \(noise.name) of growing \(noise.axis)"),
      columns: [.words("row and class")]
        + longest.versions.map { version in
          .words(
            version.strength == 0
              ? "clean" : PageText("\(noise.axis) \(PageNumber.short.text(version.strength))"))
        },
      rows: examples.map { example in
        PageRow(
          header: .words("row \(example.row): \(className(example.label).shortened(to: 16))"),
          cells: example.versions.map { .example(shown($0, of: example)) })
      }, kind: "examples")
    return PageSection("examples", "Example inputs", [.paragraph(legend), .tables([table])])
  }

  private var legend: PageText {
    let other = compared.count > 1 ? "; “with” is \(compared[1].name)" : ""
    let colours =
      report.data.image == nil
      ? "" : " Blue is darker than black, red brighter than white."
    return PageText(
      "Each network's answer and its probability: “without” is \(nameWithoutNoise)\(other).\(colours)"
    )
  }

  private func shown(
    _ version: StudyReport.Version, of example: StudyReport.Example
  ) -> PageExample {
    let answers = zip(["without", "with"], version.answers.prefix(compared.count)).map {
      PageAnswer(
        network: PageText($0), label: PageText(className($1.label).shortened(to: 14)),
        isRight: $1.label == example.label, confidence: PageText(whole($1.confidence)),
        data: PageText("\($1.confidence)"))
    }
    let description = PageText(
      "Row \(example.row), class \(className(example.label)), at strength \(PageNumber.short.text(version.strength))"
    )
    let range = report.data.range
    if let image = report.data.image, image.width > 0,
      version.inputs.count == image.width * image.height
    {
      let extent = max(range.upper - range.lower, .leastNormalMagnitude)
      let picture = GreyPicture(
        width: image.width, values: version.inputs.map { ($0 - range.lower) / extent })
      return PageExample(
        picture: PageText(picture.address), description: description, answers: answers)
    }
    return PageExample(
      line: PageText(InputLine.path(version.inputs, range: range)), description: description,
      answers: answers)
  }

  private func whole(_ share: Double) -> String {
    PageNumber.plain.text((100 * share).rounded()) + " %"
  }
}
