import ArgumentParser

/// How a table is read.
struct TableOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo, help: "Whether the first line of a CSV file has the columns' names.")
  var header: Bool?

  @Option(
    help: ArgumentHelp(
      "The column of a CSV file with the label: its name, its place from 0, or last. (default: last)",
      valueName: "column"))
  var labelColumn: String?
}

/// Where data are, and how a table is read.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A CSV file, or a folder with one sub-folder a class, of WAV recordings or of IDX or NPY arrays; \(DataLocation.nameOfDigits) for the handwritten digits that come with the program.",
      valueName: "path"),
    completion: .file())
  var data: String?

  @Option(
    help: ArgumentHelp(
      "An IDX or NPY file of inputs, the first axis the samples.", valueName: "file"),
    completion: .file())
  var images: String?

  @Option(
    help: ArgumentHelp("An IDX or NPY file of their labels, from 0.", valueName: "file"),
    completion: .file())
  var labels: String?

  @OptionGroup var table: TableOptions

  var settings: DataSettings {
    DataSettings(
      data: data, images: images, labels: labels, header: table.header,
      labelColumn: table.labelColumn)
  }
}

/// What is done to the data of a training.
struct PreparationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A column of a CSV file whose fields are categories, not numbers. May be repeated.",
      valueName: "name"))
  var categoryColumn: [String] = []

  @Option(
    help: ArgumentHelp(
      "The number of classes, where labels are numbers. (default: the greatest, plus 1)",
      valueName: "n"))
  var classes: Int?

  @Option(
    help: ArgumentHelp(
      "Take off the training part's mean and divide by its standard deviation: of columns, of all together, or none. (default: all of --images, columns of others)",
      valueName: "how"),
    completion: .list(DataSettings.Normalized.allCases.map(\.rawValue)))
  var normalization: String?

  @Option(
    help: ArgumentHelp(
      "Log-mel filters of recordings, 1 to 100. (default: 40)", valueName: "n"))
  var filters: Int?

  @Option(
    help: ArgumentHelp(
      "Frames of 10 ms that are kept of each recording. (default: the mean and standard deviation over all)",
      valueName: "n"))
  var frames: Int?

  /// These settings with those that all commands have.
  func settings(_ data: DataOptions) -> DataSettings {
    var settings = data.settings
    settings.categoryColumn = categoryColumn.isEmpty ? nil : categoryColumn
    settings.classes = classes
    settings.normalization = normalization
    settings.filters = filters
    settings.frames = frames
    return settings
  }
}

/// What is done to the data of a training, and what it is looked at by.
struct TrainingDataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The share of each class that is kept from training, to look at. (default: 0.1)",
      valueName: "share"))
  var validationFraction: Double?

  @Option(
    help: ArgumentHelp("Validation data of their own, as --data.", valueName: "path"),
    completion: .file())
  var validationData: String?

  @Option(
    help: ArgumentHelp("Validation data of their own, as --images.", valueName: "file"),
    completion: .file())
  var validationImages: String?

  @Option(
    help: ArgumentHelp("Their labels, as --labels.", valueName: "file"), completion: .file())
  var validationLabels: String?

  @OptionGroup var preparation: PreparationOptions

  /// These settings with those that all commands have.
  func settings(_ data: DataOptions) -> DataSettings {
    var settings = preparation.settings(data)
    settings.validationFraction = validationFraction
    settings.validationData = validationData
    settings.validationImages = validationImages
    settings.validationLabels = validationLabels
    return settings
  }
}
