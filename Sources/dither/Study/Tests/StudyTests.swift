import DitherRobustness
import DitherRuntime
import DitherTensors
import DitherTraining
import Layers

/// The networks that a study trains in full and tests once.
struct StudyTests: Sendable {
  let search: StudySearch
  let plan: StudyTestPlan
  /// What the report calls the network that the search adds nothing to.
  private let nameWithoutNoise: String

  init(_ search: StudySearch) {
    self.search = search
    nameWithoutNoise = search.data.hasNoise ? "no added noise" : "no noise"
    plan = StudyTestPlan(search)
  }

  /// The models of a report, with the network that is recommended.
  ///
  /// - Parameter progress: called with the parts that are done, of all.
  func models(
    _ result: NoiseSearchResult, progress: @escaping @Sendable (Int, Int) throws -> Void
  ) async throws -> (models: [StudyReport.Model], networks: [StudyNetwork]) {
    let noises = tested(result)
    let total = 3 * noises.count
    let networks = try await inParallel(noises.count) {
      try search.train(noises[$0])
    } done: {
      try progress($0, total)
    }
    let measured = try await inParallel(noises.count) {
      try StudyMeasurement(networks[$0], name(noises[$0]), by: plan)
    } done: {
      try progress(noises.count + $0, total)
    }
    let models = try await inParallel(noises.count) { place in
      model(
        noises[place], measured[place], comparedWith: place == 0 ? nil : measured[0],
        isRecommended: noises[place] == result.recommended)
    } done: {
      try progress(2 * noises.count + $0, total)
    }
    return (models, networks)
  }

  /// None, the recommended noise or the best finalist, and other finalists, the best first: as many noises as there are finalists.
  private func tested(_ result: NoiseSearchResult) -> [NoiseCandidate?] {
    let count = search.search.plan.finalists
    let finalists = Set(result.entries.dropFirst().prefix(count).map(\.candidate))
    let best = result.ranking.map(\.candidate).filter { finalists.contains($0) }
    let first = result.recommended.map { [$0] } ?? []
    return [nil] + (first + best.filter { $0 != result.recommended }).prefix(count)
  }

  /// What the report calls a network.
  private func name(_ candidate: NoiseCandidate?) -> String {
    candidate.map { "\($0)" } ?? nameWithoutNoise
  }

  private func model(
    _ candidate: NoiseCandidate?, _ own: StudyMeasurement, comparedWith none: StudyMeasurement?,
    isRecommended: Bool
  ) -> StudyReport.Model {
    let bootstrap = plan.bootstrap
    let clean = own.curves[0]
    return StudyReport.Model(
      name: name(candidate),
      noise: candidate.map { search.candidates.noise($0, in: search.search) },
      isRecommended: isRecommended,
      accuracy: .init(clean.cleanEstimate(of: .accuracy, by: bootstrap)),
      loss: .init(clean.cleanEstimate(of: .loss, by: bootstrap)),
      calibrationError: .init(clean.cleanEstimate(of: .calibrationError, by: bootstrap)),
      curves: own.curves.indices.map { place in
        curve(own.curves[place], comparedWith: none?.curves[place], by: bootstrap)
      }, cleanAnswers: own.cleanAnswers, noisyAnswers: own.noisyAnswers,
      certificates: own.certificates, attacks: own.attacks, gradientMasking: own.gradientMasking,
      corruptions: own.corruptions.map { corruptions($0, none?.corruptions, by: bootstrap) },
      uncertainty: own.uncertainty, propagation: own.propagation)
  }

  private func curve(
    _ own: SweepCurve, comparedWith none: SweepCurve?, by bootstrap: Bootstrap
  ) -> StudyReport.Curve {
    let accuracy = own.estimates(of: .accuracy, by: bootstrap)
    let loss = own.estimates(of: .loss, by: bootstrap)
    let calibration = own.estimates(of: .calibrationError, by: bootstrap)
    let gains = none.map { own.differences(in: .accuracy, from: $0, by: bootstrap) }
    return StudyReport.Curve(
      points: own.sweep.strengths.enumerated().map { place, strength in
        StudyReport.CurvePoint(
          strength: Double(shortest: strength), accuracy: .init(accuracy[place]),
          loss: .init(loss[place]), calibrationError: .init(calibration[place]),
          gain: gains.map { .init($0[place]) })
      }, area: .init(own.areaEstimate(under: .accuracy, by: bootstrap)),
      areaGain: none.map { .init(own.areaDifference(in: .accuracy, from: $0, by: bootstrap)) })
  }

  private func corruptions(
    _ own: CorruptionErrors, _ none: CorruptionErrors?, by bootstrap: Bootstrap
  ) -> StudyReport.Corruptions {
    StudyReport.Corruptions(
      names: own.names, errors: own.errors, cleanError: own.cleanError, meanError: own.meanError,
      meanErrorDifference: none.map { .init(own.meanErrorDifference(from: $0, by: bootstrap)) },
      meanCorruptionError: none.flatMap {
        own.meanCorruptionErrorEstimate(relativeTo: $0, by: bootstrap)?.value
      })
  }
}

/// Runs jobs, as many at once as there are threads, each on its share of them.
///
/// - Parameters:
///   - job: is given its number, from 0.
///   - done: is given how many have ended.
/// - Returns: what each gave, in their order.
func inParallel<Result: Sendable>(
  _ count: Int, job: @escaping @Sendable (Int) throws -> Result, done: (Int) throws -> Void
) async throws -> [Result] {
  let threads = Execution.current.threads
  let atOnce = max(1, min(threads, count))
  return try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    func start(_ number: Int) {
      group.addTask { try withThreads(threads / atOnce) { (number, try job(number)) } }
    }
    for number in 0..<min(atOnce, count) { start(number) }
    var results = [Result?](repeating: nil, count: count)
    var (next, ended) = (atOnce, 0)
    for try await (number, result) in group {
      results[number] = result
      ended += 1
      try done(ended)
      if next < count { start(next) }
      next += 1
    }
    return results.map { $0! }
  }
}
