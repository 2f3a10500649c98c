import ExampleSupport
import Foundation
import NoiseDistributions

/// What a study found: as a table for people, as JSON for programs, both of the same numbers.
struct StudyReport: Encodable {
  struct Data: Encodable {
    var name: String
    var split: String
    var training: Int
    var test: Int
    var features: Int
  }

  struct Training: Encodable {
    var layers: [Int]
    var optimizer = "AdamW"
    var learningRate = Study.learningRate
    var weightDecay = Study.weightDecay
    var batchSize = Study.batchSize
    var epochs: Int
    var seeds: [Int]
    var noiseStreamVersion = NoiseStream.version
  }

  /// Percentages, or differences of them, of each seed and over the seeds.
  struct Accuracy: Encodable {
    /// The standard deviation of the Gaussian test noise.
    var testNoise: Float
    var mean: Double
    /// Half the width of the 95 % interval; nil for one seed.
    var halfWidth: Double?
    var seeds: [Double]

    init(_ seeds: [Double], testNoise: Float) {
      let estimate = Estimate(seeds)
      self.testNoise = testNoise
      mean = estimate.mean
      halfWidth = estimate.halfWidth
      self.seeds = seeds
    }
  }

  struct Network: Encodable {
    /// As on the command line; nil for none.
    var noise: String?
    var accuracy: [Accuracy]

    var name: String { noise ?? "no noise" }
  }

  /// How many points more accurate one network is than the one without noise, paired by seed.
  struct Comparison: Encodable {
    var noise: String
    var difference: Accuracy
  }

  var data: Data
  var training: Training
  var networks: [Network]
  var comparison: Comparison

  /// What a row of the data is called.
  let noun: String

  private enum CodingKeys: CodingKey { case data, training, networks, comparison }

  /// - Parameter accuracies: of each noise, under each test noise, for each seed.
  init(_ study: Study, _ accuracies: [[[Double]]]) {
    let (training, test) = (study.data.training, study.data.test)
    data = Data(
      name: study.data.name, split: StudyData.split, training: training.count, test: test.count,
      features: training.features)
    noun = study.data.noun
    self.training = Training(
      layers: [training.features] + Study.hidden + [StudyData.classes], epochs: study.epochs,
      seeds: study.seeds)
    networks = zip(study.noises, accuracies).map { noise, accuracies in
      Network(
        noise: noise?.text,
        accuracy: zip(study.testNoises, accuracies).map { Accuracy($1, testNoise: $0) })
    }
    let (noise, column) = study.compared
    let differences = zip(accuracies[noise][column], accuracies[0][column]).map { $0 - $1 }
    comparison = Comparison(
      noise: networks[noise].name,
      difference: Accuracy(differences, testNoise: study.testNoises[column]))
  }
}
