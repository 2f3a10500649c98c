/// Settings of ``Dropout``: what was compared, and what was chosen of it before the test images were first looked at.
enum DropoutSettings {
  /// Compared on the validation images.
  static let grid: [Experiment.Candidate] =
    candidates(.none, noises: [(0, 0)], norms: [nil, 3])
    + candidates(.dropout, noises: [(0.2, 0.5), (0.1, 0.3)])
    + candidates(.gaussianDropout, noises: [(0.2, 0.5), (0.1, 0.3)])
    + candidates(.dropConnect, noises: [(0.5, 0.5), (0.2, 0.2)])
    + candidates(.inputNoise, noises: [(0.2, 0), (0.4, 0)])

  private static func candidates(
    _ regularizer: Regularizer, noises: [(input: Double, hidden: Double)],
    norms: [Double?] = [3]
  ) -> [Experiment.Candidate] {
    var candidates: [Experiment.Candidate] = []
    for noise in noises {
      for norm in norms {
        for rate in [0.02, 0.06] {
          let setting = TrainingSetting(
            learningRate: rate, inputNoise: noise.input, hiddenNoise: noise.hidden,
            maximumRowNorm: norm, epochs: 30)
          candidates.append((regularizer, setting))
        }
      }
    }
    return candidates
  }

  /// The best of the grid for each, all of them with twice its epochs; the networks without noise first.
  static let chosen: [Experiment.Candidate] = [
    (.none, TrainingSetting(learningRate: 0.06, epochs: 60)),
    (.dropout, chosen(0.2, 0.5)),
    (.gaussianDropout, chosen(0.2, 0.5)),
    (.dropConnect, chosen(0.2, 0.2)),
    (.inputNoise, chosen(0.4, 0)),
  ]

  private static func chosen(_ input: Double, _ hidden: Double) -> TrainingSetting {
    TrainingSetting(
      learningRate: 0.06, inputNoise: input, hiddenNoise: hidden, maximumRowNorm: 3, epochs: 60)
  }
}
