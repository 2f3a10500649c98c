import CKernels
import Foundation
import Testing

@Suite("A container's quota of processors")
struct QuotaTests {
  /// What is granted by a folder of these files.
  private func processors(_ files: [String: String]) throws -> Int32 {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("dither-quota-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("cpu"), withIntermediateDirectories: true)
    for (name, content) in files {
      try Data(content.utf8).write(to: folder.appendingPathComponent(name))
    }
    return unsafe ck_quota_processors(folder.path)
  }

  @Test(
    "Version 2: a quota is rounded up to whole processors; none, or what is no quota, is 0",
    arguments: [
      ("max 100000\n", 0), ("150000 100000\n", 2), ("200000 100000\n", 2), ("1000 100000\n", 1),
      ("50000 50000", 1), ("", 0), ("100000\n", 0), ("garbage\n", 0), ("-1 100000\n", 0),
      ("100000 0\n", 0), ("0 100000\n", 0), ("nan 100000\n", 0), ("inf 100000\n", 0),
      ("1e300 1\n", 0), ("100000 garbage\n", 0),
    ])
  func version2(_ content: String, _ expected: Int32) throws {
    #expect(try processors(["cpu.max": content]) == expected)
  }

  @Test(
    "Version 1: quota and period in two files, a quota of -1 for none",
    arguments: [
      ("150000\n", "100000\n", 2), ("400000", "100000", 4), ("-1\n", "100000\n", 0),
      ("150000\n", "", 0), ("", "100000\n", 0), ("garbage\n", "100000\n", 0),
    ])
  func version1(_ quota: String, _ period: String, _ expected: Int32) throws {
    let files = ["cpu/cpu.cfs_quota_us": quota, "cpu/cpu.cfs_period_us": period]
    #expect(try processors(files) == expected)
  }

  @Test("Where files are missing there is no quota; version 2 goes before version 1")
  func missing() throws {
    #expect(try processors([:]) == 0)
    #expect(try processors(["cpu/cpu.cfs_quota_us": "150000"]) == 0)
    #expect(try processors(["cpu/cpu.cfs_period_us": "100000"]) == 0)
    #expect(unsafe ck_quota_processors("/nowhere/at/all") == 0)
    #expect(unsafe ck_quota_processors(String(repeating: "x", count: 10_000)) == 0)
    let both = [
      "cpu.max": "max 100000", "cpu/cpu.cfs_quota_us": "150000", "cpu/cpu.cfs_period_us": "100000",
    ]
    #expect(try processors(both) == 0)
  }
}
