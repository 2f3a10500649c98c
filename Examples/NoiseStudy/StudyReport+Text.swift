import Foundation

extension StudyReport {
  /// The table with what one needs to read it, at most 80 columns wide as long as the names are short.
  var text: String {
    """
    \(data.name): \(data.training) training, \(data.test) test \(noun) (\(data.split)).
    Networks \(layers), \(count(training.epochs, "epoch")) of \(training.optimizer), \
    \(count(training.seeds.count, "seed")). Accuracy in %:

    \(table.text)
    \(legend)

    \(conclusion)
    """
  }

  private var layers: String { training.layers.map(String.init).joined(separator: "-") }

  private var table: Table {
    let tests = networks[0].accuracy.indices
    let columns = tests.map { test in Self.column(networks.map { $0.accuracy[test] }) }
    return Table(
      heading: "Gaussian test noise of standard deviation (inputs reach 1)",
      header: ["trained with"] + networks[0].accuracy.map { Self.heading($0.testNoise) },
      rows: networks.indices.map { row in
        [networks[row].name] + columns.map { $0[row] }
      })
  }

  /// The cells of one test noise, their parts aligned; the best, as it prints, has a star.
  private static func column(_ accuracies: [Accuracy]) -> [String] {
    let means = accuracies.map { fixed($0.mean) }
    let halves = accuracies.map { $0.halfWidth.map(fixed) ?? "" }
    let best = fixed(accuracies.map(\.mean).max() ?? 0)
    let width = halves.map(\.count).max() ?? 0
    return zip(means, halves).map { mean, half in
      let interval = width > 0 ? " ± " + half.padded(to: width, onTheLeft: true) : ""
      return mean + interval + (mean == best ? "*" : " ")
    }
  }

  private static func heading(_ testNoise: Float) -> String {
    testNoise == 0 ? "clean " : shortened(testNoise) + " "
  }

  private var legend: String {
    let star = "* is the best of its column."
    if training.seeds.count == 1 { return "One seed gives no interval; \(star)" }
    return """
      ± is half the 95 % interval over the seeds of training; the split and the test
      noise are the same for all. \(star)
      """
  }

  /// What the study says of noise in training, in words.
  private var conclusion: String {
    let difference = comparison.difference
    let points = Self.fixed(abs(difference.mean))
    let test = "under test noise \(Self.shortened(difference.testNoise))"
    let verb = difference.mean < 0 ? "trails" : "beats"
    guard let half = difference.halfWidth else {
      if difference.mean == 0 { return "\(comparison.noise) equals no noise \(test) (one seed)." }
      return "\(comparison.noise) \(verb) no noise by \(points) points \(test) (one seed)."
    }
    if abs(difference.mean) <= half {
      let signed = Self.fixed(difference.mean)
      return
        "\(comparison.noise) differs from no noise by \(signed) ± \(Self.fixed(half)) points \(test): "
        + "within chance."
    }
    return "\(comparison.noise) \(verb) no noise by \(points) ± \(Self.fixed(half)) points \(test)."
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func fixed(_ number: Double) -> String { String(format: "%.1f", number) }

  private static func shortened(_ number: Float) -> String {
    String(format: "%.4g", Double(number))
  }
}
