import DitherData
import DitherTensors

/// The data of a run: read, split, and normalised by the training part alone.
struct PreparedData {
  var training: LabelledData
  var validation: LabelledData?
  var preprocessing: Preprocessing
}

extension PreparedData {
  /// - Parameter configuration: resolved.
  init(_ configuration: Configuration) throws {
    let settings = configuration.data
    let location = try settings.requireLocation()
    var format = DataFormat(settings)
    let data = try format.labelledData(at: location)
    try settings.requireUsed(at: location, isSound: format.sound != nil)
    format.learn(from: data)
    let present = Set(data.labels)
    if present.count < 2 {
      throw InputError(
        "\(data.name): rows of \(counted(present.count, "class")); expected 2 classes at least")
    }
    if settings.classes == nil,
      let absent = (0..<data.classes).first(where: { !present.contains($0) })
    {
      // As where labels count from 1.
      StandardStreams.note(
        "\(data.name): no row of class \(absent), of the \(data.classes) classes from 0 to the greatest label; the network answers with it all the same"
      )
    }
    var (part, rest): (LabelledData, LabelledData?) = (data, nil)
    if let location = try settings.validationLocation {
      rest = try format.labelledData(
        at: location, labelsKey: DataSettings.CodingKeys.validationLabels)
    } else if let fraction = settings.validationFraction, fraction > 0 {
      let parts = data.stratifiedSplit(
        testFraction: fraction, seed: configuration.run.splitSeed ?? 0)
      (part, rest) = (parts.training, parts.test.count > 0 ? parts.test : nil)
    }
    if part.count == 0 {
      throw InputError(
        "\(data.name): \(counted(data.count, "row")), all of them for validation; expected more rows, or a smaller --validation-fraction"
      )
    }
    if let absent = present.subtracting(part.labels).min() {
      let name = data.classNames.isEmpty ? "\(absent)" : "\"\(data.classNames[absent])\""
      StandardStreams.note(
        "\(data.name): no training row of class \(name), all of whose rows are for validation; the network cannot learn it"
      )
    }
    let normalization: Normalization? =
      switch try settings.normalized {
      case .none: nil
      case .columns: Normalization(fittedTo: part.inputs)
      case .all: Normalization(fittedTo: part.inputs, overall: true)
      }
    preprocessing = Preprocessing(
      format: format, features: part.features, featureNames: part.featureNames,
      normalization: normalization, trainingRows: part.count,
      trainingChecksum: part.checksum, validationRows: rest?.count,
      validationChecksum: rest?.checksum)
    training = try preprocessing(part)
    validation = try rest.map { try preprocessing($0) }
  }

  /// The same data with the classes of a network, which may have more outputs than there are numbers among the labels.
  mutating func widen(toClasses classes: Int) {
    preprocessing.format.classes = classes
    training = training.widened(toClasses: classes)
    validation = validation?.widened(toClasses: classes)
  }
}

extension LabelledData {
  fileprivate func widened(toClasses classes: Int) -> LabelledData {
    LabelledData(
      inputs: inputs, labels: labels, classes: classes, name: name, featureNames: featureNames)
  }
}
