import DitherRobustness
import NoiseDistributions
import Testing

@Suite("When a search recommends noise")
struct SearchDecisionTests {
  /// Six candidates of 39 noises that could be compared have 6/39 of the 2.5 %, of 600 searches 2.3; more than 16 with a probability of
  /// 4 · 10⁻¹⁰ by the binomial distribution.
  @Test(
    "Where no noise helps, one is recommended in no more than its share of 2.5 % of 600 searches")
  func falsePositives() async throws {
    let search = try SyntheticTrials.search()
    #expect(abs(search.falsePositiveRate - 0.025) < 1e-12)
    var recommended = 0
    for seed in 1...600 {
      let synthetic = SyntheticTrials(seed: UInt64(seed))
      if try await search.run(trial: { synthetic($0) }).recommended != nil { recommended += 1 }
    }
    #expect(recommended <= 16)
  }

  @Test("Noise that helps is found, with an interval that holds its gain")
  func helps() async throws {
    let search = try SyntheticTrials.search()
    for seed in 1...20 {
      let synthetic = SyntheticTrials(seed: UInt64(seed), gain: 0.5)
      let result = try await search.run { synthetic($0) }
      #expect(result.recommended?.family == "gaussian")
      let entry = try #require(result.entries.first { $0.candidate == result.recommended })
      #expect(result.interval(of: entry.noisyGain).lowerBound > 0)
      // Scales of four octaves and half above and below, a factor of 2^¼ apart, and two times nine.
      let share = (1 - search.confidence) / (21 + 2 * 9)
      #expect(
        result.interval(of: entry.noisyGain) == entry.noisyGain.interval(failureProbability: share))
      #expect(result.text().hasPrefix("Train with gaussian at input, scale "))
    }
  }

  @Test("Noise that hurts is not recommended, and the words say that none helps")
  func hurts() async throws {
    let search = try SyntheticTrials.search()
    let result = try await search.run { trial in
      let scale = trial.candidate?.scale ?? 0
      let rows = (0..<20).map { Float($0 % 2) / 64 - scale }
      return TrialScores(clean: rows, noisy: rows)
    }
    #expect(result.recommended == nil && result.scales == nil)
    let text = result.text()
    #expect(text.hasPrefix("No noise helps here: of 6 candidates, none made the accuracy"))
    #expect(
      text.contains(
        "The nearest was gaussian at input, scale 0.05, with a difference of −0.050 (−0.050 to −0.050)."
      ))
    #expect(text.contains("one is recommended in 2.5 % at most."))
    let percent = result.text(score: "share", format: .percent)
    #expect(
      percent.contains("the share under test noise higher than that without noise, 0.8 %, by"))
    #expect(percent.contains("with a difference of −5.0 points (−5.0 to −5.0)."))
  }

  @Test("A scale that is learned is a candidate; recommended, it is told with what it came to")
  func learnedScale() async throws {
    let family = NoiseFamily(
      adding: Gaussian(standardDeviation: 1), "gaussian", at: "input", scales: [0.1],
      learnedFrom: 0.2)
    let search = try NoiseSearch(families: [family], epochs: 1, budget: 100, replicates: 3)
    #expect(search.candidates.map(\.learnsScale) == [false, true])
    #expect(search.candidates.map(\.scale) == [0.1, 0.2])
    let result = try await search.run { trial in
      let rows = (0..<20).map { Float($0 % 2) / 64 }
      let learns = trial.candidate?.learnsScale == true
      return TrialScores(
        clean: rows, noisy: rows.map { learns ? $0 + 0.5 : $0 },
        learnedScale: learns ? 0.25 * Float(trial.replicate + 1) : nil)
    }
    #expect(result.recommended == search.candidates[1] && result.scales == nil)
    #expect(result.entries.map(\.learnedScale) == [nil, nil, 0.5])
    #expect(
      result.text().contains("gaussian at input, scale learned from 0.2 (it came to 0.5). Under"))
    let percent = result.text(format: .percent)
    #expect(percent.contains("(it came to 0.5)"))
    #expect(
      percent.contains(
        "rises from 0.8 % without noise to 50.8 %: +50.0 points (+50.0 to +50.0); on clean data it goes from 0.8 % to 0.8 %: 0.0 points (0.0 to 0.0)."
      ))
  }

  /// The quantiles 0.975 of Student's t for 4 and 10 degrees of freedom, as tables give them.
  @Test(
    "A paired difference has the interval of Student's t where chance is in the replicates alone, or in the rows alone"
  )
  func pairedDifference() {
    let zeros = [[Float]](repeating: [Float](repeating: 0, count: 11), count: 5)
    let byReplicate = (0..<5).map { [Float](repeating: Float($0), count: 11) }
    let ofReplicates = PairedDifference(of: byReplicate, minus: zeros)
    // A variance of 2.5, of five.
    #expect(ofReplicates.mean == 2 && abs(ofReplicates.standardError - 0.5.squareRoot()) < 1e-12)
    #expect(abs(ofReplicates.degreesOfFreedom - 4) < 1e-9)
    let first = ofReplicates.interval(failureProbability: 0.05)
    #expect(abs(first.upperBound - 2 - 2.776_445_105 * 0.5.squareRoot()) < 1e-8)
    let byRow = [[Float]](repeating: (0..<11).map { Float($0) }, count: 5)
    let ofRows = PairedDifference(of: byRow, minus: zeros)
    // A variance of 11, of eleven.
    #expect(ofRows.mean == 5 && abs(ofRows.standardError - 1) < 1e-12)
    #expect(abs(ofRows.degreesOfFreedom - 10) < 1e-9)
    #expect(abs(ofRows.interval(failureProbability: 0.05).lowerBound - (5 - 2.228_138_852)) < 1e-8)
    #expect(abs(ofRows.lowerBound(failureProbability: 0.025) - (5 - 2.228_138_852)) < 1e-8)
    let same = PairedDifference(of: byRow, minus: byRow)
    #expect(same.mean == 0 && same.standardError == 0)
    #expect(same.interval(failureProbability: 0.05) == 0...0)
  }
}
