/// The figures of one quantity over the rounds of a run.
struct Series {
  var values: [Double] = []

  mutating func add(_ value: Double) { values.append(value) }

  /// The median: on a machine that others use too, the mean tells of them.
  var median: Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  var quartiles: (low: Double, high: Double) {
    let sorted = values.sorted()
    return (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
  }
}

/// Seconds that `body` takes.
func seconds(_ body: () -> Void) -> Double {
  let elapsed = ContinuousClock().measure(body)
  return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
}
