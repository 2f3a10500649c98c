import DitherTensors
import ExampleSupport

/// Networks trained with each noise on each split, and judged under the same test noise.
package struct SpeechStudy: Sendable {
  let corpus: SpeechCorpus
  let seeds: [UInt64]
  let epochs: Int

  package static let epochs = 30

  package init(_ corpus: SpeechCorpus, seeds: [UInt64], epochs: Int) {
    self.corpus = corpus
    self.seeds = seeds
    self.epochs = epochs
  }

  /// One way to train on one split.
  struct Trial: Sendable {
    var split: SpeechSplit
    var kind: TrainingNoise.Kind
    var noise: TrainingNoise
  }

  /// How often the recordings of a split were answered rightly.
  struct Scores: Sendable {
    /// For each seed and condition the share of the draws of each recording.
    var shares: [[[Float]]]
  }

  /// Trains with the chosen settings, and looks at the test recordings.
  package func test(threads: Int) async throws -> SpeechReport {
    let splits = SpeechSplit.all(of: corpus, choosing: false)
    let trials = splits.flatMap { split in
      TrainingNoise.Kind.allCases.map {
        Trial(split: split, kind: $0, noise: $0.chosen(leavingOut: split.leftOut))
      }
    }
    let scores = try await run(trials, under: [.white, .babble], threads: threads)
    return SpeechReport(self, trials, scores)
  }

  /// Compares settings on the validation recordings, without noise and in white noise.
  package func choose(threads: Int) async throws -> SpeechValidation {
    let splits = SpeechSplit.all(of: corpus, choosing: true)
    let trials = splits.flatMap { split in
      TrainingNoise.Kind.allCases.flatMap { kind in
        kind.candidates.map { Trial(split: split, kind: kind, noise: $0) }
      }
    }
    let scores = try await run(trials, under: [.white], threads: threads)
    return SpeechValidation(self, trials, scores)
  }

  private func run(
    _ trials: [Trial], under noises: [TestCondition.Noise], threads: Int
  ) async throws -> [Scores] {
    let judged = Set(trials.flatMap(\.split.judged)).sorted()
    let tests = await TestRecordings(corpus, rows: judged, noises: noises, threads: threads)
    let training = SpeechTraining(corpus, epochs: epochs)
    let jobs = trials.indices.flatMap { trial in seeds.map { (trial, $0) } }
    let bar = ProgressBar(total: jobs.count * epochs, unit: epochs, label: "networks")
    let results = await inParallel(jobs.count, threads: threads) { job in
      Result {
        let (trial, seed) = (trials[jobs[job].0], jobs[job].1)
        let trained = try training.train(trial.noise, on: trial.split.training, seed: seed) {
          bar.advance()
        }
        return scores(of: trained, on: trial.split.judged, tests)
      }
    }
    bar.finish()
    let shares = try results.map { try $0.get() }
    return trials.indices.map { trial in
      Scores(shares: Array(shares[trial * seeds.count..<(trial + 1) * seeds.count]))
    }
  }

  /// For each condition the share of the draws under which a recording is answered rightly.
  private func scores(
    of trained: SpeechTraining.Trained, on rows: [Int], _ tests: TestRecordings
  ) -> [[Float]] {
    let network = trained.network.frozen()
    let labels = corpus.labels(rows)
    return tests.conditions.indices.map { condition in
      let draws = tests.inputs(condition, of: rows)
      var right = [Float](repeating: 0, count: rows.count)
      for inputs in draws {
        let answers = network(trained.normalization(inputs)).indicesOfRowMaxima()
        for row in rows.indices where answers[row] == labels[row] { right[row] += 1 }
      }
      return right.map { $0 / Float(draws.count) }
    }
  }
}
