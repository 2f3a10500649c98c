import DitherRobustness
import NoiseDistributions
import Testing

@Suite("The scale that a search recommends")
struct SearchRefinementTests {
  /// The best scale lies between two that are candidates.
  @Test(
    "It is the best of those around the finalist's, on the front, and in the range that is told")
  func refined() async throws {
    let search = try SyntheticTrials.search()
    var between = 0
    for seed in 1...20 {
      let synthetic = SyntheticTrials(
        seed: UInt64(seed), gain: 0.5, bestScale: 0.2 * Float(2).squareRoot(), deviation: 0.02)
      let result = try await search.run { synthetic($0) }
      let recommended = try #require(result.recommended)
      let scales = try #require(result.scales)
      #expect(recommended.scale == scales.best && scales.tried.contains(recommended.scale))
      #expect(recommended.scale > scales.lower ?? 0)
      #expect(recommended.scale < scales.upper ?? .infinity)
      let entry = try #require(result.entries.first { $0.candidate == recommended })
      #expect(entry.isOnFront && result.ranking[0].candidate == recommended)
      #expect(result.interval(of: entry.noisyGain).lowerBound > 0)
      let (first, last) = (scales.tried[0], scales.tried[8])
      #expect(result.text().contains("scales tried, \(first) to \(last), it scored highest"))
      if !search.candidates.contains(recommended) { between += 1 }
    }
    // A finalist's scale is worse by 0.016, with a standard error of 0.006.
    #expect(between == 20)
  }

  @Test("A scale whose gain may be chance is not recommended, though it scores highest")
  func unsure() async throws {
    let search = try SyntheticTrials.search()
    let result = try await search.run { trial in
      let rows = (0..<20).map { Float($0 % 2) / 64 }
      var gain: Float = 0
      if let candidate = trial.candidate, candidate.family == "gaussian" {
        if candidate.scale == 0.2 { gain = 0.25 }
        // More in the mean, and now and then far less.
        if abs(candidate.scale - 0.238) < 0.001 { gain = [1, 1.25, -1, 1][trial.replicate] }
      }
      return TrialScores(clean: rows, noisy: rows.map { $0 + gain })
    }
    #expect(result.recommended == search.candidates[2])
    let best = try #require(result.scales?.best)
    #expect(abs(best - 0.238) < 0.001 && result.ranking[0].candidate?.scale == best)
    #expect(
      result.text().contains(
        "Of 9 scales tried, 0.1 to 0.4, 0.238 scored highest, but what it gains over no noise may be chance; the best lies "
      ))
  }

  @Test("Readers are told a scale in few digits: as it was given, or three that count")
  func words() {
    let family = NoiseFamily(
      adding: Gaussian(standardDeviation: 1), "gaussian", at: "input",
      scales: [0.0625, 0.824_078_5, 1, 2.5, 1234])
    #expect(
      family.candidates.map { "\($0)".split(separator: " ").last }
        == ["0.0625", "0.824", "1", "2.5", "1234"])
  }
}
