import DitherRobustness
import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("A search that is interrupted")
struct SearchStateTests {
  private struct Stop: Error {}

  private func withFile(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.appendingPathComponent("search.json").path)
  }

  private func contents(_ file: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: file))
  }

  @Test(
    "It goes on with the result, and the file, of one that never stopped, from each part and its ends",
    arguments: [1, 2])
  func resumed(concurrentTrials: Int) async throws {
    let search = try SyntheticTrials.search()
    let synthetic = SyntheticTrials(gain: 0.5)
    try await withFile { file in
      let whole = try await search.run(keptIn: file) { synthetic($0) }
      let expected = try contents(file)
      // The round has seven trials, the finalists and no noise sixteen.
      #expect(whole.scales != nil)
      for stop in [1, 2, 7, 8, 15, 23, 24, whole.trials.count] {
        try FileManager.default.removeItem(atPath: file)
        let calls = Notes<SearchTrial>()
        await #expect(throws: Stop.self) {
          try await search.run(keptIn: file, concurrentTrials: concurrentTrials) { trial in
            if calls.append(trial) == stop { throw Stop() }
            return synthetic(trial)
          }
        }
        let resumed = try await search.run(keptIn: file, concurrentTrials: concurrentTrials) {
          synthetic($0)
        }
        #expect(resumed == whole)
        #expect(try contents(file) == expected)
      }
    }
  }

  @Test("It repeats no trial, and progress counts those before")
  func progress() async throws {
    let search = try SyntheticTrials.search()
    let synthetic = SyntheticTrials(gain: 0.5)
    try await withFile { file in
      let done = Notes<SearchTrial>()
      let epochs = Notes<Int>()
      func run(stop: Int?) async throws -> NoiseSearchResult {
        try await search.run(
          keptIn: file,
          progress: { progress in
            epochs.append(progress.epochs)
            #expect(progress.epochs <= progress.mostEpochs)
            if done.all.count == stop { throw Stop() }
          },
          trial: { trial in
            done.append(trial)
            return synthetic(trial)
          })
      }
      await #expect(throws: Stop.self) { try await run(stop: 9) }
      let result = try await run(stop: nil)
      let trials = done.all
      #expect(trials == result.trials.map(\.trial))
      let sums = trials.indices.map { place in trials[...place].reduce(0) { $0 + $1.epochs } }
      #expect(epochs.all == sums)
      // A search that is complete gives its result at once.
      #expect(try await run(stop: nil) == result)
      #expect(done.all.count == trials.count)
    }
  }

  @Test("It goes on from no other search, and from no other file")
  func others() async throws {
    let search = try SyntheticTrials.search()
    let synthetic = SyntheticTrials()
    try await withFile { file in
      _ = try await search.run(keptIn: file, subject: "one") { synthetic($0) }
      await #expect(
        throws: SearchError.otherSearch(
          file: file, what: "subject", found: "one", expected: "two")
      ) {
        try await search.run(keptIn: file, subject: "two") { synthetic($0) }
      }
      let other = try SyntheticTrials.search(finalists: 2)
      await #expect(
        throws: SearchError.otherSearch(
          file: file, what: "finalists", found: "3", expected: "2")
      ) {
        try await other.run(keptIn: file, subject: "one") { synthetic($0) }
      }
      // One that was written before searches had versions, whose scores are coded otherwise.
      let old = try String(decoding: contents(file), as: UTF8.self)
        .replacing(
          #"{"name":"version of the search","value":"\#(NoiseSearch.version)"},"#, with: ""
        )
        .replacing(#""draws":1,"#, with: "")
      try Data(old.utf8).write(to: URL(fileURLWithPath: file))
      await #expect(
        throws: SearchError.otherSearch(
          file: file, what: "version of the search", found: "not there",
          expected: "\(NoiseSearch.version)")
      ) {
        try await search.run(keptIn: file, subject: "one") { synthetic($0) }
      }
      // One trial's scores are of other rows, or of other draws, than the others'.
      for other in [TrialScores(clean: [0, 1], noisy: [0, 1]), nil] {
        try FileManager.default.removeItem(atPath: file)
        _ = try await search.run(keptIn: file) { synthetic($0) }
        var kept = try #require(
          JSONSerialization.jsonObject(with: contents(file)) as? [String: Any])
        var trials = try #require(kept["trials"] as? [[String: Any]])
        var scores = try #require(trials[1]["scores"] as? [String: Any])
        if let other {
          scores =
            try #require(
              JSONSerialization.jsonObject(with: JSONEncoder().encode(other)) as? [String: Any])
        } else {
          scores["draws"] = 3
        }
        trials[1]["scores"] = scores
        kept["trials"] = trials
        try JSONSerialization.data(withJSONObject: kept).write(to: URL(fileURLWithPath: file))
        let error = await #expect(throws: SearchError.self) {
          try await search.run(keptIn: file) { synthetic($0) }
        }
        guard case .malformedState = error else {
          Issue.record("another error")
          continue
        }
      }
      try Data("{\"settings\":[]".utf8).write(to: URL(fileURLWithPath: file))
      let error = await #expect(throws: SearchError.self) {
        try await search.run(keptIn: file) { synthetic($0) }
      }
      guard case .malformedState = error else {
        Issue.record("another error")
        return
      }
    }
  }

  @Test("A file that cannot be written is said before anything is trained")
  func unwritable() async throws {
    let search = try SyntheticTrials.search()
    let calls = Notes<SearchTrial>()
    let error = await #expect(throws: SearchError.self) {
      try await search.run(keptIn: "/nowhere/search.json") { trial in
        calls.append(trial)
        return SyntheticTrials()(trial)
      }
    }
    guard case .stateNotWritten(let file, _) = error else {
      Issue.record("another error")
      return
    }
    #expect(file == "/nowhere/search.json" && calls.all.isEmpty)
  }

  @Test("Scores are kept to the bit")
  func coding() throws {
    let scores = TrialScores(
      clean: [0, -0.0, .leastNonzeroMagnitude], noisy: [.pi, -1e30, 1 / 3], draws: 7,
      learnedScale: 0.1)
    let decoded = try JSONDecoder().decode(
      TrialScores.self, from: JSONEncoder().encode(scores))
    #expect(sameBits(decoded.clean, scores.clean) && sameBits(decoded.noisy, scores.noisy))
    #expect(decoded.learnedScale == scores.learnedScale && decoded.draws == 7)
  }
}
