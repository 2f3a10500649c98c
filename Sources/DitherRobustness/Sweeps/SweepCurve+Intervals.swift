import DitherRuntime

// What the rows say of others like them: each resample of the rows gives every figure of the curve. All trials of a row are
// drawn together, since they depend on each other.
extension SweepCurve {
  /// A figure at each strength with its interval.
  ///
  /// - Parameters:
  ///   - measure: the figure.
  ///   - bootstrap: one for two curves on the same rows has the same resamples for both.
  /// - Returns: as many as ``points``.
  public func estimates(of measure: Measure, by bootstrap: Bootstrap) -> [BootstrapEstimate] {
    bootstrap.estimates(rows: rows) { values(of: measure, $0) }
  }

  /// A figure without test noise, with its interval.
  public func cleanEstimate(of measure: Measure, by bootstrap: Bootstrap) -> BootstrapEstimate {
    bootstrap.estimate(rows: rows) { cleanMeasures.value(of: measure, $0) }
  }

  /// ``area(under:)`` with its interval.
  public func areaEstimate(under measure: Measure, by bootstrap: Bootstrap) -> BootstrapEstimate {
    requireArea()
    return bootstrap.estimate(rows: rows) { area(under: values(of: measure, $0)) }
  }

  /// By how much a figure exceeds another curve's at each strength: the paired bootstrap, each resample being of the same rows for
  /// both.
  ///
  /// - Parameters:
  ///   - measure: the figure.
  ///   - other: of the same sweep and data; another stops the program.
  ///   - bootstrap: resamples and confidence.
  public func differences(
    in measure: Measure, from other: SweepCurve, by bootstrap: Bootstrap
  ) -> [BootstrapEstimate] {
    requirePaired(with: other)
    return bootstrap.estimates(rows: rows) { weights in
      zip(values(of: measure, weights), other.values(of: measure, weights)).map { $0 - $1 }
    }
  }

  /// By how much a figure without test noise exceeds another curve's.
  public func cleanDifference(
    in measure: Measure, from other: SweepCurve, by bootstrap: Bootstrap
  ) -> BootstrapEstimate {
    requirePaired(with: other)
    return bootstrap.estimate(rows: rows) { weights in
      cleanMeasures.value(of: measure, weights) - other.cleanMeasures.value(of: measure, weights)
    }
  }

  /// By how much the area under a figure exceeds that under another curve's.
  public func areaDifference(
    in measure: Measure, from other: SweepCurve, by bootstrap: Bootstrap
  ) -> BootstrapEstimate {
    requirePaired(with: other)
    requireArea()
    return bootstrap.estimate(rows: rows) { weights in
      area(under: values(of: measure, weights)) - area(under: other.values(of: measure, weights))
    }
  }

  private func values(of measure: Measure, _ weights: [Int]) -> [Double] {
    measures.map { $0.value(of: measure, weights) }
  }

  /// Stops where the two were not measured on the same noisy inputs.
  private func requirePaired(with other: SweepCurve) {
    let (own, others) = (sweep, other.sweep)
    require(
      own.testNoise.name == others.testNoise.name && own.testNoise.axis == others.testNoise.axis
        && own.strengths == others.strengths && own.trials == others.trials
        && own.range == others.range && own.bins == others.bins && own.noise == others.noise,
      "SweepCurve: the curves are of two sweeps, \(own.testNoise) at \(own.strengths) and \(others.testNoise) at \(others.strengths); expected one sweep for both"
    )
    require(
      labels == other.labels,
      "SweepCurve: the curves are of \(rows) and \(other.rows) rows with labels that differ; expected the same data for both"
    )
  }
}
