import ExampleSupport

extension SpeechReport {
  /// The splits that leave a speaker out, together: the accuracies of a seed are means over the speakers, and the intervals of
  /// differences are those over the speakers.
  package var allSpeakers: Split {
    var all = leavingOut[0]
    all.leftOut = nil
    all.test = leavingOut.reduce(0) { $0 + $1.test }
    for network in all.networks.indices {
      for place in all.networks[network].results.indices {
        let results = leavingOut.map { $0.networks[network].results[place] }
        all.networks[network].results[place].accuracy = Measured(
          seeds.indices.map { seed in
            results.reduce(0) { $0 + $1.accuracy.seeds[seed] } / Double(results.count)
          })
        let differences = results.compactMap { $0.difference?.mean }
        if !differences.isEmpty {
          all.networks[network].results[place].difference = Difference(ofSpeakers: differences)
        }
      }
    }
    return all
  }
}
