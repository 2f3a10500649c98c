import DitherData
import DitherRobustness
import DitherTensors
import Foundation

/// The data of a study: read, split in three, and normalised by the training part alone.
struct StudyData: Sendable {
  let name: String
  /// Of the data, what is for the test among them where it has no place of its own: what a training by the same settings sees.
  let rows: Int
  let training: LabelledData
  let validation: LabelledData
  /// Looked at once, at the end.
  let test: LabelledData
  let preprocessing: Preprocessing
  /// That fits them.
  let model: LayerModel
  /// Whether the model has noise of its own, as by --dropout.
  let hasNoise: Bool
  /// Where each row is an image of grey pixels.
  let image: ImageShape?
  /// The least and the greatest number of the training inputs; of images black and white.
  let range: ClosedRange<Float>
  /// The standard deviation of the training inputs, to two digits.
  let unit: Float

  /// - Throws: `UsageError`, `InputError`, `DataError`, `SearchError`, before anything is trained.
  init(_ settings: StudySettings) throws {
    let location = try settings.training.data.requireLocation()
    var format = DataFormat(settings.training.data)
    let read = try format.labelledData(at: location)
    try settings.training.data.requireUsed(at: location, isSound: format.sound != nil)
    format.learn(from: read)
    let present = Set(read.labels).count
    if present < 2 {
      throw InputError(
        "\(read.name): rows of \(counted(present, "class")); expected 2 classes at least")
    }
    let (rest, test) = try Self.parts(read, settings, &format)
    let (training, validation) = try NetworkTrials.split(
      rest, folds: settings.folds, seed: settings.seed)
    for (part, name) in [(training, "training"), (validation, "validation")] where part.count < 2 {
      throw InputError(
        "\(read.name): \(counted(part.count, "row")) for \(name); expected 2 at least, or a smaller --test-fraction"
      )
    }
    let normalized = try settings.training.data.normalized
    let normalization: Normalization? =
      switch normalized {
      case .none: nil
      case .columns: Normalization(fittedTo: training.inputs)
      case .all: Normalization(fittedTo: training.inputs, overall: true)
      }
    let preprocessing = Preprocessing(
      format: format, features: training.features, featureNames: training.featureNames,
      normalization: normalization, trainingRows: training.count,
      trainingChecksum: training.checksum, validationRows: validation.count,
      validationChecksum: validation.checksum)
    var prepared = PreparedData(
      training: try preprocessing(training), validation: try preprocessing(validation),
      preprocessing: preprocessing)
    let prepareTest = try preprocessing(test)
    let model = LayerModel(
      description: try settings.training.model.description(
        features: training.features, classes: training.classes),
      name: settings.training.model.model ?? "the network",
      optimizer: settings.training.optimizer)
    let network = try makeNetwork(
      model.description, model.name, for: &prepared, seed: settings.seed)
    try TrainingJob.requireBatches(settings.training, prepared, network, mayDrop: false)
    hasNoise = network.hasNoise(features: training.features)

    (name, rows) = (read.name, read.count)
    self.model = model
    self.training = prepared.training.named("the training rows")
    self.validation = prepared.validation!
    self.preprocessing = prepared.preprocessing
    self.test = LabelledData(
      inputs: prepareTest.inputs, labels: test.labels, classes: prepared.preprocessing.classes,
      name: test.name, featureNames: prepared.training.featureNames)
    // Where columns are normalised each alone, black is another number in each.
    let pixels =
      normalized == .columns ? nil : try PixelImage(location, [read.inputs, test.inputs])
    if let pixels {
      let ends = Tensor([0, pixels.white])
      let taken = normalization.map { $0(ends) } ?? ends
      range = taken.scalars[0]...taken.scalars[1]
      image = ImageShape(height: pixels.height, width: pixels.width, range: range)
    } else {
      range = prepared.training.inputs.minimum()...prepared.training.inputs.maximum()
      image = nil
    }
    if range.lowerBound == range.upperBound {
      throw InputError(
        "\(name): all inputs are \(range.lowerBound); expected numbers that differ")
    }
    let deviation = Normalization(fittedTo: prepared.training.inputs, overall: true)
    unit = twoDigits(deviation.standardDeviation[0])
    try settings.testNoise.requireBounded(byUnit: unit)
  }

  /// What is for training and validation, and what for the test.
  private static func parts(
    _ data: LabelledData, _ settings: StudySettings, _ format: inout DataFormat
  ) throws -> (rest: LabelledData, test: LabelledData) {
    if let location = settings.testLocation {
      return (data, try format.labelledData(at: location, labelsKey: StudySettings.Key.testLabels))
    }
    let fraction = settings.testFraction ?? 0
    let (rest, test) = data.stratifiedSplit(testFraction: fraction, seed: settings.seed)
    if test.count < 2 {
      throw InputError(
        "\(data.name): \(counted(data.count, "row")), of which --test-fraction \(fraction) is \(test.count); expected 2 rows to test on at least"
      )
    }
    return (rest, test)
  }
}

extension LabelledData {
  /// The same rows, whatever the place that they were read from.
  fileprivate func named(_ name: String) -> LabelledData {
    LabelledData(
      inputs: inputs, labels: labels, classes: classes, name: name, classNames: classNames,
      featureNames: featureNames)
  }
}

/// A number of two significant digits near another, so that what is made of it is short to write.
func twoDigits(_ number: Float) -> Float { Float(String(format: "%.2g", number)) ?? number }
