/// The search for how often a case is to be repeated in a turn: from 1 up, tenfold at most, until the time is measured well
/// enough to say.
package struct Calibration {
  private let turnSeconds: Double
  package private(set) var repetitions: Int
  package private(set) var isDone = false
  private let fixed: Bool

  package static let most = 1_000_000

  /// - Parameters:
  ///   - turnSeconds: how long the repetitions are to take.
  ///   - fixed: a number to take as it is, after one run.
  package init(turnSeconds: Double, fixed: Int? = nil) {
    self.turnSeconds = turnSeconds
    self.fixed = fixed != nil
    repetitions = fixed ?? 1
  }

  /// Takes note that `repetitions` took so long.
  package mutating func ran(seconds: Double) {
    if fixed {
      isDone = true
      return
    }
    // Half a turn is measured well; less is not trusted to be multiplied by more than ten.
    isDone = seconds >= turnSeconds / 2 || repetitions == Self.most
    let wanted = seconds > 0 ? Double(repetitions) * turnSeconds / seconds : .infinity
    let bounded = min(wanted, Double(repetitions) * 10, Double(Self.most))
    repetitions = max(1, Int(bounded.rounded()))
  }
}
