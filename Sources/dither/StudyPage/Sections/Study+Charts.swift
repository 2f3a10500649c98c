import DitherCharts

extension StudyPage.Study {
  /// Of the network that the others are compared with.
  var nameWithoutNoise: String { report.models.first?.name ?? "no noise" }

  /// An axis of percentages that holds the shares, and ends at 0 and 100.
  func percentages(_ label: String, holding shares: [Double]) -> Axis {
    let values = shares.filter(\.isFinite).map { 100 * $0 }
    let scale = Scale(.linear, holding: values)
    let (lower, upper) = (max(scale.lower, 0), min(scale.upper, 100))
    return Axis(
      label, lower < upper ? Scale(.linear, from: lower, to: upper) : scale, suffix: " %")
  }

  /// A point of a share with its interval, in percent.
  func point(
    _ x: Double, _ estimate: StudyReport.Estimate, _ description: String
  ) -> Point {
    let (lower, upper) = (100 * estimate.lower, 100 * estimate.upper)
    return Point(
      x: x, y: 100 * estimate.value, interval: lower <= upper ? lower...upper : nil,
      description:
        "\(description): \(PageNumber.percent.text(estimate.value)) (\(PageNumber.percent.interval(estimate)))"
    )
  }

  /// A model's points, a curve of its look.
  func series(_ place: Int, _ points: [Point], as mark: Series.Mark = .line) -> Series {
    Series(report.models[place].name.shortened(to: 44), mark, style(place), points)
  }

  func figure(
    _ chart: Chart, caption: PageText, note: PageText? = nil, height: Double = 210
  ) -> PageFigure {
    let figure = Figure(title: caption.renderText, charts: [chart], height: height)
    // Names in charts come from data too.
    return PageFigure(drawing: Markup(figure.element().printable), caption: caption, note: note)
  }

  /// Both ends and the value.
  func ends(_ estimates: [StudyReport.Estimate]) -> [Double] {
    estimates.flatMap { [$0.value, $0.lower, $0.upper] }
  }

  /// Of 0…1 of its kind, from 1 to 10; nil for none.
  func tint(_ kind: String, _ share: Double) -> PageText? {
    let step = Int((min(max(share, 0), 1) * 10).rounded(.up))
    return step == 0 || share.isNaN ? nil : "\(kind)-\(step)"
  }
}
