import DitherRobustness
import NoiseDistributions
import Testing

@Suite("A search's budget and what it keeps")
struct SearchPlanTests {
  private func plan(
    candidates: Int, epochs: Int = 20, budget: Int, finalists: Int = 4, reduction: Int = 3
  ) throws -> SearchPlan {
    try NoiseSearch(
      families: [
        NoiseFamily(
          "dropout", at: "output", scales: (1...candidates).map { Float($0) / 100 }, largestScale: 1
        ) { .dropout(rate: Double($0)) }
      ], epochs: epochs, budget: budget, finalists: finalists, reduction: reduction
    ).plan
  }

  @Test("Each round has an equal share of what full trainings leave")
  func rounds() throws {
    // Four finalists, no noise and eight scales, five times twenty epochs: 1,300.
    let plan = try plan(candidates: 40, budget: 1300 + 738)
    #expect(plan.rounds.map(\.candidates) == [40, 14, 5])
    #expect(plan.rounds.map(\.kept) == [14, 5, 4])
    // 246 each; in the first round no noise is trained too.
    #expect(plan.rounds.map(\.epochs) == [6, 17, 20])
    #expect(plan.mostEpochs == 1300 + 246 + 238 + 100)
  }

  @Test("Where all candidates are finalists there are no rounds")
  func noRounds() throws {
    let plan = try plan(candidates: 3, budget: 1200)
    #expect(plan.rounds.isEmpty && plan.finalists == 3 && plan.mostEpochs == 1200)
  }

  @Test("A budget that lacks one epoch is an error that says how many are needed")
  func tooSmall() throws {
    // One epoch of 40 candidates and of no noise in each of three rounds.
    #expect(throws: SearchError.budgetTooSmall(budget: 1422, needed: 1423)) {
      try plan(candidates: 40, budget: 1422)
    }
    #expect(try plan(candidates: 40, budget: 1423).rounds.map(\.epochs) == [1, 2, 8])
  }

  @Test("The trials are those of the plan, and the best candidate is kept")
  func trials() async throws {
    let search = try SyntheticTrials.search()
    let synthetic = SyntheticTrials(gain: 0.5, deviation: 0.002)
    let result = try await search.run { synthetic($0) }
    let plan = search.plan
    let ofRound = result.trials.prefix(7).map(\.trial)
    #expect(ofRound.map(\.candidate) == [nil] + search.candidates.map(Optional.some))
    #expect(ofRound.allSatisfy { $0.epochs == plan.rounds[0].epochs && $0.replicate == 0 })
    #expect(result.trials.map(\.round) == result.trials.indices.map { $0 < 7 ? 1 : nil })
    #expect(result.recommended == search.candidates[2])
    let epochs = result.trials.reduce(0) { $0 + $1.trial.epochs }
    #expect(epochs <= plan.mostEpochs && plan.mostEpochs <= plan.budget)
    // No noise first, three finalists, and the scales around 0.2 that were no finalists.
    #expect(result.entries[0].candidate == nil)
    #expect(result.entries.count >= 1 + 3 + 8 - 2)
    #expect(result.scales?.tried.count == 9)
  }

  @Test(
    "Where a round trains as long as a full training, each training is of the round that it was first in"
  )
  func longRounds() async throws {
    let families = SyntheticTrials.families
    let search = try NoiseSearch(
      families: families, epochs: 2, budget: 1000, replicates: 3, finalists: 1, reduction: 2)
    #expect(search.plan.rounds.map(\.epochs) == [2, 2, 2])
    let synthetic = SyntheticTrials(gain: 0.5, deviation: 0.002)
    let result = try await search.run { synthetic($0) }
    let first = result.trials.filter { $0.round == 1 }.map(\.trial.candidate)
    #expect(first == [nil] + search.candidates.map(Optional.some))
    #expect(result.trials.count { $0.round != nil } == 7)
    #expect(Set(result.trials.map(\.trial)).count == result.trials.count)
  }

  @Test(
    "The front holds what nothing else beats in both scores, and no noise where it is the best on clean data"
  )
  func front() async throws {
    let search = try SyntheticTrials.search()
    let result = try await search.run { trial in
      // Noise costs as much of the clean score as it brings of the noisy one; dropout costs more than it brings.
      let scale = trial.candidate?.scale ?? 0
      let isGaussian = trial.candidate?.family == "gaussian"
      let noisy = isGaussian ? scale : scale / 2
      let rows = (0..<20).map { Float($0 % 2) / 64 }
      return TrialScores(clean: rows.map { $0 - scale }, noisy: rows.map { $0 + noisy })
    }
    let names = result.front.map { $0.candidate?.family ?? "none" }
    #expect(names.first == "none" && names.count > 2)
    #expect(names.dropFirst().allSatisfy { $0 == "gaussian" })
    #expect(zip(result.front, result.front.dropFirst()).allSatisfy { $0.noisy < $1.noisy })
  }

  @Test("A candidate whose training fails is out, and no noise that fails ends the search")
  func failures() async throws {
    let search = try SyntheticTrials.search()
    let synthetic = SyntheticTrials(gain: 0.5, deviation: 0.02)
    let result = try await search.run { $0.candidate == search.candidates[2] ? nil : synthetic($0) }
    #expect(result.recommended != nil && result.recommended != search.candidates[2])
    #expect(!result.entries.contains { $0.candidate == search.candidates[2] })
    await #expect(throws: SearchError.noNoiseFailed(replicate: 1)) {
      try await search.run { $0.candidate == nil && $0.replicate == 1 ? nil : synthetic($0) }
    }
  }
}
