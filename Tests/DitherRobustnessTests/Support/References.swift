import Foundation
import TestSupport
import Testing

/// The lines of a kind in a file of `Resources`, without the word that names the kind; at least one.
func referenceLines(_ kind: String, in resource: String) throws -> [[String]] {
  let file = try #require(
    Bundle.module.url(forResource: resource, withExtension: "txt", subdirectory: "Resources"))
  let lines = try references(kind, in: file).map { Array($0.dropFirst()) }
  #expect(!lines.isEmpty)
  return lines
}

func decodeFloats(_ text: String) throws -> [Float] {
  try decode(text, as: UInt32.self).map { Float(bitPattern: $0) }
}

func decodeIntegers(_ text: String) throws -> [Int] {
  try decode(text, as: UInt64.self).map { Int(truncatingIfNeeded: $0) }
}

func number(_ text: String) throws -> Double { try #require(Double(text)) }

func integer(_ text: String) throws -> Int { try #require(Int(text)) }
