import ExampleSupport

extension SpeechReport {
  package var text: String {
    let head = """
      \(recordings) recordings of \(speakers.count) speakers, networks \
      \(layers.map(String.init).joined(separator: "-")), \(ResultsFile.counted(epochs, "epoch")), \
      \(ResultsFile.counted(seeds.count, "seed")), \(draws) draws of the test noise.
      """
    let all = allSpeakers
    let sections = [
      head,
      "Official split: \(official.training) training and \(official.test) test recordings.",
      accuracies(official, .white, showsNoise: true), differences(official, .white),
      accuracies(official, .babble), differences(official, .babble),
      """
      Leaving one speaker out: \(leavingOut.map { String($0.training) }.joined(separator: ", ")) training and \
      \(all.test) test recordings in all.
      """,
      accuracies(all, .white), differences(all, .white),
      accuracies(all, .babble), differences(all, .babble),
      speakerTable,
    ]
    return sections.joined(separator: "\n\n")
  }

  private static func conditions(_ noise: TestCondition.Noise) -> [TestCondition] {
    [.clean] + TestCondition.of(noise) + [TestCondition(noise: noise)]
  }

  private static func heading(_ condition: TestCondition) -> String {
    guard condition.noise != nil else { return "clean" }
    return condition.decibels.map { "\(Int($0)) dB" } ?? "mean of the \(TestCondition.ratios.count)"
  }

  /// Mean accuracies with half the 95 % interval over the seeds.
  private func accuracies(
    _ split: Split, _ noise: TestCondition.Noise, showsNoise: Bool = false
  ) -> String {
    let conditions = Self.conditions(noise)
    let head =
      ["\(noise.rawValue): accuracy, %"] + (showsNoise ? ["setting"] : [])
      + conditions.map(Self.heading)
    let rows = split.networks.map { network in
      [network.kind.title] + (showsNoise ? [network.noise.text] : [])
        + conditions.map { network.result($0).accuracy.text }
    }
    return ResultsFile.table([head] + rows)
  }

  /// Differences from the networks without noise, in points, with their 95 % intervals.
  private func differences(_ split: Split, _ noise: TestCondition.Noise) -> String {
    let conditions = Self.conditions(noise)
    let head = ["\(noise.rawValue): points more than no noise"] + conditions.map(Self.heading)
    let rows = split.networks.filter { $0.kind != .none }.map { network in
      [network.kind.title] + conditions.map { network.result($0).difference?.text ?? "" }
    }
    return ResultsFile.table([head] + rows)
  }

  /// What each speaker brings to the means over the ratios.
  private var speakerTable: String {
    let head =
      ["trained with", "test noise, mean of the \(TestCondition.ratios.count)"]
      + leavingOut.map { "without \($0.leftOut ?? "")" }
    let rows = TrainingNoise.Kind.allCases.indices.dropFirst().flatMap { kind in
      TestCondition.Noise.allCases.map { noise in
        [official.networks[kind].kind.title, noise.rawValue]
          + leavingOut.map {
            $0.networks[kind].result(TestCondition(noise: noise)).difference?.text ?? ""
          }
      }
    }
    return ResultsFile.table([head] + rows)
  }
}
