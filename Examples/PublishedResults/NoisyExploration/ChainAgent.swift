import DitherTensors
import Layers
import NoiseDistributions
import Optimizers

/// Deep Q-learning on a chain (Mnih et al. 2015): a network of the actions' values, a memory of what happened, and a copy of
/// the network, renewed now and then, that says what is to be expected.
struct ChainAgent {
  static let batchSize = 32
  static let learningRate = 1e-3
  static let discount: Float = 0.999
  static let stepsBetweenTargets = 100
  static let episodesBeforeLearning = 5

  let exploration: Exploration
  private let network: Sequential
  private var target: Sequential
  private let optimizer: Adam
  private var memory = ReplayMemory()
  private var actions = 0
  // Two seeds, so that what an agent does and what it learns of share no draw.
  private let acting: NoiseStream
  private let learning: NoiseStream

  init(_ exploration: Exploration, chain: Chain, seed: UInt64) {
    self.exploration = exploration
    network = exploration.network(inputs: chain.length, seed: seed)
    target = network.copy()
    optimizer = Adam(network.parameters, learningRate: Self.learningRate)
    acting = NoiseStream(seed: 2 * seed)
    learning = NoiseStream(seed: 2 * seed + 1)
  }

  /// Plays an episode and learns after each action.
  mutating func play(_ chain: inout Chain, episode: Int) {
    chain.restart()
    while !chain.isOver {
      memory.add(chain.step(action(in: chain, episode: episode)))
      actions += 1
      if episode >= Self.episodesBeforeLearning { learn(chain) }
    }
  }

  /// The best action in every state, by the network without its noise.
  func policy(_ chain: Chain) -> [Chain.Action] {
    Self.bestActions(network(chain.observations(of: Array(0..<chain.length))))
  }

  private func action(in chain: Chain, episode: Int) -> Chain.Action {
    let now = acting.at(step: actions)
    let epsilon = exploration.epsilon(episode: episode)
    if epsilon > 0 {
      let draws = now.in(.evaluation).draws(
        from: Uniform(low: 0, high: 1), site: "epsilon", rows: 1, columns: 2)
      if draws[0] < epsilon { return draws[1] < 0.5 ? .left : .right }
    }
    // The step is a part of a draw's address: one number for a whole episode gives one network for all of it.
    let noise = exploration == .noisePerEpisode ? acting.at(step: episode) : now
    let observation = chain.observations(of: [chain.state])
    return Self.bestActions(network.forward(observation, .sampling(noise)).output)[0]
  }

  /// One step of the optimizer on transitions from the memory.
  private mutating func learn(_ chain: Chain) {
    let step = optimizer.stepCount
    if step % Self.stepsBetweenTargets == 0 { target = network.copy() }
    let now = learning.at(step: step)
    let transitions = memory.sample(Self.batchSize, from: now)

    // The domains of sampling and training differ, and with them the noise of the two networks.
    let nextObservations = chain.observations(of: transitions.map(\.nextState))
    let expected = target.forward(nextObservations, .sampling(now)).output.rowMaxima()
    let (values, pullback) = network.forward(
      chain.observations(of: transitions.map(\.state)), .training(now))
    // The other action's value is its own target: an error of 0.
    var targets = values
    for (row, transition) in transitions.enumerated() {
      let future = transition.endsEpisode ? 0 : Self.discount * expected[row]
      targets[row, transition.action.rawValue] = transition.reward + future
    }
    pullback(huberLoss(values, targets).gradient)
    optimizer.step()
  }

  private static func bestActions(_ values: Tensor) -> [Chain.Action] {
    values.indicesOfRowMaxima().map { $0 == 0 ? .left : .right }
  }
}
