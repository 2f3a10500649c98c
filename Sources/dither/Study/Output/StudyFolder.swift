import DitherData
import DitherTraining
import Foundation

/// Where a study keeps what it has done and writes what it found.
struct StudyFolder: Sendable {
  let path: String
  /// The network that the study recommends, as `dither train` leaves one behind.
  var run: RunFolder { RunFolder(path: file("run")) }
  /// Where the search stands.
  var search: String { file("search.json") }
  var page: String { file("report.html") }
  private var settings: String { file("settings.json") }
  private var outputs: [String] {
    ["study.json", "curves.csv", "search.csv", "report.html"].map { file($0) }
  }

  private func file(_ name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }

  /// Throws where a study can neither begin nor go on: all of what it is to write is looked at.
  func requireUsable() throws {
    if path.isEmpty { throw UsageError("--output is \"\"; expected a folder") }
    var folder = path
    while !FileManager.default.fileExists(atPath: folder) {
      folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
    }
    if folder != path {
      if !isFolder(folder) || !FileManager.default.isWritableFile(atPath: folder) {
        throw UsageError(
          "--output \(path): cannot write in \(folder); expected a folder that is writable")
      }
      return
    }
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    let isStudy = FileManager.default.fileExists(atPath: settings)
    if names?.isEmpty != true && !isStudy {
      throw UsageError(
        "--output \(path): \(names == nil ? "no folder" : "a folder with files in it, and no study"); expected a new one, or that of a study"
      )
    }
    for output in outputs + [search, settings] {
      _ = try OutputFile(path: output, flag: "--output")
    }
    try run.requireFree(overwriting: true)
  }

  /// Makes the folder for a study, or finds that its settings are those of the one that is there.
  ///
  /// - Parameters:
  ///   - texts: what must be the same for a study to go on.
  ///   - overwriting: whether a study that is there goes, whatever its settings.
  /// - Returns: what keeps others from it.
  func begin(_ texts: [String: String], overwriting: Bool) throws -> FolderLock {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw DataError.unwritable(file: path, reason: error.localizedDescription)
    }
    let lock = try FolderLock(path, for: "study")
    try requireUsable()
    if FileManager.default.fileExists(atPath: settings) {
      if !overwriting {
        let differences = try self.differences(from: texts)
        if differences.isEmpty { return lock }
        throw UsageError(
          "--output \(path): another study is there: \(differences.joined(separator: "; ")); expected the same, another folder, or --overwrite"
        )
      }
      for old in outputs + [search] { try? FileManager.default.removeItem(atPath: old) }
      try? FileManager.default.removeItem(atPath: run.path)
    }
    try DataFile.replace(settings, with: jsonBytes(texts))
    return lock
  }

  /// What another study in the folder has that this has not.
  private func differences(from texts: [String: String]) throws -> [String] {
    let bytes = try DataFile.contents(of: settings)
    guard let found = try? JSONDecoder().decode([String: String].self, from: Data(bytes)) else {
      return ["its settings cannot be read"]
    }
    return Set(found.keys).union(texts.keys).sorted().compactMap { key in
      if found[key] == texts[key] { return nil }
      return "\(key) is \(found[key] ?? "not there"), here \(texts[key] ?? "not")"
    }
  }

  /// Writes all that a study found, the page last.
  func write(_ report: StudyReport) throws {
    let texts = [
      String(decoding: jsonBytes(report), as: UTF8.self), StudyTables.curves(report),
      StudyTables.search(report), StudyPage.html(report),
    ]
    for (file, text) in zip(outputs, texts) {
      try OutputFile(path: file, flag: "--output").write(text)
    }
  }

  /// Writes the network that is recommended, as a run.
  func write(_ network: StudyNetwork, _ settings: Configuration, _ data: StudyData) throws {
    let bytes = network.checkpoint.tensors.values.reduce(0) { $0 + $1.count } * 4
    let lock = try run.begin(
      settings, network.checkpoint.model!, data.preprocessing, overwriting: true,
      bytes: 6 * Double(bytes) + 1e6)
    try withExtendedLifetime(lock) { try run.checkpoints.save(network.checkpoint) }
  }
}
