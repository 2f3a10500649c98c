/// The names in the metadata of a checkpoint's file, and the names that begin those of its tensors.
enum CheckpointKey {
  /// What every name of the library's own begins with.
  static let prefix = "dither."
  static let format = "dither.checkpoint"
  static let streamVersion = "dither.stream-version"
  static let step = "dither.step"
  static let epoch = "dither.epoch"
  static let batch = "dither.batch"
  static let noiseSeed = "dither.noise-seed"
  static let optimizer = "dither.optimizer"
  static let weightAverage = "dither.weight-average"
  static let averageKind = "dither.weight-average-kind"
  static let training = "dither.training"
  static let model = "dither.model"
  static let checksum = "dither.checksum"

  // No parameter's name holds a #.
  static let reserved = "#"
  static let optimizerTensors = "#optimizer."
  static let averageTensors = "#average."
  static let bestTensors = "#best."
}
