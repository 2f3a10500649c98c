import DitherRuntime
import DitherTensors
import Layers
import NoiseDistributions

/// How a classifier is asked for its answer.
public enum InferenceMode: Hashable, Sendable {
  /// Without noise: the class of the greatest logit.
  case clean
  /// With its own noise, for a network that keeps it when it is used: the class of the greatest mean of softmax(logits) over so many
  /// draws. What follows a gradient follows its mean over as many (expectation over transformation: Athalye, Engstrom, Ilyas & Kwok 2018,
  /// *Synthesizing robust adversarial examples*), so that noise cannot fake robustness by hiding the gradient.
  ///
  /// Each draw is at a step of its own. A stream whose step is held (`NoiseStream.frozen()`) has a single one, and more stop the program.
  case sampled(draws: Int)

  /// Draws that an answer takes; 0 where it takes none.
  var draws: Int {
    switch self {
    case .clean: return 0
    case .sampled(let draws):
      require(draws >= 1, "InferenceMode.sampled: draws is \(draws); expected at least 1")
      return draws
    }
  }

  /// The passes that one answer is the mean of.
  ///
  /// - Parameters:
  ///   - noise: at the first step and the first row of the samples.
  ///   - round: 0 for answers, 1 and more for the rounds of what follows gradients: no two share a draw.
  ///   - gradients: that the passes want.
  func passes(
    _ noise: NoiseStream, round: Int = 0, gradients: Pass.Gradients = .none
  ) -> [Pass] {
    guard case .sampled = self else {
      return [gradients.isEmpty ? .inference : .withoutNoise(gradients: gradients)]
    }
    noise.requireSteps((round + 1) * draws, "InferenceMode.sampled")
    let first = noise.step + round * draws
    return (0..<draws).map { .sampling(noise.at(step: first + $0), gradients: gradients) }
  }
}
