/// Settings of ``FashionMNIST``: what was compared on the validation images, and what was chosen of it.
///
/// The first look at the test images was with the best of `first`, trained for 30 epochs. `second` was drawn up after it,
/// and compared on the validation images alone.
enum FashionSettings {
  static let grid = (first + second).map { (regularizer: Regularizer.dropout, setting: $0) }

  static let first = [
    setting(inputNoise: 0.2, hiddenNoise: 0.5, epochs: 8),
    setting(inputNoise: 0.1, hiddenNoise: 0.3, epochs: 8),
  ]

  /// About the best of `first`: trained for longer, and then with more noise or greater steps.
  static let second = [
    setting(inputNoise: 0.1, hiddenNoise: 0.3, epochs: 60),
    setting(inputNoise: 0.1, hiddenNoise: 0.5, epochs: 60),
    setting(inputNoise: 0.2, hiddenNoise: 0.3, epochs: 60),
    setting(learningRate: 0.12, inputNoise: 0.1, hiddenNoise: 0.3, epochs: 60),
  ]

  /// The best of both.
  static let chosen = setting(inputNoise: 0.2, hiddenNoise: 0.3, epochs: 60)

  private static func setting(
    learningRate: Double = 0.06, inputNoise: Double, hiddenNoise: Double, epochs: Int
  ) -> TrainingSetting {
    TrainingSetting(
      learningRate: learningRate, inputNoise: inputNoise, hiddenNoise: hiddenNoise,
      maximumRowNorm: 3, epochs: epochs)
  }
}
