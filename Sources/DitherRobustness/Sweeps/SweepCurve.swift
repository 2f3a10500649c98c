import DitherRuntime

/// What a ``NoiseSweep`` found out about a classifier.
public struct SweepCurve: Sendable {
  /// A figure about answers.
  public enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
    /// The share of rows that are answered rightly.
    case accuracy
    /// The mean cross-entropy of a row.
    case loss
    /// The expected calibration error (`CalibrationError` of `DitherTraining`).
    case calibrationError
  }

  /// The figures at one strength, the means over rows and trials.
  public struct Point: Hashable, Sendable, Codable {
    /// Of the test noise; nil without.
    public let strength: Float?
    public let accuracy: Double
    public let loss: Double
    public let calibrationError: Double

    /// One of the figures.
    public func value(of measure: Measure) -> Double {
      switch measure {
      case .accuracy: accuracy
      case .loss: loss
      case .calibrationError: calibrationError
      }
    }
  }

  /// What was done.
  public let sweep: NoiseSweep
  /// Without test noise.
  public let clean: Point
  /// At each of the sweep's strengths.
  public let points: [Point]

  let labels: [Int]
  let cleanMeasures: RowMeasures
  let measures: [RowMeasures]

  init(sweep: NoiseSweep, labels: [Int], cleanMeasures: RowMeasures, measures: [RowMeasures]) {
    let once = [Int](repeating: 1, count: labels.count)
    func point(_ strength: Float?, _ measures: RowMeasures) -> Point {
      Point(
        strength: strength, accuracy: measures.value(of: .accuracy, once),
        loss: measures.value(of: .loss, once),
        calibrationError: measures.value(of: .calibrationError, once))
    }
    self.sweep = sweep
    self.labels = labels
    self.cleanMeasures = cleanMeasures
    self.measures = measures
    clean = point(nil, cleanMeasures)
    points = zip(sweep.strengths, measures).map { point($0, $1) }
  }

  /// Rows of the data.
  public var rows: Int { labels.count }

  /// The area under a figure over the strengths, by trapezoids, divided by the width: the mean of the figure over the range of
  /// the strengths, in its own unit.
  ///
  /// Σᵢ |sᵢ₊₁ − sᵢ| · (yᵢ + yᵢ₊₁) / 2 over |s_last − s_first|; the point without noise is no part of it, unless 0 is one of the
  /// strengths. A sweep of one strength stops the program.
  public func area(under measure: Measure) -> Double {
    requireArea()
    return area(under: points.map { $0.value(of: measure) })
  }

  func area(under values: [Double]) -> Double {
    let strengths = sweep.strengths.map(Double.init)
    var area = 0.0
    for index in 1..<values.count {
      area +=
        abs(strengths[index] - strengths[index - 1]) * (values[index] + values[index - 1]) / 2
    }
    return area / abs(strengths[strengths.count - 1] - strengths[0])
  }

  func requireArea() {
    require(
      points.count >= 2,
      "SweepCurve.area: the sweep has \(points.count) strength; expected at least 2")
  }
}

extension SweepCurve: CustomStringConvertible {
  /// A table: a line for each strength, the first without noise.
  public var description: String {
    var lines = ["\(sweep.testNoise), \(sweep.testNoise.axis):"]
    for point in [clean] + points {
      let strength = point.strength.map { "\($0)" } ?? "no noise"
      lines.append(
        "\(strength): accuracy \(point.accuracy), loss \(point.loss), calibration error \(point.calibrationError)"
      )
    }
    return lines.joined(separator: "\n")
  }
}
