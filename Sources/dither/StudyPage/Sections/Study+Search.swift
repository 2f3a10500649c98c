extension StudyPage.Study {
  /// How the budget was spent.
  var search: PageSection {
    let search = report.search
    guard !search.trials.isEmpty || !search.rounds.isEmpty else {
      return PageSection("search", "The search", [])
    }
    return PageSection(
      "search", "The search",
      [
        .paragraph(
          "By successive halving: all candidates, and no noise, are trained for a few epochs, the better ones for more. All are compared on the same rows of the validation data, under the same draws of the test noise."
        ),
        .facts([
          PageFact(name: "Distributions", value: PageText(search.families.joined(separator: ", "))),
          PageFact(name: "Places", value: PageText(search.sites.joined(separator: ", "))),
          PageFact(
            name: "Test noise", value: PageText(search.testNoise),
            note: PageText("\(counted(search.testDraws, "draw")) a row")),
          PageFact(
            name: "Epochs of a full training", value: PageText("\(search.epochs)"),
            data: PageText("\(search.epochs)")),
          PageFact(
            name: "Epochs spent",
            value: PageText(PageNumber.plain.text(Double(search.epochsSpent))),
            note: PageText("of a budget of \(PageNumber.plain.text(Double(search.budget)))"),
            data: PageText("\(search.epochsSpent)")),
          PageFact(
            name: "Full trainings of a finalist", value: PageText("\(search.replicates)"),
            data: PageText("\(search.replicates)")),
        ]), .tables([rounds]), .more("Every training", [trials]),
      ])
  }

  private var rounds: PageTable {
    PageTable(
      caption: "The rounds of halving.", columns: ["round", "candidates", "epochs", "kept"],
      rows: report.search.rounds.enumerated().map { place, round in
        PageRow(
          header: .words("\(place + 1)"),
          cells: [.count(round.candidates), .count(round.epochs), .count(round.kept)])
      })
  }

  private var trials: PageTable {
    PageTable(
      caption: "Every training, with its accuracy on the validation rows.",
      columns: [.words("noise"), "epochs", "replicate", "round", "clean", "under noise"],
      rows: report.search.trials.map { trial in
        PageRow(
          header: .words(name(trial.noise)),
          cells: [
            .count(trial.epochs), .count(trial.replicate),
            .number(trial.round.map(Double.init), .plain), .number(trial.clean, .percent),
            .number(trial.noisy, .percent),
          ])
      })
  }
}
