import BenchmarkConductor
import Testing

@Suite("Calibration")
struct CalibrationTests {
  /// The repetitions at the end, for calls that take so long.
  static func calibrate(secondsPerCall: Double, runs: inout Int) -> Int {
    var calibration = Calibration(turnSeconds: 0.02)
    while !calibration.isDone {
      runs += 1
      calibration.ran(seconds: secondsPerCall * Double(calibration.repetitions))
    }
    return calibration.repetitions
  }

  @Test(
    "The repetitions found fill a turn",
    arguments: [(1.0, 1), (0.015, 1), (0.01, 2), (1e-3, 20), (1e-5, 2000), (3e-8, 666_667)])
  func fill(secondsPerCall: Double, expected: Int) {
    var runs = 0
    #expect(Self.calibrate(secondsPerCall: secondsPerCall, runs: &runs) == expected)
    #expect(runs <= 7)
  }

  @Test("A clock that shows no time leads to the greatest number, not to a search without end")
  func noTime() {
    var runs = 0
    #expect(Self.calibrate(secondsPerCall: 0, runs: &runs) == Calibration.most)
  }

  @Test("A fixed number is taken as it is, whatever the time")
  func fixed() {
    var calibration = Calibration(turnSeconds: 0.02, fixed: 6)
    calibration.ran(seconds: 1e-6)
    #expect(calibration.isDone)
    #expect(calibration.repetitions == 6)
  }
}
