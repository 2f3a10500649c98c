import NoiseDistributions

/// Quantiles of p = (2k + 1) · 2⁻²⁴: of the 4,096 least and the 4,096 greatest p, and of every 32nd between them.
struct QuantileTable {
  let probabilities: [Float]
  let values: [Float]
  /// Whether a fill gives each element the quantile of its uniform.
  let drawn: DrawnQuantiles
  /// The mean of what is drawn, if a fill draws the quantiles: by all of them at the ends, between them by every 32nd.
  let mean: Double
  /// The variance, likewise.
  let variance: Double

  private static let ends = 1 << 12
  private static let step = 1 << 5
  private static let count = 1 << 23

  init(_ distribution: any QuantileDistribution, drawn: DrawnQuantiles) {
    // The middle of the 32 that it stands for.
    let between = stride(from: Self.ends + Self.step / 2, to: Self.count - Self.ends, by: Self.step)
    let numbers = Array(0..<Self.ends) + between + ((Self.count - Self.ends)..<Self.count)
    probabilities = numbers.map { Float(2 * $0 + 1) * 0x1p-24 }
    values = Self.quantiles(distribution, probabilities)
    self.drawn = drawn
    let mean = Self.average(values) { $0 }
    self.mean = mean
    variance = Self.average(values) { ($0 - mean) * ($0 - mean) }
  }

  private static func average(_ values: [Float], _ term: (Double) -> Double) -> Double {
    var sum = 0.0
    for (index, value) in values.enumerated() {
      let isEnd = index < ends || index >= values.count - ends
      sum += term(Double(value)) * Double(isEnd ? 1 : step)
    }
    return sum / Double(count)
  }

  // Generic, so that the distribution's type is opened once and not for each number.
  private static func quantiles(
    _ distribution: some QuantileDistribution, _ probabilities: [Float]
  ) -> [Float] {
    probabilities.map { distribution.quantile($0) }
  }

  var isDrawn: Bool { drawn.isEverywhere }

  func firstUndefined(infinityAllowed: Bool) -> (p: Float, value: Float)? {
    for (p, value) in zip(probabilities, values)
    where value.isNaN || value.isInfinite && !infinityAllowed {
      return (p, value)
    }
    return nil
  }

  private var median: Float { values[values.count / 2] }

  /// What rounding may do to a value: 8 units of a `Float`'s relative precision, of the value or of the location.
  private func rounding(of value: Float) -> Float {
    value.isFinite ? max(abs(value), abs(median)) * 0x1p-21 : 0
  }

  func increases() -> Verdict {
    // Rounding in a sum is of the size of its terms, which the spread shows.
    let quarter = values.count / 4
    let spread = abs(values[3 * quarter] - values[quarter])
    var greatest = -Float.infinity
    for (p, value) in zip(probabilities, values) {
      if value >= greatest {
        greatest = value
        continue
      }
      if !(greatest - value <= max(rounding(of: greatest), spread * 0x1p-21)) {
        return .broken("the quantile of \(p) is \(value), though that of a lesser p is \(greatest)")
      }
    }
    return .holds("\(values.count) quantiles")
  }

  func matches(_ cumulative: any CumulativeDistribution) -> Verdict {
    for index in stride(from: 0, to: values.count, by: 31) {
      let (p, value) = (Double(probabilities[index]), values[index])
      let rounding = rounding(of: value)
      // A draw beyond the finite numbers is infinite: next to it is the last finite one.
      let (high, low) = (
        value == -.infinity
          ? -Double(Float.greatestFiniteMagnitude) : Double(value) + Double(rounding),
        value == .infinity
          ? Double(Float.greatestFiniteMagnitude) : (Double(value) - Double(rounding)).nextDown
      )
      let above = cumulative.cumulativeProbability(high)
      let below = cumulative.cumulativeProbability(low)
      // A step of p, and 10⁻⁴ of the nearer tail.
      let slack = 0x1p-23 + 1e-4 * min(p, 1 - p)
      if !(above >= p - slack && below <= p + slack) {
        let there = cumulative.cumulativeProbability(Double(value))
        return .broken(
          "the quantile of \(p) is \(value), whose cumulative probability is \(there)")
      }
    }
    return .holds("\((values.count + 30) / 31) quantiles")
  }

  /// Compares the draws' distribution function with 1,023 quantiles, of both layouts, and says what is known to the bit.
  func matches(_ sample: Sample) -> Verdict {
    var details: [String] = []
    switch drawn {
    case .somewhere(let text): return .broken(text)
    case .everywhere(let tiles):
      details.append("draws are the quantiles of the uniforms, to the bit, in \(tiles) tiles")
    case .nowhere: break
    }
    let bins = 1 << 10
    var edges: [(value: Float, p: Double)] = []
    for index in 1..<bins {
      let place = Self.ends + (values.count - 2 * Self.ends) * index / bins
      edges.append((values[place], Double(probabilities[place])))
    }
    for matrix in sample.matrices {
      let threshold = Threshold.distribution(
        count: matrix.independent.count,
        rate: Threshold.failureRate / Double(sample.matrices.count))
      let seen = greatestDeparture(matrix.independent, edges)
      details.append(
        "of \(matrix.independentName) the share below the quantile of \(seen.p) is off by "
          + "\(max(0, seen.departure)); at most \(threshold) is expected")
      if !(seen.departure <= threshold) { return .broken(details.last!) }
    }
    return .holds(details.joined(separator: "; "))
  }

  /// How far the share of draws at or below a quantile lies under its p, or the share below it over p, at most; and that p.
  private func greatestDeparture(
    _ draws: [Float], _ edges: [(value: Float, p: Double)]
  ) -> (departure: Double, p: Double) {
    // Draws at or below an edge, with what rounding may have lifted above it; and draws surely below it.
    let atMost = cumulativeCounts(draws, edges.map { $0.value + rounding(of: $0.value) }) {
      $0 <= $1
    }
    let below = cumulativeCounts(draws, edges.map { $0.value - rounding(of: $0.value) }) { $0 < $1 }
    let count = Double(draws.count)
    var greatest = (departure: -1.0, p: 0.0)
    for (index, edge) in edges.enumerated() {
      let share = Double(atMost[index]) / count
      let shareBelow = Double(below[index]) / count
      let departure = max(edge.p - share, shareBelow - edge.p)
      if departure > greatest.departure { greatest = (departure, edge.p) }
    }
    return greatest
  }

  /// For each of ascending edges, how many draws are on its lower side.
  private func cumulativeCounts(
    _ draws: [Float], _ edges: [Float], isBelow: (Float, Float) -> Bool
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: edges.count + 1)
    for draw in draws {
      var (first, end) = (0, edges.count)
      while first < end {
        let middle = (first + end) / 2
        if isBelow(draw, edges[middle]) { end = middle } else { first = middle + 1 }
      }
      counts[first] += 1
    }
    var sum = 0
    return counts.dropLast().map { count in
      sum += count
      return sum
    }
  }
}
