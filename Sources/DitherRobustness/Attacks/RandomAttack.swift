import DitherRuntime
public import DitherTensors
import Layers
public import NoiseDistributions

/// An attack without gradients: random places in the ball around each sample, of which it takes one that breaks the answer, and of
/// these, or of all if none does, the one where the greatest logit of another class exceeds that of the sample's class most.
///
/// Odd tries are uniform in the ball, even ones lie on its surface (in L∞ at the corners), as far as the range of the data goes. Any
/// classifier will do. Of one that is used with its noise places are judged by the draws of the answers, as by ``GradientAttack``.
public struct RandomAttack: Hashable, Sendable {
  /// Where a sample may be moved.
  public let ball: PerturbationBall
  /// Places that are tried for each sample.
  public let tries: Int

  /// - Parameters:
  ///   - ball: where a sample may be moved.
  ///   - tries: at least 1; another stops the program.
  public init(within ball: PerturbationBall, tries: Int = 100) {
    require(tries >= 1, "RandomAttack: tries is \(tries); expected at least 1")
    self.ball = ball
    self.tries = tries
  }

  /// Each sample, moved so that it is taken for another class if one of the places does it.
  ///
  /// - Parameters:
  ///   - inputs: shape [rows] + the classifier's input shape, or [rows, features]; within the ball's range.
  ///   - labels: the class of each. Inputs and classes that do not fit the classifier stop the program.
  ///   - classifier: that is attacked.
  ///   - mode: how it is used.
  ///   - noise: of the places (in the domain of evaluation: the try's number is the step) and of the classifier (in that of sampling),
  ///     from the stream's step on. For a part of the samples also at its first row: `noise.rows(from: 64)`.
  /// - Returns: the shape of `inputs`.
  public func adversaries(
    of inputs: Tensor, labels: [Int], against classifier: some Classifier,
    mode: InferenceMode = .clean, noise: NoiseStream
  ) -> Tensor {
    let centre = classifier.matrix(inputs, "RandomAttack")
    classifier.requireLabels(labels, rows: centre.shape[0], "RandomAttack")
    ball.requireInRange(centre, "RandomAttack")
    noise.requireSteps(tries, "RandomAttack")
    var best = BestPlaces(centre)
    for number in 0..<tries {
      let stream = noise.at(step: noise.step + number)
      let place =
        number % 2 == 0
        ? ball.randomPlaceOnSurface(around: centre, stream, site: "attack.try")
        : ball.randomPlace(around: centre, stream, site: "attack.try")
      best.consider(place, classifier.placeScores(place, labels, mode, noise))
    }
    return best.places.reshaped(to: inputs.shape)
  }
}
