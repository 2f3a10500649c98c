import BenchmarkConductor
import Foundation
import Testing

@Suite("What the system says of itself")
struct MachineDescriptionTests {
  @Test("The clock is the first processor's, in GHz; without it there is none")
  func clock() {
    let information = """
      processor\t: 0
      model name\t: AMD EPYC
      cpu MHz\t\t: 2445.422
      processor\t: 1
      cpu MHz\t\t: 3000.000
      """
    #expect(MachineDescription.clock(of: information) == 2.445422)
    #expect(MachineDescription.clock(of: "processor\t: 0") == nil)
  }

  @Test("Caches of data are told from the first level on; a directory without any has none")
  func caches() throws {
    let files = FileManager.default
    let directory = files.temporaryDirectory.appending(path: "caches-\(UUID())")
    defer { try? files.removeItem(at: directory) }
    #expect(MachineDescription.caches(in: directory) == nil)
    let described = [
      ("1", "Data", "32K"), ("1", "Instruction", "32K"), ("2", "Unified", "512K"),
      ("3", "Unified", "32768K"),
    ]
    for (index, (level, type, size)) in described.enumerated() {
      let cache = directory.appending(path: "index\(index)")
      try files.createDirectory(at: cache, withIntermediateDirectories: true)
      for (name, text) in [("level", level), ("type", type), ("size", size)] {
        try Data((text + "\n").utf8).write(to: cache.appending(path: name))
      }
    }
    #expect(MachineDescription.caches(in: directory) == ["L1 32K", "L2 512K", "L3 32768K"])
  }
}
