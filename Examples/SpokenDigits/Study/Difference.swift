import DitherRobustness
import ExampleSupport

/// How many points more accurate networks are than others, with the interval that holds the true difference with 95 %.
package struct Difference: Codable, Hashable, Sendable {
  package let mean: Double
  /// Nil where there is a single seed, or a single speaker.
  package let interval: ClosedRange<Double>?

  /// Paired by seed and recording: what other seeds and other recordings like these leave of doubt.
  ///
  /// - Parameters:
  ///   - shares: for each seed the share of right answers to each recording.
  ///   - others: of the same seeds and recordings.
  init(_ shares: [[Float]], from others: [[Float]]) {
    guard shares.count > 1 else {
      mean = 100 * (averageOf(shares[0]) - averageOf(others[0]))
      interval = nil
      return
    }
    let difference = PairedDifference(of: shares, minus: others)
    let interval = difference.interval(failureProbability: 0.05)
    mean = 100 * difference.mean
    self.interval = 100 * interval.lowerBound...100 * interval.upperBound
  }

  /// Over speakers, each with one difference: what other speakers leave of doubt.
  init(ofSpeakers differences: [Double]) {
    let estimate = Estimate(differences)
    mean = estimate.mean
    interval = estimate.halfWidth.map { estimate.mean - $0...estimate.mean + $0 }
  }

  /// `+3.20 (+1.10…+5.30)`.
  var text: String {
    let bounds = interval.map {
      " (\(Self.signed($0.lowerBound))…\(Self.signed($0.upperBound)))"
    }
    return Self.signed(mean) + (bounds ?? "")
  }

  /// With its sign, and a true minus.
  private static func signed(_ number: Double) -> String {
    let digits = ResultsFile.fixed(abs(number))
    return (number < 0 && digits != "0.00" ? "−" : "+") + digits
  }
}

/// The mean of numbers, at least one.
func averageOf(_ numbers: [Float]) -> Double {
  numbers.reduce(0) { $0 + Double($1) } / Double(numbers.count)
}
