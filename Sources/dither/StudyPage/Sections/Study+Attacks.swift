extension StudyPage.Study {
  /// Accuracy under attack, and whether the attacks can be trusted.
  var attacks: PageSection {
    let kinds = report.models.reduce(into: [AttackKind]()) { kinds, model in
      for attack in model.attacks where !attack.points.isEmpty {
        let kind = AttackKind(name: attack.name, norm: attack.norm)
        if !kinds.contains(kind) { kinds.append(kind) }
      }
    }
    guard !kinds.isEmpty else { return PageSection("attacks", "Attacks", []) }
    let warnings: [PageBlock?] = report.models.flatMap { model in
      model.gradientMasking.warnings.map { .warning(PageText("\(model.name): \($0)")) }
    }
    return PageSection(
      "attacks", "Attacks",
      [
        .paragraph(
          "Accuracy while each input is moved, within a radius, to where the network errs. Networks are attacked as they are used, without noise."
        )
      ] + warnings + [
        warnings.isEmpty ? .paragraph("No sign of masked gradients was seen.") : nil,
        .figures(kinds.map(figure)), .tables([masking]),
        .more("All numbers of the attacks", kinds.flatMap(tables)),
      ])
  }

  private struct AttackKind: Equatable {
    let name: String
    let norm: String
  }

  private func attack(_ kind: AttackKind, _ model: StudyReport.Model) -> StudyReport.Attack? {
    model.attacks.first { $0.name == kind.name && $0.norm == kind.norm && !$0.points.isEmpty }
  }

  private func figure(_ kind: AttackKind) -> PageFigure {
    let places = report.models.indices.filter {
      $0 < compared.count && attack(kind, report.models[$0]) != nil
    }
    let steps = places.first.flatMap { attack(kind, report.models[$0])?.steps } ?? 0
    let rows = places.first.flatMap { attack(kind, report.models[$0])?.rows } ?? 0
    return radii(
      places, { attack(kind, $0)?.points ?? [] }, caption: PageText("\(kind.name), \(kind.norm)"),
      note: PageText("(\(counted(steps, "step")), \(counted(rows, "row")))"))
  }

  private func tables(_ kind: AttackKind) -> [PageTable] {
    report.models.compactMap { model in
      attack(kind, model).map {
        radiusTable("\(kind.name), \(kind.norm), \(model.name)", $0.points)
      }
    }
  }

  private var masking: PageTable {
    PageTable(
      caption:
        "Whether gradients are masked: more steps should never leave more right answers than few, nor few than one, gradients not more than random moves, and a large radius none.",
      columns: [
        .words("network"), "radius", "one step", "few steps", "many steps", "random",
        "large radius",
        "accuracy there",
      ],
      rows: report.models.map { model in
        let masking = model.gradientMasking
        return PageRow(
          header: .words(model.name),
          cells: [
            .number(masking.radius, .short), .number(masking.oneStepAccuracy, .percent),
            .number(masking.fewStepsAccuracy, .percent),
            .number(masking.manyStepsAccuracy, .percent),
            .number(masking.randomAccuracy, .percent), .number(masking.largeRadius, .short),
            .number(masking.largeRadiusAccuracy, .percent),
          ], isEmphasised: model.isRecommended)
      })
  }
}
