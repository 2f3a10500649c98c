import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("The matrices of the golden hashes hold the draws of a Python implementation")
struct DrawReferenceTests {
  /// The places of Tests/Reference/make_draws_reference.py, as indices of the matrix.
  static func places(rows: Int, columns: Int) -> [Int] {
    var state: UInt64 = 20
    return (0..<500).map { _ -> Int in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let row = Int(state >> 40) % rows
      let column = Int(state >> 20 & 0xF_FFFF) % columns
      return row * columns + column
    }
  }

  static let known = Golden.all.filter { !$0.testDescription.contains("defined in the tests") }

  @Test("A thousand draws of each distribution are the same, to the bit", arguments: known)
  func draws(_ golden: Golden) throws {
    let file = try #require(
      Bundle.module.url(forResource: "draws", withExtension: "txt", subdirectory: "Resources"))
    let name = golden.testDescription.split { $0 == " " || $0 == "," }.joined(separator: "-")
    for (rows, columns) in [(1 << 10, 1 << 10), (1 << 16, 16)] {
      let fields = try #require(try references("draws \(name) \(columns)", in: file).first)
      let expected = try decode(fields[3], as: UInt32.self)
      try #require(expected.count == 500)
      let draws = ReproducibilityTests().draws(golden.distribution, rows: rows, columns: columns)
      let found = Self.places(rows: rows, columns: columns).map { draws[$0].bitPattern }
      #expect(found == expected, "\(columns) columns")
    }
  }

  @Test("All of the library's distributions are among them")
  func all() {
    #expect(Self.known.count == 15)
  }
}
