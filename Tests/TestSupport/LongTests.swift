import Foundation

/// Whether the tests that take long run too: DITHER_LONG_TESTS is 1, as it is in CI.
public let runsLongTests = ProcessInfo.processInfo.environment["DITHER_LONG_TESTS"] == "1"
