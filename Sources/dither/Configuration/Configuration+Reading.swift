import DitherTraining
import NoiseDistributions

extension Configuration {
  /// Reads the one object of a configuration.
  init(_ bytes: [UInt8]) throws(JSONFault) {
    var settings = Configuration()
    var reader = JSONReader(bytes)
    try reader.object { reader, name, start throws(JSONFault) in
      if let key = DataSettings.CodingKeys(stringValue: name) {
        try settings.data.read(key, &reader)
      } else if let key = ModelSettings.CodingKeys(stringValue: name) {
        try settings.model.read(key, &reader)
      } else if let key = OptimizerSettings.CodingKeys(stringValue: name) {
        try settings.optimizer.read(key, &reader)
      } else if let key = RunSettings.CodingKeys(stringValue: name) {
        try settings.run.read(key, &reader)
      } else {
        let nearest = nearestFirst(Self.keys, to: name).prefix(3).joined(separator: ", ")
        throw JSONFault(
          position: start, found: "there is no setting \"\(name.prefix(60))\"",
          expected: "another, of which the nearest are \(nearest)")
      }
    }
    try reader.end()
    self = settings
  }
}

extension DataSettings {
  fileprivate mutating func read(
    _ key: CodingKeys, _ reader: inout JSONReader
  ) throws(JSONFault) {
    switch key {
    case .data: data = try reader.text(key)
    case .images: images = try reader.text(key)
    case .labels: labels = try reader.text(key)
    case .header: header = try reader.truth(key)
    case .labelColumn: labelColumn = try reader.column(key)
    case .categoryColumn: categoryColumn = try reader.texts(key)
    case .classes: classes = try reader.whole(key)
    case .validationData: validationData = try reader.text(key)
    case .validationImages: validationImages = try reader.text(key)
    case .validationLabels: validationLabels = try reader.text(key)
    case .validationFraction: validationFraction = try reader.decimal(key)
    case .normalization: normalization = try reader.text(key)
    case .filters: filters = try reader.whole(key)
    case .frames: frames = try reader.whole(key)
    }
  }
}

extension ModelSettings {
  fileprivate mutating func read(
    _ key: CodingKeys, _ reader: inout JSONReader
  ) throws(JSONFault) {
    switch key {
    case .model: model = try reader.text(key)
    case .hidden: hidden = try reader.wholes(key)
    case .activation: activation = try reader.text(key)
    case .hiddenNorm: hiddenNorm = try reader.text(key)
    case .dropout: dropout = try reader.decimal(key)
    case .initializer: initializer = try reader.text(key)
    case .noise: noise = try reader.texts(key)
    }
  }
}

extension OptimizerSettings {
  fileprivate mutating func read(
    _ key: CodingKeys, _ reader: inout JSONReader
  ) throws(JSONFault) {
    switch key {
    case .optimizer: optimizer = try reader.text(key)
    case .learningRate: learningRate = try reader.decimal(key)
    case .weightDecay: weightDecay = try reader.decimal(key)
    case .momentum: momentum = try reader.decimal(key)
    case .nesterov: nesterov = try reader.truth(key)
    case .beta1: beta1 = try reader.decimal(key)
    case .beta2: beta2 = try reader.decimal(key)
    case .temperature: temperature = try reader.decimal(key)
    case .schedule: schedule = try reader.text(key)
    case .warmUp: warmUp = try reader.whole(key)
    case .maxNorm: maxNorm = try reader.decimal(key)
    case .clip: clip = try reader.decimal(key)
    case .gradientNoise: gradientNoise = try reader.text(key)
    case .labelSmoothing: labelSmoothing = try reader.decimal(key)
    }
  }
}

extension RunSettings {
  fileprivate mutating func read(
    _ key: CodingKeys, _ reader: inout JSONReader
  ) throws(JSONFault) {
    switch key {
    case .epochs: epochs = try reader.whole(key)
    case .batch: batch = try reader.whole(key)
    case .dropIncomplete: dropIncomplete = try reader.truth(key)
    case .seed: seed = try reader.seed(key)
    case .splitSeed: splitSeed = try reader.seed(key)
    case .noiseSeed: noiseSeed = try reader.seed(key)
    case .patience: patience = try reader.whole(key)
    case .stopOn: stopOn = try reader.text(key)
    case .saveEvery: saveEvery = try reader.whole(key)
    case .threads: threads = try reader.whole(key)
    }
  }
}
