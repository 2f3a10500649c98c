import DitherRuntime
public import DitherTensors
import Foundation

/// Files of samples, sorted into a folder for each class.
///
/// ```
/// sounds/cat/001.wav
/// sounds/cat/002.wav
/// sounds/dog/001.wav
/// ```
public struct ClassFolders: Sendable {
  /// A sample's file and its class.
  public struct File: Hashable, Sendable {
    public let path: String
    /// The place of its folder among ``ClassFolders/classNames``.
    public let label: Int
  }

  public let path: String
  /// The folders' names, in the order of their Unicode scalars.
  public let classNames: [String]
  /// Class by class, within each in the order of the names' Unicode scalars.
  public let files: [File]

  /// Lists the folders and their files. What begins with a dot is passed over, and so are files beside the folders.
  ///
  /// - Parameters:
  ///   - path: the folder of folders.
  ///   - pathExtension: only files with this one, such as `wav`, whatever the case of its letters; all without it.
  /// - Throws: ``DataError``: where there is no such folder, or it has no folders.
  public init(contentsOf path: String, pathExtension: String? = nil) throws(DataError) {
    self.path = path
    var (names, files): ([String], [File]) = ([], [])
    for name in try ClassFolders.list(path) {
      let folder = path + "/" + name
      if !ClassFolders.isFolder(folder) { continue }
      for file in try ClassFolders.list(folder) {
        let found = URL(fileURLWithPath: file).pathExtension.lowercased()
        if let pathExtension, found != pathExtension.lowercased() { continue }
        files.append(File(path: folder + "/" + file, label: names.count))
      }
      names.append(name)
    }
    if names.isEmpty { throw .empty(file: path) }
    (classNames, self.files) = (names, files)
  }

  private static func list(_ path: String) throws(DataError) -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      return names.filter { !$0.hasPrefix(".") }.sorted {
        $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
      }
    } catch {
      if !FileManager.default.fileExists(atPath: path) { throw .missing(file: path) }
      throw .unreadable(
        file: path, reason: isFolder(path) ? error.localizedDescription : "no directory")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    return exists && isDirectory.boolValue
  }
}

extension LabelledData {
  /// Reads every file of a folder of classes. Each is a sample, its elements a row.
  ///
  /// ```swift
  /// func trainingData(_ folder: String) throws -> LabelledData {
  ///   let folders = try ClassFolders(contentsOf: folder, pathExtension: "wav")
  ///   // Where frames are centred, even the shortest recording has one.
  ///   let features = LogMel(sampleRate: 8000, isCentered: true)
  ///   return try LabelledData(folders) { path throws(DataError) in
  ///     let recording = try Recording(contentsOf: path)
  ///     return features(recording.mono).mean(axis: 0)
  ///   }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - folders: which files, and their classes.
  ///   - name: what to call the data; the folder's name without it.
  ///   - read: gives a file's sample, of any shape with as many elements as the first. Without it a WAV file gives the mean of its
  ///     channels, and any other is read as IDX or NPY.
  /// - Throws: what `read` throws, and ``DataError/otherShape(file:found:expected:)`` at a sample of another length.
  public init(
    _ folders: ClassFolders, name: String? = nil,
    read: (String) throws(DataError) -> Tensor = LabelledData.sample(at:)
  ) throws(DataError) {
    var rows: [Tensor] = []
    for file in folders.files {
      let sample = try read(file.path)
      if let first = rows.first, sample.count != first.count {
        throw .otherShape(
          file: file.path, found: sample.shape,
          expected: "\(first.count) elements, as in \(folders.files[0].path)")
      }
      rows.append(sample.reshaped(to: [1, sample.count]))
    }
    if rows.isEmpty { throw .empty(file: folders.path) }
    self.init(
      inputs: Tensor(concatenating: rows), labels: folders.files.map(\.label),
      classes: folders.classNames.count,
      name: name ?? LabelledData.name(of: folders.path), classNames: folders.classNames)
  }

  /// The sample of one file: of a WAV file the mean of its channels, of an IDX or NPY file its array.
  public static func sample(at path: String) throws(DataError) -> Tensor {
    let isSound = URL(fileURLWithPath: path).pathExtension.lowercased() == "wav"
    return isSound ? try Recording(contentsOf: path).mono : try Tensor(contentsOf: path)
  }
}
