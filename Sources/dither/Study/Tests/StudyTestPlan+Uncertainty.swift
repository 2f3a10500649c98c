import DitherRobustness
import DitherTraining
import Foundation
import Layers
import NoiseDistributions

// How sure a network is, and how noise goes through it.
extension StudyTestPlan {
  private static let draws = 20
  private static let entropyIntervals = 12
  private static let shares = (0..<20).map { Double($0) / 20 }

  /// - Throws: `InputError` where the answers under the network's own noise are no numbers.
  func uncertainty(
    of classifier: some Classifier, _ layer: any Layer, _ name: String
  ) throws(InputError) -> StudyReport.Uncertainty {
    let prediction = monteCarloPrediction(
      of: classifier, for: test.inputs,
      draws: layer.hasNoise(features: test.features) ? Self.draws : 1,
      noise: stream(.uncertainty))
    let (entropy, isRight) = (prediction.predictiveEntropy, prediction.isCorrect(test.labels))
    if let wrong = entropy.first(where: { !$0.isFinite }) {
      throw InputError(
        "\(name): the entropy of an answer under the network's own noise is \(wrong); expected a finite number, as with less noise"
      )
    }
    let rejection = prediction.rejection(test.labels)
    let greatest = log(Double(test.classes))
    var (right, wrong) = (
      [Int](repeating: 0, count: Self.entropyIntervals),
      [Int](repeating: 0, count: Self.entropyIntervals)
    )
    for (entropy, isRight) in zip(entropy, isRight) {
      let place = Int(entropy / greatest * Double(Self.entropyIntervals))
      let interval = min(max(place, 0), Self.entropyIntervals - 1)
      if isRight { right[interval] += 1 } else { wrong[interval] += 1 }
    }
    let ofWrong = zip(entropy, isRight).filter { !$0.1 }.map(\.0)
    let ofRight = zip(entropy, isRight).filter { $0.1 }.map(\.0)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    return StudyReport.Uncertainty(
      draws: prediction.draws,
      rejection: Self.shares.map {
        StudyReport.RejectionPoint(rejected: $0, accuracy: rejection.accuracy(rejecting: $0))
      }, rejectionArea: rejection.area,
      entropyEdges: (0...Self.entropyIntervals).map {
        greatest * Double($0) / Double(Self.entropyIntervals)
      }, rightRows: right, wrongRows: wrong, meanEntropy: mean(entropy),
      meanMutualInformation: mean(prediction.mutualInformation),
      errorDetection: ofWrong.isEmpty || ofRight.isEmpty
        ? nil : areaUnderROC(positives: ofWrong, negatives: ofRight))
  }

  /// How noise at two places goes through the network.
  func propagation(through layer: any Layer) -> [StudyReport.Propagation] {
    let network = layer as? Sequential ?? Sequential([layer])
    let names = network.layers.map { "\(type(of: $0))" }
    return [
      (NoisePlace.input(of: 0), "input of the first layer"),
      (.output(of: 0), "output of the first layer"),
    ].map { place, name in
      let spread = signalPropagation(
        through: network, of: test.inputs, placing: testRule, at: place,
        noise: stream(.propagation), draws: 2)
      return StudyReport.Propagation(
        place: name, rule: LayerModel.text(testRule),
        layers: spread.rows.filter { !$0.path.isEmpty }.map { row in
          let number = Int(row.path)
          let kind = number.map { " \(names[$0])" } ?? ""
          return StudyReport.LayerRatio(
            layer: row.path + kind, decibels: row.decibels.isFinite ? row.decibels : nil)
        })
    }
  }
}

extension Layer {
  /// Whether any of its layers has noise.
  ///
  /// - Parameter features: that it takes.
  func hasNoise(features: Int) -> Bool {
    summary(inputShape: [1, features]).rows.contains { !$0.noise.isEmpty }
  }
}
