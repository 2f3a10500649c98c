import DitherRuntime
import DitherTensors
import NoiseDistributions

extension Checkpoint {
  /// The version of what a checkpoint's file holds.
  public static let formatVersion = 1

  /// Writes the checkpoint, in the place of what was there. Whatever happens, `path` is the old file or the new one, whole.
  ///
  /// - Throws: ``CheckpointError/file(_:)``; the old file is left as it was. Metadata whose name begins with `dither.` stops the
  ///   program.
  public func write(to path: String) throws(CheckpointError) {
    try write(to: path, keepingOldAs: nil)
  }

  func write(to path: String, keepingOldAs previous: String?) throws(CheckpointError) {
    do throws(SafetensorsError) {
      try contents().write(to: path, keepingOldAs: previous)
    } catch {
      throw .file(error)
    }
  }

  private func contents() -> Safetensors {
    for name in metadata.keys {
      require(
        !name.hasPrefix(CheckpointKey.prefix),
        "Checkpoint: the metadata \(name); expected a name that does not begin with \(CheckpointKey.prefix)"
      )
    }
    var contents = Safetensors(tensors: tensors, metadata: metadata)
    contents.metadata[CheckpointKey.format] = String(Self.formatVersion)
    contents.metadata[CheckpointKey.streamVersion] = String(NoiseStream.version)
    contents.metadata[CheckpointKey.step] = String(step)
    contents.metadata[CheckpointKey.epoch] = String(epoch)
    contents.metadata[CheckpointKey.batch] = String(batch)
    contents.metadata[CheckpointKey.noiseSeed] = noiseSeed.map(String.init)
    contents.metadata[CheckpointKey.model] = model?.json
    if let optimizer { contents.add(optimizer, of: optimizerParameters) }
    if let weightAverage { contents.add(weightAverage) }
    if let training { contents.add(training) }
    contents.metadata[CheckpointKey.checksum] = contents.checksum(
      without: CheckpointKey.checksum)
    return contents
  }
}

// MARK: Reading

extension Checkpoint {
  /// Reads a checkpoint.
  ///
  /// - Throws: ``CheckpointError``: where the file is not as the format has it, where what it holds is not what was written,
  ///   and where its noise is of another version of the stream.
  public init(contentsOf path: String) throws(CheckpointError) {
    let contents: Safetensors
    do throws(SafetensorsError) {
      contents = try Safetensors(contentsOf: path)
    } catch {
      throw .file(error)
    }
    try self.init(CheckpointContents(contents, file: path))
  }

  private init(_ contents: CheckpointContents) throws(CheckpointError) {
    self.init(tensors: contents.modelTensors)
    file = contents.file
    step = try contents.count(CheckpointKey.step)
    epoch = try contents.count(CheckpointKey.epoch)
    batch = try contents.count(CheckpointKey.batch)
    noiseSeed = try contents.noiseSeed()
    model = try contents.model()
    if let (state, names) = try contents.optimizer() {
      optimizer = state
      optimizerParameters = names
    }
    weightAverage = try contents.weightAverage()
    training = try contents.training()
    metadata = contents.metadata.filter { !$0.key.hasPrefix(CheckpointKey.prefix) }
  }
}

/// What a checkpoint's file holds, once it is known to be whole and of this version.
struct CheckpointContents {
  let tensors: [String: Tensor]
  let metadata: [String: String]
  let file: String

  init(_ contents: Safetensors, file: String) throws(CheckpointError) {
    (tensors, metadata, self.file) = (contents.tensors, contents.metadata, file)
    guard let format = metadata[CheckpointKey.format] else { throw .notACheckpoint(file: file) }
    let known = String(Checkpoint.formatVersion)
    if format != known { throw .formatVersion(file: file, found: format, expected: known) }
    let (version, own) = (metadata[CheckpointKey.streamVersion], String(NoiseStream.version))
    if version != own {
      throw .streamVersion(file: file, found: version ?? "none", expected: own)
    }
    // Programs that change a checkpoint take the checksum out.
    if let expected = metadata[CheckpointKey.checksum] {
      let found = contents.checksum(without: CheckpointKey.checksum)
      if found != expected { throw .damaged(file: file, found: found, expected: expected) }
    }
  }

  /// Those that are the model's.
  var modelTensors: [String: Tensor] {
    tensors.filter { !$0.key.hasPrefix(CheckpointKey.reserved) }
  }

  /// The tensors whose names begin with something, by the rest of their names.
  func tensors(_ prefix: String) -> [String: Tensor] {
    var found: [String: Tensor] = [:]
    for (name, tensor) in tensors where name.hasPrefix(prefix) {
      found[String(name.dropFirst(prefix.count))] = tensor
    }
    return found
  }

  func error(_ name: String, _ expected: String, found: String? = nil) -> CheckpointError {
    let text = metadata[name]
    let excerpt = text.map { String(reflecting: String($0.prefix(40))) } ?? "missing"
    return .metadata(file: file, name: name, found: found ?? excerpt, expected: expected)
  }

  /// A whole number from 0 on.
  func count(_ name: String) throws(CheckpointError) -> Int {
    guard let text = metadata[name], let value = Int(text),
      value >= 0 && value <= JSONReader.maximumCount
    else {
      throw error(name, "a whole number, 0…\(JSONReader.maximumCount)")
    }
    return value
  }

  func noiseSeed() throws(CheckpointError) -> UInt64? {
    guard let text = metadata[CheckpointKey.noiseSeed] else { return nil }
    guard let seed = UInt64(text) else {
      throw error(CheckpointKey.noiseSeed, "a whole number, 0…\(UInt64.max)")
    }
    return seed
  }

  func model() throws(CheckpointError) -> LayerDescription? {
    guard let text = metadata[CheckpointKey.model] else { return nil }
    do throws(LayerDescriptionError) {
      return try LayerDescription(json: text)
    } catch {
      throw .modelDescription(file: file, error: error)
    }
  }
}
