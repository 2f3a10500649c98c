import DitherData
import DitherRobustness
import DitherRuntime
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions

/// The search of a study: all that can be wrong with it is found when it is made.
struct StudySearch: Sendable {
  let settings: StudySettings
  let data: StudyData
  let model: LayerModel
  let candidates: StudyCandidates
  let search: NoiseSearch
  /// What networks are compared under.
  let testScale: Float
  private let trials: NetworkTrials

  /// Draws of the test noise for each validation row.
  static let testDraws = 5
  static let replicates = 5
  static let finalists = 4

  /// - Throws: `UsageError` for a budget that is too small and a site that the network has not, `SearchError` for data that are.
  init(_ settings: StudySettings, _ data: StudyData) throws {
    let model = data.model
    let weights = model.network(nil, nil).parameters.map(\.shape).first { $0.count == 2 }
    candidates = StudyCandidates(
      settings, data, fanInAndOut: weights?.reduce(0, +) ?? data.training.features)
    for family in candidates.families { try Self.requireSite(of: family, in: model) }
    search = try Self.search(candidates.families, settings)
    let family = settings.testNoise.family
    testScale =
      settings.testNoise.scale ?? StudyTestNoise.usualScale(family, unit: data.unit)
    let noisy = NoiseSweep(
      candidates.testNoise(family), strengths: [testScale], noise: NoiseStream(seed: 0))
    let (strength, rows) = (testScale, data.training.count)
    let smoothing = Float(model.optimizer.labelSmoothing ?? 0)
    trials = try NetworkTrials(
      training: data.training, validation: data.validation,
      noisyInputs: NoisyInputs(draws: Self.testDraws) { inputs, stream in
        NoiseSweep(noisy.testNoise, strengths: [strength], noise: stream)
          .noisyInputs(inputs, strength: strength)
      }, seed: settings.seed, batchSize: settings.batch,
      maximumGradientNorm: model.optimizer.clip,
      loss: { crossEntropy($0, $1, labelSmoothing: smoothing, count: $2) },
      network: { rule, site in model.network(rule, site.flatMap(StudySite.init)) },
      optimizer: { parameters, steps in
        model.makeOptimizer(parameters, rows: rows, steps: steps, seed: settings.seed)
      })
    (self.settings, self.data, self.model) = (settings, data, model)
  }

  /// Throws where the network has not the family's site.
  private static func requireSite(of family: NoiseFamily, in model: LayerModel) throws {
    let description: LayerDescription
    do throws(UsageError) {
      description = try model.description(
        with: family.rule(of: family.candidates[0]), at: StudySite(rawValue: family.site))
    } catch {
      throw UsageError(
        "--sites has \(family.site), and \(model.name) no linear layer\(family.site == StudySite.input.rawValue ? "" : " but the last"); expected one, or other sites"
      )
    }
    _ = try makeLayer(description, ModelShape(description), model.name, copies: 4)
  }

  private static func search(
    _ families: [NoiseFamily], _ settings: StudySettings
  ) throws(UsageError) -> NoiseSearch {
    func search(_ budget: Int) throws(SearchError) -> NoiseSearch {
      try NoiseSearch(
        families: families, epochs: settings.epochs, budget: budget, replicates: replicates,
        finalists: finalists)
    }
    do throws(SearchError) {
      return try search(settings.budget ?? usualBudget(families, settings.epochs))
    } catch .budgetTooSmall(let budget, let needed) {
      throw UsageError(
        "--budget is \(budget) epochs; expected \(needed) at least, or fewer --families or --sites, or a smaller --epochs"
      )
    } catch {
      throw UsageError("\(error)")
    }
  }

  /// Full trainings of the finalists and around the best, and three rounds of halving of which each trains all candidates that are left
  /// (the first no noise too) for a third of the epochs of a full training, or longer.
  private static func usualBudget(_ families: [NoiseFamily], _ epochs: Int) -> Int {
    let candidates = families.reduce(0) { $0 + $1.candidates.count }
    let inFull = (min(finalists, candidates) + 9) * replicates * epochs
    return inFull + 3 * (candidates + 1) * max(1, (epochs + 2) / 3)
  }

  /// What the file of the search cannot know of its trials.
  private var subject: String {
    let texts = settings.texts.sorted { $0.key < $1.key }
    return texts.map { "\($0.key) \($0.value)" }.joined(separator: " ")
  }

  /// Searches, or goes on.
  ///
  /// - Parameter file: where the trials so far are kept.
  func run(
    keptIn file: String, progress: @escaping @Sendable (SearchProgress) throws -> Void
  ) async throws -> NoiseSearchResult {
    try await search.run(
      trials, keptIn: file, subject: subject, concurrentTrials: Execution.current.threads,
      progress: progress)
  }

  /// A network trained in full with a rule at a site, to the bits of the search's first replicate.
  ///
  /// - Throws: `TrainingError` where it meets a number that is not finite.
  func train(_ candidate: NoiseCandidate?) throws -> StudyNetwork {
    let site = candidate.flatMap { StudySite(rawValue: $0.site) }
    let rule = candidate.map { search.rule(of: $0) }
    let layer = model.network(rule, site).initialized(seed: settings.seed).copy()
    return try train(layer, try model.description(with: rule, at: site))
  }

  private func train(_ layer: some Layer, _ description: LayerDescription) throws -> StudyNetwork {
    let smoothing = Float(model.optimizer.labelSmoothing ?? 0)
    let rows = data.training.count
    let optimizer = model.makeOptimizer(
      layer.parameters, rows: rows, steps: settings.steps(rows: rows), seed: settings.seed)
    let trainer = Trainer(layer, optimizer: optimizer, noise: NoiseStream(seed: settings.seed)) {
      crossEntropy($0, $1, labelSmoothing: smoothing, count: $2)
    }
    trainer.batchSize = settings.batch
    trainer.maximumGradientNorm = model.optimizer.clip
    trainer.shuffleSeed = settings.seed
    trainer.showsProgress = false
    try trainer.train(on: data.training, epochs: settings.epochs)
    var checkpoint = Checkpoint(
      of: trainer.network, optimizer: optimizer, training: trainer.checkpoint!)
    checkpoint.model = description
    return StudyNetwork(checkpoint: checkpoint, features: data.training.features)
  }
}

/// A network that has been trained in full, safe to share.
struct StudyNetwork: Sendable {
  let checkpoint: Checkpoint
  let features: Int

  /// A network of one's own with its values.
  var layer: any Layer {
    // The checkpoint was made of a network of this description.
    try! checkpoint.makeModel(from: Catalogs.layers)
  }

  var classifier: any DifferentiableClassifier {
    func classifier(_ layer: some Layer) -> any DifferentiableClassifier {
      NetworkClassifier(layer, inputShape: [features])
    }
    return classifier(layer)
  }
}

extension StudyCandidates {
  /// A family on the inputs, at any strength.
  func testNoise(_ family: StudyFamily) -> TestNoise {
    TestNoise(family.rawValue, axis: family.axis) { testRule(family, $0) }
  }
}
