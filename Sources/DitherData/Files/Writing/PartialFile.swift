import Foundation

/// The names of files that are not complete yet: hidden, beside the file that they become, `.NAME.RANDOM.partial`.
package enum PartialFile {
  /// A name that no other writer has.
  static func path(for path: String) -> String {
    "\(folder(of: path))\(beginning(for: path))\(String(UInt64.random(in: 0...UInt64.max), radix: 36))\(end)"
  }

  /// Removes what killed programs have left of a file. No other program may be writing it.
  package static func removeAll(for path: String) {
    let folder = folder(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(beginning(for: path)) && name.hasSuffix(end) {
      _ = unsafe unlink(folder + name)
    }
  }

  /// The folder that a file is in, with a slash at its end.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "./"
  }

  private static let end = ".partial"

  /// Of a long name a part, since the length of names has a limit.
  private static func beginning(for path: String) -> String {
    let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
    return ".\(String(decoding: name.utf8.prefix(64), as: UTF8.self))."
  }
}
