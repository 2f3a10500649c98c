import DitherRuntime

extension NoiseScale {
  /// A factor for each row: ratio · RMS, with the root mean square RMS = √(Σ x² / columns) of the row.
  ///
  /// The draws keep their own spread: `.adding(Gaussian(standardDeviation: 0.2), scale: .relativeToSignal(0.5))` adds
  /// noise of a tenth of the signal.
  ///
  /// The signal is what enters the site, before any of its rules, and the whole row counts; where rows are padded, see
  /// ``overTrueSamples()``. A row of zeros gets no noise; one that holds an infinity or a NaN gets noise that is not finite. The gradient holds the RMS constant: it
  /// passes unchanged. The RMS is a sum in one fixed order, in double precision, of one row alone, so that its bits do
  /// not depend on how a batch is divided.
  ///
  /// - Parameter ratio: finite, 0 or more; another stops the program.
  public static func relativeToSignal(_ ratio: Float) -> NoiseScale {
    requireScale(ratio, "relativeToSignal", "the ratio")
    return NoiseScale(kind: .relativeToSignal(.constant(Double(ratio))))
  }

  /// The same with a ratio that changes with the step.
  ///
  /// - Parameter schedule: of the ratio, finite values of 0 or more; another stops the program at its step.
  public static func relativeToSignal(_ schedule: Schedule) -> NoiseScale {
    NoiseScale(kind: .relativeToSignal(schedule))
  }

  /// A factor for each row that gives the noise a signal-to-noise ratio: RMS(x) / 10^(decibels / 20) / RMS(d).
  ///
  /// RMS(x) is the row's, as in ``relativeToSignal(_:)-(Float)``, and held constant in the gradient likewise. RMS(d) =
  /// √(variance + mean²) of the distribution takes out its own spread: `Gaussian(standardDeviation: 1)` and
  /// `Gaussian(standardDeviation: 5)` add the same noise. A mean counts as noise. Ratios are of amplitudes, so that 20
  /// decibels are noise of a tenth of the signal: the noise's RMS over a row has that value in the mean of its square,
  /// and each row's own differs from it by chance.
  ///
  /// Within the ranges below the factor on RMS(x) is finite, so that silence stays silence: a row of zeros gets no noise
  /// and no NaN.
  ///
  /// - Parameter decibels: −200…200, amplitudes of 10¹⁰ to 10⁻¹⁰ of the signal's; another stops the program. So does a
  ///   distribution whose variance + mean² is below 10⁻⁵⁶, infinite or undefined.
  public static func signalToNoiseRatio(decibels: Float) -> NoiseScale {
    decibelRange.require(decibels, "NoiseScale.signalToNoiseRatio", "decibels")
    return NoiseScale(kind: .signalToNoiseRatio(.constant(Double(decibels))))
  }

  /// The same with a ratio that changes with the step.
  ///
  /// - Parameter schedule: of the decibels, −200…200; another stops the program at its step.
  public static func signalToNoiseRatio(decibels schedule: Schedule) -> NoiseScale {
    NoiseScale(kind: .signalToNoiseRatio(schedule))
  }

  /// The scale for rows that are padded at their end: RMS(x) is that of a row's true samples alone, and what follows them
  /// stays as it is.
  ///
  /// How many samples of a row are true, its length n, is another number for each batch, so the pass says it:
  /// `Pass.rows(ofLengths:)`. RMS = √(Σ x² / n) over the first n columns; a row without true samples gets no noise.
  ///
  /// ```swift
  /// let rule = NoiseRule.adding(
  ///   Gaussian(standardDeviation: 1), scale: .signalToNoiseRatio(decibels: 10).overTrueSamples())
  /// ```
  ///
  /// A scale that is not relative to the signal stops the program.
  public func overTrueSamples() -> NoiseScale {
    switch kind {
    case .relativeToSignal, .signalToNoiseRatio: break
    case .factor, .learned:
      misuse(
        "NoiseScale.overTrueSamples: the scale is \(self); expected .relativeToSignal or .signalToNoiseRatio"
      )
    }
    var scale = self
    scale.countsTrueSamplesAlone = true
    return scale
  }
}

extension NoiseScale {
  /// What a signal-to-noise ratio may be, in decibels.
  static let decibelRange = ParameterRange("-200…200") { abs($0) <= 200 }

  /// The least variance + mean² of a distribution for a signal-to-noise ratio: 10¹⁰ over its root is a `Float`.
  private static let leastMeanSquare = 1e-56

  /// The factor on a row's RMS at a step; nil where the scale is not relative to it.
  func ratio(at step: Int, of distribution: any NoiseDistribution) -> Float? {
    switch kind {
    case .relativeToSignal(let schedule): return Self.checked(schedule, at: step)
    case .signalToNoiseRatio(let schedule):
      let decibels = schedule.value(at: step)
      require(
        Self.decibelRange.contains(decibels),
        "NoiseScale.signalToNoiseRatio: decibels is \(decibels) at step \(step); expected \(Self.decibelRange)"
      )
      // ln 10 / 20.
      let amplitude = ReproducibleDoubleMath.exp(-0.115129254649702284 * decibels)
      return Float(amplitude / Self.meanSquare(of: distribution).squareRoot())
    case .factor, .learned: return nil
    }
  }

  private static func meanSquare(of distribution: any NoiseDistribution) -> Double {
    distribution.variance + distribution.mean * distribution.mean
  }

  /// Why the scale cannot be that of a distribution's draws that a rule adds; nil if it can.
  func problem(adding distribution: any NoiseDistribution) -> String? {
    guard case .signalToNoiseRatio = kind else { return nil }
    let square = Self.meanSquare(of: distribution)
    if square >= Self.leastMeanSquare && square.isFinite { return nil }
    return
      "NoiseScale.signalToNoiseRatio: \(distribution) has mean \(distribution.mean) and variance \(distribution.variance); expected a mean square that is finite and at least \(Self.leastMeanSquare)"
  }

  /// Stops unless the scale can be that of draws that a rule adds.
  func requireScales(_ distribution: any NoiseDistribution) {
    if let problem = problem(adding: distribution) { misuse(problem) }
  }
}
