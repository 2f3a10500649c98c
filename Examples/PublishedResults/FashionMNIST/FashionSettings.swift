/// Settings of ``FashionMNIST``: what was compared, and what was chosen of it before the test images were first looked at.
enum FashionSettings {
  /// Compared on the validation images, with fewer epochs than are trained.
  static let grid: [Experiment.Candidate] = [(0.2, 0.5), (0.1, 0.3)].map { input, hidden in
    (
      .dropout,
      TrainingSetting(
        learningRate: 0.06, inputNoise: input, hiddenNoise: hidden, maximumRowNorm: 3, epochs: 8)
    )
  }

  /// The best of the grid, with more epochs.
  static let chosen = TrainingSetting(
    learningRate: 0.06, inputNoise: 0.1, hiddenNoise: 0.3, maximumRowNorm: 3, epochs: 30)
}
