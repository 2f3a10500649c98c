import Foundation

/// What the system says of itself.
enum MachineDescription {
  static var processor: String {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = model?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    let count = ProcessInfo.processInfo.activeProcessorCount
    return "\(name ?? "a processor that does not say its name"), \(count) processors"
  }

  static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }
}
