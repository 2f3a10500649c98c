import DitherData
import ExampleSupport

/// What a network is trained and judged on.
struct Experiment: Sendable {
  let training: LabelledData
  let judged: LabelledData
  let layers: [Int]
  let batchSize: Int
  let seeds: [UInt64]

  typealias Candidate = (regularizer: Regularizer, setting: TrainingSetting)

  /// Trains a network of each candidate and seed, several at once.
  ///
  /// - Parameters:
  ///   - candidates: each of another kind, where networks are saved.
  ///   - threads: at most.
  ///   - folder: where the networks are saved; nil for nowhere.
  /// - Returns: the percentages of wrong answers of each candidate.
  func errors(
    of candidates: [Candidate], threads: Int, saving folder: String? = nil
  ) async throws -> [Measured] {
    let jobs = candidates.indices.flatMap { candidate in seeds.map { (candidate, $0) } }
    let epochs = candidates.reduce(0) { $0 + $1.setting.epochs } * seeds.count
    let bar = ProgressBar(
      total: epochs, unit: max(1, epochs / jobs.count), label: "networks")
    let errors = await inParallel(jobs.count, threads: threads) { job in
      Result {
        let (candidate, seed) = jobs[job]
        let (regularizer, setting) = candidates[candidate]
        let trained = try setting.train(
          regularizer, layers: layers, batchSize: batchSize, seed: seed, on: training
        ) { bar.advance() }
        if let folder {
          let run = SavedRun(
            trained: trained, setting: setting, batchSize: batchSize, data: training)
          try run.write(to: "\(folder)/\(regularizer.rawValue)-\(seed)")
        }
        return trained.error(on: judged)
      }
    }
    bar.finish()
    let all = try errors.map { try $0.get() }
    return candidates.indices.map { candidate in
      Measured(seeds.indices.map { all[candidate * seeds.count + $0] })
    }
  }

  /// Compares candidates.
  func grid(_ candidates: [Candidate], threads: Int) async throws -> GridReport {
    let errors = try await errors(of: candidates, threads: threads)
    return GridReport(
      training: training.count, validation: judged.count, layers: layers,
      batchSize: batchSize, seeds: seeds,
      rows: zip(candidates, errors).map { candidate, error in
        GridReport.Row(
          regularizer: candidate.regularizer, setting: candidate.setting, error: error)
      })
  }
}
