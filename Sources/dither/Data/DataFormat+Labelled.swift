import DitherData
import DitherTensors

extension DataFormat {
  /// Reads labelled data.
  ///
  /// - Parameter labelsKey: the setting that says where labels are.
  /// - Throws: `DataError`, `InputError` and `UsageError`.
  mutating func labelledData(
    at location: DataLocation, labelsKey: any CodingKey = DataSettings.CodingKeys.labels
  ) throws -> LabelledData {
    let data =
      switch location {
      case .table(let path): try table(path)
      case .pair(let inputs, let labels?): try pair(inputs, labels)
      case .pair(let inputs, nil):
        throw UsageError(
          "\(inputs) without labels; expected their file beside it, with \(flag(labelsKey))")
      case .folder(let path): try folder(path)
      case .digits: try digits()
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

  private func digits() throws -> LabelledData {
    let digits = try Digits.load()
    guard let classes else { return digits }
    if classes < digits.classes {
      throw InputError(
        "\(digits.name): labels from 0 to \(digits.classes - 1); expected them below \(classes), the number of classes"
      )
    }
    return LabelledData(
      inputs: digits.inputs, labels: digits.labels, classes: classes, name: digits.name)
  }

  private func pair(_ inputs: String, _ labels: String) throws -> LabelledData {
    for path in [inputs, labels] { try requireUnpacked(path) }
    return try LabelledData(inputsAt: inputs, labelsAt: labels, classes: classes, name: inputs)
  }

  private func table(_ path: String) throws -> LabelledData {
    try reading(path) {
      if !classNames.isEmpty {
        return try LabelledData(
          contentsOf: path, format: table(labels: .listed(classNames)), name: path)
      }
      do {
        return try LabelledData(
          contentsOf: path, format: table(labels: nil), classes: classes, name: path)
      } catch let error as DataError {
        guard let (line, found) = notANumber(error) else { throw error }
        if isOfRun {
          throw InputError(
            "\(path), line \(line): the label \"\(found.prefix(40))\"; expected a number from 0 to \((classes ?? 1) - 1), as the run was trained on"
          )
        }
        // Labels that are names, or a field that is bad whatever the labels are.
        let named = try LabelledData(
          contentsOf: path, format: table(labels: .byFirstAppearance), name: path)
        if let classes {
          throw UsageError(
            "--classes is \(classes), and line \(line) of \(path) has the label \"\(found.prefix(40))\"; expected whole numbers, or names without --classes"
          )
        }
        return named
      }
    }
  }

  /// Where a label is no number of a class, and may be the name of one, as 90210 or −1 may be.
  private func notANumber(_ error: DataError) -> (line: Int, found: String)? {
    switch error {
    case .notANumber(_, let line, _, let found): (line, found)
    case .labelOutOfRange(_, let line, let found, _) where classes == nil: (line, found)
    default: nil
    }
  }

  private mutating func folder(_ path: String) throws -> LabelledData {
    let folders = try classFolders(path)
    let paths = folders.files.map(\.path)
    if paths.isEmpty { throw DataError.empty(file: path) }
    if classNames.isEmpty {
      let labels = Set(folders.files.map(\.label))
      for (label, name) in folders.classNames.enumerated() where !labels.contains(label) {
        throw InputError(
          "\(path)/\(name): no files; expected those of the class, or no such folder")
      }
    }
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
    if let path = paths.first(where: { !isRecording($0) }) {
      throw InputError("\(path): no WAV file; expected one, as others in its place are")
    }
    if isOfRun && sound == nil {
      throw InputError(
        "\(paths[0]): a recording; expected data as the run was trained on, no sound")
    }
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

/// The folders of classes in a folder.
///
/// - Parameter hint: of what else there may be, for the message where there are none.
func classFolders(_ path: String, hint: String = "") throws -> ClassFolders {
  do throws(DataError) {
    return try ClassFolders(contentsOf: path)
  } catch {
    if error != .empty(file: path) { throw error }
    throw InputError(
      "\(path): no sub-folders; expected one with the files of each class\(hint)")
  }
}
