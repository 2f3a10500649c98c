extension StudyPage.Study {
  /// Every noise at every scale, trained as long: in the first round of the search or, where it has none, in full.
  var heatMaps: PageSection {
    let trials = alike
    let sites = report.search.sites.filter { site in trials.contains { $0.noise?.site == site } }
    let blocks: [PageBlock?] = sites.flatMap { site -> [PageBlock?] in
      let here = trials.filter { $0.noise?.site == site }
      return [
        .subheading(PageText("At \(site)")),
        .tables([
          map(here, under: "under noise", base: base?.noisy, \.noisy),
          map(here, under: "on clean data", base: base?.clean, \.clean),
        ]),
      ]
    }
    return PageSection(
      "scales", "By distribution and scale",
      blocks.isEmpty ? [] : [.paragraph(introduction)] + blocks)
  }

  /// The first training of each: all of as many epochs, so that they compare.
  private var alike: [StudyReport.Trial] {
    report.search.trials.filter { trial in
      report.search.rounds.isEmpty ? trial.replicate == 0 : trial.round == 1
    }
  }

  private var base: StudyReport.Trial? { alike.first { $0.noise == nil } }

  private var introduction: PageText {
    let epochs = alike.first.map { counted($0.epochs, "epoch") } ?? ""
    let when =
      report.search.rounds.isEmpty
      ? "the first full training of each noise, of \(epochs)"
      : "the first round of the search, in which each candidate was trained for \(epochs)"
    let text =
      "Accuracy on the validation rows after \(when); × is where a training met a number that is not finite."
    guard let base, let clean = base.clean, let noisy = base.noisy else {
      return PageText("\(text) The stronger the blue, the higher.")
    }
    return PageText(
      "\(text) Blue is better than no noise, which then had \(PageNumber.percent.text(noisy)) under noise and \(PageNumber.percent.text(clean)) on clean data; orange is worse."
    )
  }

  private func map(
    _ trials: [StudyReport.Trial], under condition: String, base: Double?,
    _ score: (StudyReport.Trial) -> Double?
  ) -> PageTable {
    let fixed = trials.filter { $0.noise?.learnsScale == false }
    let scales = Set(fixed.compactMap { $0.noise?.scale }).sorted()
    let hasLearned = fixed.count < trials.count
    let all = alike.compactMap(score)
    let (least, greatest) = (all.min() ?? 0, all.max() ?? 1)
    let reach = max(greatest - (base ?? 0), (base ?? 0) - least, 0.02)
    func cell(_ trial: StudyReport.Trial?) -> PageCell {
      guard let trial else { return .words("") }
      guard let value = score(trial) else { return .words("×") }
      let cell = PageCell.number(value, .inPercent)
      guard let base else {
        return cell.tinted(tint("better", (value - least) / max(greatest - least, 0.02)))
      }
      let gain = value - base
      return cell.tinted(tint(gain > 0 ? "better" : "worse", abs(gain) / reach))
    }
    let rows = report.search.families.compactMap { family -> PageRow? in
      let here = trials.filter { $0.noise?.family == family }
      guard !here.isEmpty else { return nil }
      let cells = scales.map { scale in
        cell(here.first { $0.noise?.scale == scale && $0.noise?.learnsScale == false })
      }
      let learned = hasLearned ? [cell(here.first { $0.noise?.learnsScale == true })] : []
      return PageRow(header: .words(family), cells: cells + learned)
    }
    return PageTable(
      caption: PageText("Accuracy \(condition) in %, by scale"),
      columns: [.words("distribution")]
        + scales.map { PageColumn(PageText(PageNumber.short.text($0))) }
        + (hasLearned ? ["learned"] : []),
      rows: rows, kind: "grid")
  }
}
