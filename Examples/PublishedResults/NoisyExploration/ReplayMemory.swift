import NoiseDistributions

/// What an action led to.
struct Transition {
  var state: Int
  var action: Chain.Action
  var reward: Float
  var nextState: Int
  /// Whether nothing is to be expected of the next state.
  var endsEpisode: Bool
}

/// The last transitions, of which an agent learns again and again.
struct ReplayMemory {
  static let capacity = 100_000

  private var transitions: [Transition] = []
  private var oldest = 0

  mutating func add(_ transition: Transition) {
    if transitions.count < Self.capacity {
      transitions.append(transition)
    } else {
      transitions[oldest] = transition
      oldest = (oldest + 1) % Self.capacity
    }
  }

  /// Transitions, each as likely as any other: a function of the stream and its step.
  func sample(_ count: Int, from stream: NoiseStream) -> [Transition] {
    stream.in(.shuffling)
      .draws(from: Uniform(low: 0, high: 1), site: "replay", rows: 1, columns: count)
      .map { transitions[min(Int($0 * Float(transitions.count)), transitions.count - 1)] }
  }
}
