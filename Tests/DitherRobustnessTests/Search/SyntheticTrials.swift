import DitherRobustness
import Foundation
import NoiseDistributions
import Synchronization

/// Trials without a network: scores by a formula with draws that are a function of the trial.
struct SyntheticTrials: Sendable {
  var rows = 40
  var seed: UInt64 = 1
  /// By how much the noise `gaussian` on the input at this scale, the best, raises the noisy score.
  var gain: Float = 0
  var bestScale: Float = 0.2
  /// Of what a row, a candidate in a replicate, and a candidate in a row have of their own.
  var deviation: Float = 0.1

  func callAsFunction(_ trial: SearchTrial) -> TrialScores {
    let clean = scores(trial, "clean", shift: 0)
    let noisy = scores(trial, "noisy", shift: shift(trial.candidate))
    return TrialScores(clean: clean, noisy: noisy)
  }

  private func shift(_ candidate: NoiseCandidate?) -> Float {
    guard let candidate, candidate.family == "gaussian", candidate.site == "input" else { return 0 }
    let distance = Float(log2(Double(candidate.scale / bestScale)))
    return gain * (1 - distance * distance / 8)
  }

  private func scores(_ trial: SearchTrial, _ kind: String, shift: Float) -> [Float] {
    let name = "\(kind) \(trial.candidate.map(drawName) ?? "none")"
    let ofRows = draws("rows")
    let ofCandidate = draws("\(name), rows")
    let own = draws("\(name), \(trial.replicate)")
    let ofTraining = draws("\(name), \(trial.replicate), training")[0]
    return (0..<rows).map { row in
      shift + deviation * (ofRows[row] + ofCandidate[row] + own[row] + ofTraining / 4)
    }
  }

  /// In no words of a message, so that draws are the same where a message changes.
  private func drawName(_ candidate: NoiseCandidate) -> String {
    "\(candidate.family) on the \(candidate.site) at scale \(candidate.scale)"
  }

  private func draws(_ site: String) -> [Float] {
    NoiseStream(seed: seed).in(.evaluation).draws(
      from: Gaussian(standardDeviation: 1), site: site, rows: 1, columns: rows)
  }

  /// Six candidates of two families.
  static let families = [
    NoiseFamily(
      adding: Gaussian(standardDeviation: 1), "gaussian", at: "input",
      scales: [0.05, 0.1, 0.2, 0.4]
    ),
    NoiseFamily("dropout", at: "output", scales: [0.1, 0.3], largestScale: 0.9) {
      .dropout(rate: Double($0))
    },
  ]

  static func search(finalists: Int = 3) throws -> NoiseSearch {
    try NoiseSearch(
      families: families, epochs: 9, budget: 470, replicates: 4, finalists: finalists, reduction: 2)
  }
}

/// What closures that run at once have noted, in the order in which they did.
final class Notes<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  /// - Returns: how many there are now.
  @discardableResult
  func append(_ element: Element) -> Int {
    elements.withLock {
      $0.append(element)
      return $0.count
    }
  }

  var all: [Element] { elements.withLock { $0 } }
}
