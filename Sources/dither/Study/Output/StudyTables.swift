/// The numbers of a study as CSV, for other programs.
enum StudyTables {
  /// A line for each model, test noise and strength.
  static func curves(_ report: StudyReport) -> String {
    let figures = ["accuracy", "loss", "calibration error", "gain"]
    let columns = figures.flatMap { [$0, "\($0) lower", "\($0) upper"] }
    var lines = [
      (["model", "recommended", "test noise", "strength"] + columns).joined(separator: ",")
    ]
    for model in report.models {
      for (axis, curve) in zip(report.testNoises, model.curves) {
        for point in curve.points {
          let figures = [point.accuracy, point.loss, point.calibrationError].flatMap(fields)
          lines.append(
            ([
              model.name.csvField, "\(model.isRecommended)", axis.name.csvField,
              "\(point.strength)",
            ]
              + figures + (point.gain.map(fields) ?? ["", "", ""])).joined(separator: ","))
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A line for each training of the search.
  static func search(_ report: StudyReport) -> String {
    var lines = ["family,site,scale,learns scale,rule,epochs,replicate,clean,noisy"]
    for trial in report.search.trials {
      let noise = trial.noise
      lines.append(
        [
          noise?.family ?? "none", noise?.site ?? "", noise.map { "\($0.scale)" } ?? "",
          noise.map { "\($0.learnsScale)" } ?? "", (noise?.rule ?? "").csvField, "\(trial.epochs)",
          "\(trial.replicate)", trial.clean.map { "\($0)" } ?? "",
          trial.noisy.map { "\($0)" } ?? "",
        ].joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func fields(_ estimate: StudyReport.Estimate) -> [String] {
    [estimate.value, estimate.lower, estimate.upper].map { "\($0)" }
  }
}
