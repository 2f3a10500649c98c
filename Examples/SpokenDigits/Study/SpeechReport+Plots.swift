import DitherCharts
package import ExampleSupport

extension SpeechReport {
  /// A picture and its file's name.
  package struct Plot: Sendable {
    package var name: String
    package var svg: String
  }

  /// Accuracy against the signal-to-noise ratio, by the official split and for speakers who are left out.
  package var plots: [Plot] {
    [
      plot("official", official, "Test recordings of the speakers that train"),
      plot("speakers", allSpeakers, "Speakers who do not train, the mean over \(speakers.count)"),
    ]
  }

  /// Writes the pictures in a folder.
  package func writePlots(to folder: OutputFolder) throws(FileError) {
    for plot in plots { try folder.write(plot.svg, to: "\(plot.name).svg") }
  }

  /// Where on the axis of decibels recordings without noise stand.
  private static let cleanPlace = 27.0

  private func plot(_ name: String, _ split: Split, _ title: String) -> Plot {
    let accuracies = split.networks.flatMap { $0.results.map(\.accuracy.mean) }
    let vertical = Axis("accuracy", Scale(.linear, holding: accuracies), suffix: " %")
    let charts = TestCondition.Noise.allCases.map { noise in
      Chart(
        title: noise == .white ? "White noise" : "Babble, which no network trains on",
        horizontal: Axis(
          "signal-to-noise ratio", Scale(.linear, from: -1.5, to: Self.cleanPlace + 1.5),
          ticks: TestCondition.ratios.map(Double.init).sorted(), suffix: " dB"),
        vertical: .values(vertical), series: split.networks.map { series($0, noise) },
        rules: [Rule("without test noise", .vertical, at: Self.cleanPlace)])
    }
    let figure = Figure(
      title: title,
      caption: "Spoken digits: networks trained with and without noise, mean of "
        + "\(ResultsFile.counted(seeds.count, "seed")).",
      charts: charts, columns: 2, height: 260)
    return Plot(name: name, svg: figure.svg())
  }

  private func series(_ network: Network, _ noise: TestCondition.Noise) -> Series {
    let points = ([TestCondition.clean] + TestCondition.of(noise)).map { condition in
      let accuracy = network.result(condition).accuracy
      let place = condition.decibels.map(Double.init) ?? Self.cleanPlace
      return Point(x: place, y: accuracy.mean, description: accuracy.text)
    }
    let kind = TrainingNoise.Kind.allCases.firstIndex(of: network.kind)!
    return Series(
      network.kind.title, .line, kind == 0 ? .emphasised : .ordinary(kind - 1), points)
  }
}
