import DitherRuntime
import DitherTensors
import Foundation

extension LabelledData {
  /// Reads a CSV file: on each line numeric features and then, in the last column, a whole number that is the label.
  ///
  /// Fields are separated by commas; spaces and tabs around them are allowed, a header and quotes are not. A number is
  /// decimal, with an optional exponent, and becomes the nearest `Float`. Lines end in a line feed, with or without a
  /// carriage return; empty lines at the end are passed over.
  ///
  /// - Parameters:
  ///   - path: the file's.
  ///   - classes: the number of classes. Without it, one more than the greatest label, which may be up to 65,535.
  ///   - name: what to call the data; the file's name without it.
  /// - Throws: ``DataError``, which names the file, the line, what was found and what was expected.
  public init(contentsOf path: String, classes: Int? = nil, name: String? = nil) throws(DataError) {
    require(classes ?? 1 >= 1, "LabelledData: classes is \(classes ?? 0); expected at least 1")
    let table = try CSVTable(
      bytes: LabelledData.read(path), file: path, classes: classes ?? LabelledData.mostClasses)
    self.init(
      inputs: Tensor(table.features, shape: [table.labels.count, table.columns - 1]),
      labels: table.labels, classes: classes ?? table.labels.max()! + 1,
      name: name ?? URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent)
  }

  private static let mostClasses = 65_536

  private static func read(_ path: String) throws(DataError) -> [UInt8] {
    var isDirectory: ObjCBool = false
    if unsafe !FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) {
      throw .missing(file: path)
    }
    if isDirectory.boolValue { throw .unreadable(file: path, reason: "a directory") }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw .unreadable(file: path, reason: error.localizedDescription)
    }
  }
}
