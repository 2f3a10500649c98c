package import ExampleSupport

/// The settings that are compared on validation recordings, and what came of it.
package struct SpeechValidation: PrintedReport {
  package struct Row: Codable {
    package var kind: TrainingNoise.Kind
    package var noise: TrainingNoise
    /// Percentages of right answers without noise.
    package var clean: Measured
    /// The mean over no noise and each ratio of white noise: what is chosen by.
    package var score: Measured
  }

  package struct Split: Codable {
    package var leftOut: String?
    package var training: Int
    package var validation: Int
    package var rows: [Row]

    /// The best of a kind; the first of equals.
    package func best(_ kind: TrainingNoise.Kind) -> Row? {
      rows.filter { $0.kind == kind }.max { $0.score.mean < $1.score.mean }
    }
  }

  package var epochs: Int
  package var seeds: [UInt64]
  package var splits: [Split]

  init(_ study: SpeechStudy, _ trials: [SpeechStudy.Trial], _ scores: [SpeechStudy.Scores]) {
    epochs = study.epochs
    seeds = study.seeds
    let count = TrainingNoise.Kind.allCases.reduce(0) { $0 + $1.candidates.count }
    splits = stride(from: 0, to: trials.count, by: count).map { first in
      let split = trials[first].split
      return Split(
        leftOut: split.leftOut, training: split.training.count, validation: split.judged.count,
        rows: (first..<first + count).map { Row(trials[$0], scores[$0]) })
    }
  }

  package var text: String {
    let head =
      ["trained with", "setting"] + splits.map { $0.leftOut.map { "without \($0)" } ?? "all" }
    let rows = splits[0].rows.indices.map { place in
      let first = splits[0].rows[place]
      return [first.kind.title, first.noise.text]
        + splits.map { split in
          let row = split.rows[place]
          let figure = ResultsFile.fixed(row.score.mean)
          return split.best(row.kind)?.noise == row.noise ? "**\(figure)**" : figure
        }
    }
    return """
      Validation recordings, \(ResultsFile.counted(epochs, "epoch")), \(ResultsFile.counted(seeds.count, "seed")): \
      accuracy in %, the mean over no noise and white noise at \(TestCondition.ratios.map { "\(Int($0))" }.joined(separator: ", ")) dB; the best of \
      each kind in bold.

      \(ResultsFile.table([head] + rows))
      """
  }
}

extension SpeechValidation.Row {
  fileprivate init(_ trial: SpeechStudy.Trial, _ scores: SpeechStudy.Scores) {
    kind = trial.kind
    noise = trial.noise
    clean = Measured(scores.shares.map { 100 * averageOf($0[0]) })
    score = Measured(
      scores.shares.map { seed in
        100 * seed.reduce(0) { $0 + averageOf($1) } / Double(seed.count)
      })
  }
}
