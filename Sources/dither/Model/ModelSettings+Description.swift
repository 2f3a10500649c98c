import DitherData
import DitherTraining

extension ModelSettings {
  /// The description of the model, with its noise.
  ///
  /// - Parameters:
  ///   - features: columns of the data.
  ///   - classes: of the data.
  /// - Throws: `InputError` for what the file of a model holds, `DataError` where there is none, `UsageError` for noise that
  ///   has no place in it.
  func description(features: Int, classes: Int) throws -> LayerDescription {
    var description =
      if let model { try LayerDescription(contentsOf: model) } else {
        try layers(features: features, classes: classes)
      }
    for text in noise ?? [] { try SiteNoise(text).add(to: &description) }
    return description
  }

  private func layers(features: Int, classes: Int) throws(UsageError) -> LayerDescription {
    let (activation, norm) = (try chosenActivation, try chosenNorm)
    let initializer = LayerDescription.Setting.text(try chosenInitializer.setting)
    func linear(_ inputs: Int, _ outputs: Int) -> LayerDescription {
      LayerDescription(
        "Linear",
        ["inputs": .integer(inputs), "outputs": .integer(outputs), "initializer": initializer])
    }
    var layers: [LayerDescription] = []
    var width = features
    for next in hidden ?? [] {
      layers.append(linear(width, next))
      switch norm {
      case .none: break
      case .layer: layers.append(LayerDescription("LayerNorm", ["features": .integer(next)]))
      case .batch: layers.append(LayerDescription("BatchNorm", ["features": .integer(next)]))
      }
      layers.append(LayerDescription(activation.layer))
      if let dropout, dropout > 0 {
        layers.append(LayerDescription("Dropout", ["rate": .double(dropout)]))
      }
      width = next
    }
    layers.append(linear(width, classes))
    return LayerDescription("Sequential", ["layers": .list(layers.map { .layer($0) })])
  }
}

extension LayerDescription {
  /// Reads a description from a file of JSON.
  ///
  /// - Throws: `DataError` where there is no file that can be read, `InputError` for what is in it.
  init(contentsOf path: String) throws {
    guard let text = String(validating: try DataFile.contents(of: path), as: UTF8.self) else {
      throw InputError("\(path): bytes that are no UTF-8; expected a model in JSON")
    }
    do throws(LayerDescriptionError) {
      self = try LayerDescription(json: text)
    } catch {
      throw InputError("\(path): \(error)")
    }
  }
}
