import DitherTensors

/// A chain of states that only a long run of right choices rewards (Osband et al. 2016, section 5.1).
///
/// States are numbered from 0. An episode begins in the second and has length + 9 states, the first included, so
/// length + 8 actions. Going left in the first state is worth 1/1000, going right in the last one 1, and nothing else is worth
/// anything: the best an episode can bring is 10, and all that is near says to go left.
struct Chain {
  enum Action: Int {
    case left = 0
    case right = 1
  }

  static let bestReturn: Float = 10
  private static let start = 1

  /// The number of states, at least 3.
  let length: Int
  private(set) var state = Chain.start
  private var actions = 0

  init(length: Int) { self.length = length }

  var isOver: Bool { actions == length + 8 }

  mutating func restart() { self = Chain(length: length) }

  /// Takes an action, and says what happened.
  mutating func step(_ action: Action) -> Transition {
    let before = state
    let reward: Float
    switch action {
    case .left:
      reward = state == 0 ? 1e-3 : 0
      state = max(state - 1, 0)
    case .right:
      reward = state == length - 1 ? 1 : 0
      state = min(state + 1, length - 1)
    }
    actions += 1
    return Transition(
      state: before, action: action, reward: reward, nextState: state, endsEpisode: isOver)
  }

  /// What an agent sees of states: a row for each, with a 1 for every state up to it (a thermometer).
  func observations(of states: [Int]) -> Tensor {
    Tensor(uninitialized: [states.count, length]) { span in
      for (row, state) in states.enumerated() {
        for column in 0..<length {
          span[row * length + column] = column <= state ? 1 : 0
        }
      }
    }
  }

  /// What an episode brings that follows a policy.
  ///
  /// - Parameter policy: the action in each state.
  static func episodeReturn(of policy: [Action]) -> Float {
    var chain = Chain(length: policy.count)
    var sum: Float = 0
    while !chain.isOver { sum += chain.step(policy[chain.state]).reward }
    return sum
  }
}
