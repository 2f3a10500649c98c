import DitherData
import DitherTensors
import Foundation

/// What is done to data before a run's network sees them, as the run's folder keeps it.
struct Preprocessing: Codable {
  var format: DataFormat
  /// Columns of the inputs.
  var features: Int
  /// The names of the columns; empty where they have none.
  var featureNames: [String]
  /// Fitted to the training part; nil for none.
  var normalization: Normalization?
  /// Rows of the training part, and a checksum of them before normalisation: a run goes on with the same data alone.
  var trainingRows: Int
  var trainingChecksum: String
  /// The same of the validation part; nil where there is none.
  var validationRows: Int?
  var validationChecksum: String?

  /// Classes: the format has them once data have been read.
  var classes: Int { format.classes ?? 0 }

  /// The name of each class: its number where it has none.
  var classNames: [String] {
    format.classNames.isEmpty ? (0..<classes).map(String.init) : format.classNames
  }

  /// Inputs as the network takes them.
  ///
  /// - Parameters:
  ///   - columns: the names of the inputs' columns; empty where they have none.
  ///   - name: of the data, for messages.
  ///   - hint: what may be the matter where there is another number of columns.
  /// - Throws: `InputError` where they have other columns, or numbers too great, before anything runs.
  func callAsFunction(
    _ inputs: Tensor, columns: [String], name: String, hint: String = ""
  ) throws(InputError) -> Tensor {
    if inputs.shape[1] != features {
      throw InputError(
        "\(name): rows of \(counted(inputs.shape[1], "feature")), shape \(inputs.shape); expected \(features), shape [rows, \(features)], as the run was trained on\(hint)"
      )
    }
    let sorted = try ordered(inputs, columns, of: name)
    guard let normalization else { return sorted }
    let normal = normalization(sorted)
    try requireFinite(normal, "normalised inputs", of: name)
    return normal
  }

  func callAsFunction(_ data: LabelledData) throws(InputError) -> LabelledData {
    LabelledData(
      inputs: try self(data.inputs, columns: data.featureNames, name: data.name),
      labels: data.labels, classes: data.classes, name: data.name, classNames: data.classNames,
      featureNames: featureNames)
  }

  /// Throws at what no run would have written.
  func requireSound(_ file: String) throws(InputError) {
    let columns = normalization?.mean.count ?? 1
    if features < 1 || classes < 1 || classes > 65_536 || (columns != 1 && columns != features)
      || ![0, features].contains(featureNames.count)
      || ![0, classes].contains(format.classNames.count)
      || Set(format.classNames).count != format.classNames.count
    {
      throw InputError(
        "\(file): \(features) features, \(classes) classes, \(columns) normalised columns, \(format.classNames.count) names of classes; expected numbers that belong together"
      )
    }
    if !SoundFeatures.filterRange.contains(format.filters)
      || !SoundFeatures.frameRange.contains(format.frames ?? 1)
    {
      throw InputError(
        "\(file): format with \(format.filters) filters and \(format.frames ?? 0) frames; expected \(SoundFeatures.filterRange.lowerBound) to \(SoundFeatures.filterRange.upperBound) filters, and frames from \(SoundFeatures.frameRange.lowerBound) to \(SoundFeatures.frameRange.upperBound)"
      )
    }
    guard let sound = format.sound else { return }
    if !SoundFeatures.filterRange.contains(sound.filters)
      || !SoundFeatures.sampleRateRange.contains(sound.sampleRate)
      || !SoundFeatures.frameRange.contains(sound.frames ?? 1) || sound.count != features
    {
      throw InputError(
        "\(file): sound of \(sound.sampleRate) samples a second, \(sound.filters) filters and \(sound.frames ?? 0) frames; expected \(features) features of it"
      )
    }
  }
}
