import Layers

/// How an agent comes to try what does not look best.
enum Exploration: String, CaseIterable, Codable, Sendable {
  /// A random action with a probability ε, which falls from 1 to 0.1 over the first hundred episodes.
  case epsilonGreedy = "ε-greedy"
  /// Noisy layers, whose noise is drawn anew for each action (Fortunato et al. 2018, algorithm 1).
  case noisePerAction = "noisy layers, a draw an action"
  /// Noisy layers, whose noise is held for an episode: one sample of the network makes all of its choices.
  case noisePerEpisode = "noisy layers, a draw an episode"

  /// The probability of a random action.
  func epsilon(episode: Int) -> Float {
    self == .epsilonGreedy ? max(1 - 0.9 * Float(episode) / 100, 0.1) : 0
  }

  /// The values of both actions in a state: two hidden layers of 16.
  func network(inputs: Int, seed: UInt64) -> Sequential {
    let hidden = 16
    return Sequential(seed: seed) {
      layer(inputs, hidden)
      ReLU()
      layer(hidden, hidden)
      ReLU()
      layer(hidden, 2)
    }
  }

  private func layer(_ inputs: Int, _ outputs: Int) -> any Layer {
    if self == .epsilonGreedy {
      Linear(inputs: inputs, outputs: outputs, initializer: .heUniform)
    } else {
      NoisyLinear(inputs: inputs, outputs: outputs)
    }
  }
}
