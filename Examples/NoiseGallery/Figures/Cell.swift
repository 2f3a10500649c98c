/// How many draws fell somewhere, and how many were expected.
package struct Cell: Sendable, Equatable {
  package var count: Int
  package var expected: Double
}
