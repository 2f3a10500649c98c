import Foundation

/// What the system says of itself.
package enum MachineDescription {
  static var processor: String {
    let name = value("model name", in: information)
    let count = ProcessInfo.processInfo.activeProcessorCount
    return "\(name ?? "a processor that does not say its name"), \(count) processors"
  }

  static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }

  /// In GHz, of Linux' description of the processors; nil where that does not say it.
  package static func clock(of information: String) -> Double? {
    value("cpu MHz", in: information).flatMap(Double.init).map { $0 / 1000 }
  }

  /// The caches of data that Linux describes in a directory, from the first level on: "L1 32K", "L2 512K".
  package static func caches(in directory: URL) -> [String]? {
    let caches = (0..<8).compactMap { index -> String? in
      func read(_ name: String) -> String? {
        let file = directory.appending(path: "index\(index)/\(name)")
        return (try? String(contentsOf: file, encoding: .utf8))?
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      guard let level = read("level"), let size = read("size"), read("type") != "Instruction"
      else { return nil }
      return "L\(level) \(size)"
    }
    return caches.isEmpty ? nil : caches
  }

  static var clock: Double? { clock(of: information) }

  static var caches: [String]? {
    caches(in: URL(filePath: "/sys/devices/system/cpu/cpu0/cache", directoryHint: .isDirectory))
  }

  private static var information: String {
    (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
  }

  /// Of the first processor.
  private static func value(_ key: String, in information: String) -> String? {
    information.split(separator: "\n").first { $0.hasPrefix(key) }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
