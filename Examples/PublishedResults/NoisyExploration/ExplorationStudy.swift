import ExampleSupport

/// How long agents take to solve chains, each alone on one thread.
struct ExplorationStudy: Sendable {
  /// The numbers of states of the chains.
  let lengths: [Int]
  let agents: [Exploration]
  let seeds: [UInt64]
  /// After how many episodes an agent is given up.
  let episodes: Int

  /// A chain is solved when so many episodes one after the other would bring the most that they can.
  static let solvedAfter = 100

  /// Trains every agent on every chain, several at once.
  func run(threads: Int) async -> [ExplorationReport.Row] {
    // The longest chains first: the last to end is then a short one.
    let kinds = lengths.flatMap { length in agents.map { (length, $0) } }
    let jobs = kinds.indices.reversed().flatMap { kind in seeds.indices.map { (kind, $0) } }
    let bar = ProgressBar(total: jobs.count, unit: 1, label: "agents")
    let solved = await inParallel(jobs.count, threads: threads) { job in
      let (kind, seed) = jobs[job]
      defer { bar.advance() }
      return episodesToSolve(length: kinds[kind].0, kinds[kind].1, seed: seeds[seed])
    }
    bar.finish()
    var rows = kinds.map { length, agent in
      ExplorationReport.Row(
        length: length, exploration: agent, episodes: Array(repeating: nil, count: seeds.count))
    }
    for ((kind, seed), episodes) in zip(jobs, solved) { rows[kind].episodes[seed] = episodes }
    return rows
  }

  /// Trains one agent.
  ///
  /// After each episode, the best actions of the network without its noise are tried on a chain of their own.
  ///
  /// - Returns: the episodes played when the chain was solved; nil where it was not.
  func episodesToSolve(length: Int, _ exploration: Exploration, seed: UInt64) -> Int? {
    var chain = Chain(length: length)
    var agent = ChainAgent(exploration, chain: chain, seed: seed)
    var best = 0
    for episode in 0..<episodes {
      agent.play(&chain, episode: episode)
      let isBest = Chain.episodeReturn(of: agent.policy(chain)) == Chain.bestReturn
      best = isBest ? best + 1 : 0
      if best == Self.solvedAfter { return episode + 1 }
    }
    return nil
  }
}
