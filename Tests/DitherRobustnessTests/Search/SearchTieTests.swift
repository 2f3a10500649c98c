import DitherRobustness
import Testing

@Suite("Noises with as many right answers")
struct SearchTieTests {
  private static let rows = 40
  private static let draws = 5

  /// Right answers under test noise, all on as few rows as there can be, or as evenly as there can be.
  private static func answers(_ right: Int, evenly: Bool) -> [Float] {
    (0..<rows).map { row in
      let count = evenly ? (right + row) / rows : min(draws, max(0, right - draws * row))
      return Float(count)
    }
  }

  private static func clean(_ right: Int) -> [Float] { (0..<rows).map { $0 < right ? 1 : 0 } }

  @Test("Their means are equal to the bit, whatever the rows, the draws and the replicates")
  func means() {
    for right in 0...Self.rows * Self.draws {
      let means = [false, true].map { evenly in
        TrialScores(
          clean: Self.clean(0), noisy: Self.answers(right, evenly: evenly), draws: Self.draws
        ).noisyMean
      }
      #expect(means == [Double(right) / 200, Double(right) / 200])
    }
  }

  /// A search in which two noises, gaussian at 0.1 and dropout at 0.1, share the highest count of right answers under test noise.
  private func search(dropoutClean: Int) async throws -> NoiseSearchResult {
    let shares = [[-4, 7, 2, -5], [1, -3, 3, -1]]
    return try await SyntheticTrials.search().run { trial in
      func scores(_ noisy: Int, _ clean: Int, evenly: Bool = true) -> TrialScores {
        TrialScores(
          clean: Self.clean(clean), noisy: Self.answers(noisy, evenly: evenly), draws: Self.draws)
      }
      guard let candidate = trial.candidate else { return scores(60, 30) }
      guard candidate.scale == 0.1 else { return scores(60, 20) }
      let isDropout = candidate.family == "dropout"
      // In short trainings the same; in full ones the sum over four replicates is.
      let share = trial.epochs < 9 ? 0 : shares[isDropout ? 1 : 0][trial.replicate]
      return scores(150 + share, isDropout ? dropoutClean : 25, evenly: isDropout)
    }
  }

  @Test("The one with more right answers on clean data is recommended; of equals the earlier")
  func recommended() async throws {
    let higher = try await search(dropoutClean: 26)
    #expect(higher.recommended?.family == "dropout")
    #expect(higher.ranking.prefix(2).map(\.candidate?.family) == ["dropout", "gaussian"])
    #expect(higher.ranking[0].noisy == higher.ranking[1].noisy)
    #expect(higher.front.contains { $0.candidate == higher.recommended })
    #expect(!higher.front.contains { $0.candidate == higher.ranking[1].candidate })
    for clean in [24, 25] {
      #expect(try await search(dropoutClean: clean).recommended?.family == "gaussian")
    }
    let equal = try await search(dropoutClean: 25)
    #expect(equal.ranking.prefix(2).map(\.candidate?.family) == ["gaussian", "dropout"])
    #expect(equal.ranking.prefix(2).map(\.isOnFront) == [true, true])
  }

  @Test("Of equals a round keeps the earlier")
  func kept() async throws {
    let search = try SyntheticTrials.search()
    let result = try await search.run { trial in
      let place = search.candidates.firstIndex { $0 == trial.candidate } ?? 0
      return TrialScores(
        clean: Self.clean(30), noisy: Self.answers(90, evenly: place.isMultiple(of: 2)),
        draws: Self.draws)
    }
    #expect(result.recommended == nil)
    #expect(
      result.entries.dropFirst().map(\.candidate) == search.candidates.prefix(3).map(Optional.some))
  }

  @Test("Of equal scales the finalist is recommended, and told as the one that scored highest")
  func refined() async throws {
    let search = try SyntheticTrials.search()
    let result = try await search.run { trial in
      let right = trial.candidate?.family == "gaussian" ? 150 : 60
      return TrialScores(
        clean: Self.clean(30), noisy: Self.answers(right, evenly: true), draws: Self.draws)
    }
    #expect(result.recommended == search.candidates[0])
    #expect(result.scales?.best == 0.05 && result.scales?.tried.first == 0.025)
    #expect(result.text().contains("Of 9 scales tried, 0.025 to 0.1, it scored highest; none is"))
  }
}
