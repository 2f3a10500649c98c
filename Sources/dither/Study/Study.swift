import DitherData
import DitherRobustness
import DitherRuntime
import DitherTraining
import Foundation
import NoiseDistributions

/// A study from its settings to its report: all that can be found wrong with it is found when it is made.
struct Study: Sendable {
  let settings: StudySettings
  let folder: StudyFolder
  let data: StudyData
  let search: StudySearch
  /// As a shell takes it.
  let command: String
  /// Fewer rows than these say little.
  private static let fewRows = 30
  private let begun: Date
  private let start: ContinuousClock.Instant

  init(_ settings: StudySettings, in folder: StudyFolder, command: String) throws {
    (begun, start) = (Date(), ContinuousClock.now)
    data = try StudyData(settings)
    search = try StudySearch(settings, data)
    (self.settings, self.folder, self.command) = (settings, folder, command)
  }

  /// What must be the same for a study to go on.
  var texts: [String: String] {
    var texts = settings.texts
    texts["the version of the search"] = "\(NoiseSearch.version)"
    for (part, name) in [
      (data.training, "training"), (data.validation, "validation"), (data.test, "test"),
    ] {
      texts["the checksum of the \(name) rows"] = part.checksum
    }
    texts["the checksum of the network"] = data.model.description.json.checksum
    return texts
  }

  /// Searches, tests, and writes all of it.
  ///
  /// - Throws: ``StudyProgress/Interrupted``; what was done of the search is kept.
  func run(_ progress: StudyProgress) async throws -> StudyReport {
    let isContinued = FileManager.default.fileExists(atPath: folder.search)
    let result = try await found(progress)
    let tests = StudyTests(search)
    let (models, networks) = try await tests.models(result) { done, total in
      try progress.show(done: done, of: total)
    }
    progress.finish()
    let place = models.firstIndex { $0.isRecommended } ?? 0
    let examples = StudyExamples(plan: tests.plan, networks: networks).examples
    var report = StudyReport(
      provenance: provenance, data: summary,
      recommendation: StudyRecommendation(search, result, models).recommendation(
        run: folder.run.path), search: search.report(of: result), testNoises: tests.plan.axes,
      models: models, examples: examples)
    report.provenance.isContinued = isContinued
    report.recommendation.sentences += remarks
    try folder.write(networks[place], configuration(models[place].noise), data)
    report.provenance.seconds = (ContinuousClock.now - start) / .seconds(1)
    try folder.write(report)
    return report
  }

  /// Searches, or goes on.
  private func found(_ progress: StudyProgress) async throws -> NoiseSearchResult {
    do {
      return try await search.run(keptIn: folder.search) { try progress.show($0) }
    } catch let error as SearchError {
      switch error {
      case .malformedState, .otherSearch:
        throw InputError("\(error); with --overwrite the study begins anew")
      default: throw error
      }
    }
  }

  /// What a reader is to know beside the numbers.
  private var remarks: [String] {
    var remarks: [String] = []
    let (validation, test) = (data.validation.count, data.test.count)
    if min(validation, test) < Self.fewRows {
      remarks.append(
        "With \(counted(validation, "row")) to choose by and \(test) to test on little can be decided: a single row is \(PageNumber.percent.text(1 / Double(min(validation, test)))) of them."
      )
    }
    if data.hasNoise {
      remarks.append(
        "The network has noise of its own, in all trainings: without noise means with none added."
      )
    }
    return remarks
  }

  /// The settings of a training of the network that is recommended, on all rows of the data: its learning rate falls to 0 over as
  /// many steps as they take.
  private func configuration(_ noise: StudyReport.Noise?) -> Configuration {
    var configuration = settings.training
    if let noise { configuration.model.noise = [noise.rule] }
    configuration.optimizer = data.model.optimizer(
      steps: settings.steps(rows: data.rows))
    return configuration
  }

  private var provenance: StudyReport.Provenance {
    StudyReport.Provenance(
      command: command, version: Dither.version, noiseStreamVersion: NoiseStream.version,
      seed: settings.seed, begun: begun.ISO8601Format(), seconds: 0, isContinued: false,
      threads: Execution.current.threads,
      instructionSet: Execution.current.instructionSet.name, operatingSystem: operatingSystem)
  }

  private var operatingSystem: String {
    #if arch(x86_64)
      let architecture = "x86_64"
    #elseif arch(arm64)
      let architecture = "arm64"
    #else
      let architecture = "another processor"
    #endif
    return "\(ProcessInfo.processInfo.operatingSystemVersionString) (\(architecture))"
  }

  private var summary: StudyReport.DataSummary {
    let test = data.test
    let parameters = data.model.network(nil, nil).parameters
    return StudyReport.DataSummary(
      name: data.name, trainingRows: data.training.count, validationRows: data.validation.count,
      testRows: test.count, features: test.features, featureNames: test.featureNames,
      classNames: data.preprocessing.classNames,
      testRowsOfClasses: (0..<test.classes).map { label in test.labels.count { $0 == label } },
      image: data.image.map { StudyReport.Image(height: $0.height, width: $0.width) },
      normalization: settings.training.data.normalization ?? "none",
      range: StudyReport.Range(
        lower: Double(shortest: data.range.lowerBound),
        upper: Double(shortest: data.range.upperBound)), unit: Double(shortest: data.unit),
      network: settings.training.model.model
        ?? (settings.training.model.hidden ?? []).map(String.init).joined(separator: ","),
      parameters: parameters.reduce(0) { $0 + $1.shape.reduce(1, *) })
  }
}
