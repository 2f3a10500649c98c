import DitherRobustness
import NoiseDistributions
import TestSupport
import Testing

@Suite("Misuse of a search stops the program and is named")
struct SearchMisuseTests {
  @Test("Families and settings out of range")
  func settings() async {
    let scales = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoiseFamily(
        adding: Gaussian(standardDeviation: 1), "gaussian", at: "input", scales: [0.2, 0.1])
    }
    expect(scales, says: "NoiseFamily \"gaussian\": the scales are [0.2, 0.1]; expected finite")
    let largest = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NoiseFamily("dropout", at: "output", scales: [0.5], largestScale: 0.4) {
        .dropout(rate: Double($0))
      }
    }
    expect(largest, says: "NoiseFamily \"dropout\": largestScale is 0.4; expected at least 0.5")
    let replicates = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = try NoiseSearch(
        families: SyntheticTrials.families, epochs: 1, budget: 1000, replicates: 2)
    }
    expect(replicates, says: "NoiseSearch: replicates is 2; expected at least 3")
    let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let family = SyntheticTrials.families[0]
      _ = try NoiseSearch(families: [family, family], epochs: 1, budget: 1000)
    }
    expect(twice, says: "NoiseSearch: two families \"gaussian\" at input")
  }

  @Test("Scores that are none")
  func scores() async {
    let finite = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TrialScores(clean: [0, 1], noisy: [0, .nan])
    }
    expect(finite, says: "TrialScores: the noisy score of row 1 is nan; expected a finite number")
    let draws = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TrialScores(clean: [0, 1], noisy: [0, 1], draws: 0)
    }
    expect(draws, says: "TrialScores: draws is 0; expected at least 1")
    let others = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try await SyntheticTrials.search().run { trial in
        TrialScores(
          clean: [0, 1], noisy: [0, 1], draws: trial.candidate?.scale == 0.4 ? 2 : 3)
      }
    }
    expect(
      others, says: "NoiseSearch.run: a trial's scores are of 2 draws; expected 3, as the others")
    let rows = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try await SyntheticTrials.search().run { trial in
        SyntheticTrials(rows: trial.candidate?.scale == 0.4 ? 3 : 4)(trial)
      }
    }
    expect(rows, says: "NoiseSearch.run: a trial gave 3 scores; expected 4, as the others")
  }
}
