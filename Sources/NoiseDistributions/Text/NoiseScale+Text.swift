extension NoiseScale {
  /// How text writes a scale that is no number, after `scale=`.
  static let forms: [NoiseCatalog.Entry<NoiseScale>] =
    Schedule.forms.map { factorForm($0) } + [relativeForm, ratioForm, learnedForm]

  private static func factorForm(
    _ form: NoiseCatalog.Entry<Schedule>
  ) -> NoiseCatalog.Entry<NoiseScale> {
    NoiseCatalog.Entry<NoiseScale>(name: form.name, parameters: form.parameters) {
      let schedule = try form.make($0)
      try $0.refuse(schedule.problem(in: NoiseScale.range))
      return .scheduled(schedule)
    } parts: {
      guard case .factor(let schedule) = $0.kind else { return nil }
      return try form.parts(schedule)
    }
  }

  private static let relativeForm = NoiseCatalog.Entry<NoiseScale>(
    name: "relativeToSignal", parameters: ["ratio"], takesSchedule: true, labels: [.over]
  ) {
    try $0.overTrueSamples(.relativeToSignal(try $0.schedule("ratio", in: range)))
  } parts: {
    guard case .relativeToSignal(let schedule) = $0.kind else { return nil }
    return try NoiseParts(schedule, of: $0)
  }

  private static let ratioForm = NoiseCatalog.Entry<NoiseScale>(
    name: "signalToNoiseRatio", parameters: ["decibels"], takesSchedule: true, labels: [.over]
  ) {
    try $0.overTrueSamples(
      .signalToNoiseRatio(decibels: try $0.schedule("decibels", in: decibelRange)))
  } parts: {
    guard case .signalToNoiseRatio(let schedule) = $0.kind else { return nil }
    return try NoiseParts(schedule, of: $0)
  }

  private static let learnedForm = NoiseCatalog.Entry<NoiseScale>(
    name: "learned", parameters: ["initial"], labels: [.shared]
  ) {
    let sharing = try $0.labelled(.shared, Sharing.forms, "a sharing of a learned scale")
    return .learned(try $0.float("initial", in: .positive), sharing ?? .all)
  } parts: {
    guard case .learned(let initial, let sharing) = $0.kind else { return nil }
    let text = try NoiseCatalog().written(sharing, in: Sharing.forms, "sharing")
    return NoiseParts(numbers: [.float(initial)]).labelled(.shared, sharing == .all ? nil : text)
  }

  /// Its text after `scale=`.
  func text() throws(NoiseNotWritableError) -> String {
    let problem: String? =
      switch kind {
      case .factor(let schedule), .relativeToSignal(let schedule):
        schedule.problem(in: Self.range)
      case .signalToNoiseRatio(let schedule): schedule.problem(in: Self.decibelRange)
      case .learned: nil
      }
    if let problem { throw NoiseNotWritableError(value: "\(self)", reason: problem) }
    if case .factor(let schedule) = kind, let number = schedule.number { return "\(number)" }
    return try NoiseCatalog().written(self, in: Self.forms, "scale")
  }
}

extension NoiseScale.Sharing {
  static let forms: [NoiseCatalog.Entry<NoiseScale.Sharing>] = [
    .word("all", .all), .word("perFeature", .perFeature), .word("perElement", .perElement),
  ]
}

/// Which samples of a row a scale that is relative to the signal counts.
private enum Samples: Sendable {
  case trueSamples

  static let forms: [NoiseCatalog.Entry<Samples>] = [.word("trueSamples", .trueSamples)]
}

extension NoiseArguments {
  /// The scale after `scale=`, 1 without it.
  func scale() throws -> NoiseScale {
    try labelled(.scale, NoiseScale.forms, "a number or a scale", orNumberIn: NoiseScale.range) {
      .fixed($0)
    } ?? .fixed(1)
  }

  /// The scale, over true samples where `over=` says so.
  fileprivate func overTrueSamples(_ scale: NoiseScale) throws -> NoiseScale {
    try labelled(.over, Samples.forms, "samples") == nil ? scale : scale.overTrueSamples()
  }
}

extension NoiseParts {
  /// A schedule of what a scale is relative to: its number where it is one.
  fileprivate init(_ schedule: Schedule, of scale: NoiseScale) throws {
    var parts = NoiseParts()
    if let number = schedule.number {
      parts.numbers = [number]
    } else {
      parts.schedule = try NoiseCatalog().written(schedule, in: Schedule.forms, "schedule")
    }
    self = parts.labelled(.over, scale.countsTrueSamplesAlone ? "trueSamples" : nil)
  }
}
