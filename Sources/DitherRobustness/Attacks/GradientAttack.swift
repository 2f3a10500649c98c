import DitherRuntime
public import DitherTensors
import Layers
public import NoiseDistributions

/// An attack that follows the gradient of the cross-entropy, one step (FGSM) or many (PGD), within a ball around each sample.
///
/// x₀ is the sample, and in further runs a random place in the ball; x_{t+1} = Π(x_t + α·sign ∇) in L∞, Π(x_t + α·∇ / ‖∇‖) in L2, where
/// ∇ is the gradient of the cross-entropy with the sample's class at x_t, and Π moves to the nearest place in the ball and in the
/// range of the data. The fast gradient's place is the one in both where a linear function with the sample's gradient is greatest.
/// Every attack tries it, so that one of more steps breaks each answer that the fast gradient breaks.
///
/// The result is, of all places that the runs came by, one that breaks the answer, and of these, or of all if none does, the one where
/// the greatest logit of another class exceeds that of the sample's class most. Of a classifier that is used with its noise
/// (``InferenceMode/sampled(draws:)``), gradients are the means over as many draws, new ones at each step and none of those of the
/// answers; places are judged by the answers' own draws, and by the logarithms of the mean probabilities in place of logits. So no
/// place that an attack came by would break an answer that is counted as right; and since it knows the draws, some answers break by
/// chance where they are few.
///
/// ```swift
/// let ball = PerturbationBall(.maximum, radius: 0.1, range: 0...1)
/// let classifier = NetworkClassifier(model, inputShape: [64])
/// let result = GradientAttack.projected(within: ball, steps: 20).result(
///   against: classifier, on: data, noise: NoiseStream(seed: 42))
/// print(result.cleanAccuracy, result.robustAccuracy, result.robustAccuracyInterval())
/// ```
///
/// Goodfellow, Shlens & Szegedy 2015, *Explaining and harnessing adversarial examples*; Madry, Makelov, Schmidt, Tsipras & Vladu 2018,
/// *Towards deep learning models resistant to adversarial attacks*.
public struct GradientAttack: Hashable, Sendable {
  /// Where a sample may be moved.
  public let ball: PerturbationBall
  /// Steps of a run.
  public let steps: Int
  /// The length of a step in the ball's norm, α.
  public let stepSize: Float
  /// Runs that begin at a random place in the ball, besides the one from the sample itself.
  public let randomStarts: Int
  /// Whether an attack of other steps tries the fast gradient's place too.
  var triesFastGradient = true

  /// - Parameters:
  ///   - ball: where a sample may be moved.
  ///   - steps: at least 1.
  ///   - stepSize: α, finite and above 0 (0 too where the radius is).
  ///   - randomStarts: 0 or more. Others stop the program.
  public init(
    within ball: PerturbationBall, steps: Int, stepSize: Float, randomStarts: Int = 0
  ) {
    require(steps >= 1, "GradientAttack: steps is \(steps); expected at least 1")
    require(
      stepSize.isFinite && (stepSize > 0 || stepSize == 0 && ball.radius == 0),
      "GradientAttack: stepSize is \(stepSize); expected a finite number above 0")
    require(
      randomStarts >= 0,
      "GradientAttack: randomStarts is \(randomStarts); expected 0 or more")
    self.ball = ball
    self.steps = steps
    self.stepSize = stepSize
    self.randomStarts = randomStarts
  }

  /// The fast gradient sign method, and its like in L2: one step from the sample, as far as ball and range allow.
  public static func fastGradient(within ball: PerturbationBall) -> GradientAttack {
    GradientAttack(within: ball, steps: 1, stepSize: ball.radius)
  }

  /// Projected gradient descent.
  ///
  /// - Parameters:
  ///   - ball: where a sample may be moved.
  ///   - steps: at least 1.
  ///   - stepSize: α; nil, the default, for 2.5·ε / steps, with which a run can reach the surface from anywhere and move along it.
  ///   - randomStarts: runs from a random place besides that from the sample, 0 or more.
  public static func projected(
    within ball: PerturbationBall, steps: Int = 40, stepSize: Float? = nil, randomStarts: Int = 1
  ) -> GradientAttack {
    GradientAttack(
      within: ball, steps: steps, stepSize: stepSize ?? 2.5 * ball.radius / Float(max(1, steps)),
      randomStarts: randomStarts)
  }

  /// Each sample, moved so that it is taken for another class if the attack finds how.
  ///
  /// - Parameters:
  ///   - inputs: shape [rows] + the classifier's input shape, or [rows, features]; within the ball's range.
  ///   - labels: the class of each. Inputs and classes that do not fit the classifier stop the program.
  ///   - classifier: that is attacked.
  ///   - mode: how it is used.
  ///   - noise: of the random starts (in the domain of evaluation: the start's number is the step) and of the classifier (in that of
  ///     sampling), from the stream's step on. For a part of the samples also at its first row: `noise.rows(from: 64)`.
  /// - Returns: the shape of `inputs`.
  public func adversaries(
    of inputs: Tensor, labels: [Int], against classifier: some DifferentiableClassifier,
    mode: InferenceMode = .clean, noise: NoiseStream
  ) -> Tensor {
    let centre = classifier.matrix(inputs, "GradientAttack")
    classifier.requireLabels(labels, rows: centre.shape[0], "GradientAttack")
    ball.requireInRange(centre, "GradientAttack")
    noise.requireSteps(randomStarts, "GradientAttack")
    var best = BestPlaces(centre)
    for run in 0...randomStarts {
      var place = centre
      if run > 0 {
        place = ball.randomPlace(
          around: centre, noise.at(step: noise.step + run - 1), site: "attack.start")
      }
      for round in 0..<steps {
        var logits: Tensor?
        let passes = mode.passes(noise, round: 1 + round, gradients: .input)
        let gradient = classifier.inputGradient(at: place, passes) { received in
          logits = received
          return crossEntropySlopes(received, labels)
        }
        // Without noise the gradient's logits are those of the answer.
        if mode == .clean, let logits {
          best.consider(place, PlaceScores(logits, labels))
        } else {
          best.consider(place, classifier.placeScores(place, labels, mode, noise))
        }
        let isFirst = run == 0 && round == 0
        let fast = isFirst ? ball.fastGradientPlace(around: centre, gradient) : nil
        if let fast, stepSize == ball.radius {
          place = fast
          continue
        }
        if let fast, triesFastGradient {
          best.consider(fast, classifier.placeScores(fast, labels, mode, noise))
        }
        place = ball.project(
          ball.step(place, along: gradient, length: stepSize), around: centre)
      }
      best.consider(place, classifier.placeScores(place, labels, mode, noise))
    }
    return best.places.reshaped(to: inputs.shape)
  }
}
