import BenchmarkProtocol
import BenchmarkReport

extension Plan {
  /// What a certificate by randomized smoothing takes, and a whole study.
  ///
  /// - Parameter threads: of every contender.
  static func robustness(threads: Int) -> [Block] {
    let draws = 100_000
    return [
      Block(
        PlannedRow(
          "100,000 smoothing draws of 784-1024-10, one image", .robustness,
          .speed(.smoothing(layers: [784, 1024, 10], draws: draws), .seconds), [.atMost(2)],
          parameters: ["count": draws])),
      // One thread is not asked for what two have to do.
      Block(
        PlannedRow(
          "dither study of the digits", .robustness, .program(.study),
          threads > 1 ? [.atMost(90)] : [])),
    ]
  }
}
