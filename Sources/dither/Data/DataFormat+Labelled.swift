import DitherData
import DitherTensors

extension DataFormat {
  /// Reads labelled data.
  ///
  /// - Throws: `DataError`, `InputError` and `UsageError`.
  mutating func labelledData(at location: DataLocation) throws -> LabelledData {
    let data =
      switch location {
      case .table(let path): try table(path)
      case .pair(let inputs, let labels?):
        try LabelledData(inputsAt: inputs, labelsAt: labels, classes: classes, name: inputs)
      case .pair(let inputs, nil):
        throw UsageError("\(inputs) without labels; expected their file beside it, with --labels")
      case .folder(let path): try folder(path)
      case .recording(let path):
        throw UsageError("\(path) has no label; expected a folder with one sub-folder a class")
      }
    if data.count == 0 || data.features == 0 {
      throw InputError(
        "\(location.description): inputs of shape \(data.inputs.shape); expected a row and a column at least"
      )
    }
    return data
  }

  private func table(_ path: String) throws -> LabelledData {
    if !classNames.isEmpty {
      return try LabelledData(
        contentsOf: path, format: table(labels: .listed(classNames)), name: path)
    }
    do {
      return try LabelledData(
        contentsOf: path, format: table(labels: nil), classes: classes, name: path)
    } catch DataError.notANumber where classes == nil {
      // Labels that are names, or a field that is bad whatever the labels are.
      return try LabelledData(
        contentsOf: path, format: table(labels: .byFirstAppearance), name: path)
    }
  }

  private mutating func folder(_ path: String) throws -> LabelledData {
    let folders = try ClassFolders(contentsOf: path)
    let paths = folders.files.map(\.path)
    if paths.isEmpty { throw DataError.empty(file: path) }
    let data: LabelledData
    if paths.contains(where: isRecording) {
      data = LabelledData(
        inputs: try hear(paths), labels: folders.files.map(\.label),
        classes: folders.classNames.count, name: path, classNames: folders.classNames)
    } else {
      data = try LabelledData(folders, name: path)
    }
    return try numbered(data)
  }

  /// The classes under the numbers that they have in this format, whatever folders there are.
  private func numbered(_ data: LabelledData) throws(InputError) -> LabelledData {
    guard let classes else { return data }
    let known = classNames.isEmpty ? (0..<classes).map(String.init) : classNames
    var numbers: [Int] = []
    for name in data.classNames {
      guard let number = known.firstIndex(of: name) else {
        throw InputError(
          "\(data.name): the class \"\(name)\"; expected one of \(known.prefix(20).joined(separator: ", "))"
        )
      }
      numbers.append(number)
    }
    return LabelledData(
      inputs: data.inputs, labels: data.labels.map { numbers[$0] }, classes: classes,
      name: data.name, classNames: classNames)
  }

  /// The features of recordings; the first says what all are to be like.
  mutating func hear(_ paths: [String]) throws -> Tensor {
    let features =
      try sound
      ?? SoundFeatures(
        sampleRate: SoundFeatures.sampleRate(of: paths[0]), filters: filters, frames: frames)
    sound = features
    return try features(paths)
  }
}

/// Whether a file is a recording, by its name.
func isRecording(_ path: String) -> Bool { path.lowercased().hasSuffix(".wav") }
