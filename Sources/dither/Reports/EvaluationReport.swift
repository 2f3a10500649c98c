import DitherData
import DitherTensors
import DitherTraining

/// How well a network answered, as a table and as JSON.
struct EvaluationReport: Encodable {
  var run: String
  var data: String
  var epoch: Int
  var rows: Int
  var accuracy: Double
  /// 95 %, of Wilson.
  var interval: [Double]
  var loss: Double
  var calibrationError: Double
  /// By the actual class, and within it by the predicted one; none where there are very many classes.
  var confusion: [[Int]]?
  var classNames: [String]
  var noise: [String] = []
  var samples: Int?
  var seed: UInt64?

  /// The most classes for each two of which there is a count.
  private static let mostClasses = 1000

  /// - Throws: `InputError` where outputs are so far apart that their loss is no number.
  init(_ run: TrainedRun, _ data: LabelledData, _ outputs: Tensor) throws(InputError) {
    var (accuracy, loss) = (Accuracy(), MeanLoss())
    var calibration = CalibrationError()
    accuracy.add(outputs, data.labels)
    loss.add(outputs, data.labels)
    calibration.add(outputs, data.labels)
    if !loss.value.isFinite {
      throw InputError(
        "\(data.name): a loss that is not finite; expected outputs that are nearer to each other")
    }
    self.run = run.folder.path
    self.data = data.name
    epoch = run.epoch
    rows = data.count
    self.accuracy = accuracy.value
    let interval = WilsonInterval(share: accuracy.value, rows: data.count)
    self.interval = [interval.lower, interval.upper]
    self.loss = loss.value
    calibrationError = calibration.value
    classNames = run.preprocessing.classNames
    let classes = run.preprocessing.classes
    if classes <= Self.mostClasses {
      var matrix = ConfusionMatrix(classes: classes)
      matrix.add(outputs, data.labels)
      confusion = (0..<classes).map { actual in (0..<classes).map { matrix[actual, $0] } }
    }
  }

  var text: String {
    var facts = [["data", "\(data), \(counted(rows, "row"))"]]
    if !noise.isEmpty { facts.append(["noise on inputs", noise.joined(separator: ", ")]) }
    if let samples { facts.append(["noisy passes", String(samples)]) }
    if let seed { facts.append(["seed", String(seed)]) }
    facts += [
      ["accuracy", percentage(accuracy, ofRows: rows)], ["loss", figure(loss)],
      ["calibration error", figure(calibrationError)],
    ]
    let table = confusion.map { "\n\n" + ConfusionTable(classNames, $0).text } ?? ""
    return Table(rows: facts, words: [1]).text + table
  }
}

/// How often each class was taken for each, within 80 columns.
struct ConfusionTable {
  private let names: [String]
  private let counts: [[Int]]

  private static let width = 80

  init(_ names: [String], _ counts: [[Int]]) { (self.names, self.counts) = (names, counts) }

  var text: String {
    for length in [20, 10, 6, 4] {
      let short = names.map { $0.shortened(to: length) }
      let table = Table(
        header: ["actual \\ predicted"] + short + ["right"],
        rows: names.indices.map { row in
          [short[row]] + counts[row].map(String.init) + [recall(row)]
        }
      ).text
      let widest = table.split(separator: "\n").map(\.count).max() ?? 0
      if widest <= Self.width { return table }
    }
    return list
  }

  /// The share of a class that was answered rightly.
  private func recall(_ row: Int) -> String {
    let total = counts[row].reduce(0, +)
    return total == 0 ? "–" : percent(Double(counts[row][row]) / Double(total)) + " %"
  }

  /// Of many classes the most frequent confusions alone.
  private var list: String {
    var mistakes: [(actual: Int, predicted: Int, count: Int)] = []
    for actual in names.indices {
      for predicted in names.indices where predicted != actual && counts[actual][predicted] > 0 {
        mistakes.append((actual, predicted, counts[actual][predicted]))
      }
    }
    // Of equal counts the first in the order of classes.
    let most = mistakes.sorted {
      $0.count != $1.count
        ? $0.count > $1.count : ($0.actual, $0.predicted) < ($1.actual, $1.predicted)
    }.prefix(15)
    if most.isEmpty { return "No row was taken for one of another class." }
    return Table(
      header: ["actual", "predicted", "rows"],
      rows: most.map { mistake in
        [
          names[mistake.actual].shortened(to: 30), names[mistake.predicted].shortened(to: 30),
          String(mistake.count),
        ]
      }, words: [1]
    ).text
  }
}
