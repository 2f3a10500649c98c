import Foundation
import NoiseDistributions
import Testing

@Suite("A schedule is a function of the step")
struct ScheduleTests {
  static let steps = [0, 1, 2, 7, 30, 50, 99, 100, 101, 1_000_000]

  /// A schedule over 100 steps and its formula between the ends, by the system's functions.
  struct Case: Sendable, CustomTestStringConvertible {
    var schedule: Schedule
    var from: Double
    var to: Double
    var formula: @Sendable (_ t: Double) -> Double
    var testDescription: String { "\(schedule)" }
  }

  static let cases: [Case] = [
    Case(schedule: .linear(from: 0.3, to: 2, over: 100), from: 0.3, to: 2) { 0.3 + 1.7 * $0 },
    Case(schedule: .linear(from: 5, to: -2, over: 100), from: 5, to: -2) { 5 - 7 * $0 },
    Case(schedule: .cosine(from: 0.1, to: 1e-7, over: 100), from: 0.1, to: 1e-7) {
      1e-7 + (0.1 - 1e-7) * (1 + cos(.pi * $0)) / 2
    },
    Case(schedule: .exponential(from: 0.7, to: 1e-6, over: 100), from: 0.7, to: 1e-6) {
      0.7 * pow(1e-6 / 0.7, $0)
    },
    Case(schedule: .exponential(from: 1e-300, to: 1e300, over: 100), from: 1e-300, to: 1e300) {
      exp((1 - 2 * $0) * -300 * log(10))
    },
    Case(
      schedule: .oneCycle(maximum: 0.5, over: 100, rising: 30, from: 0.02, to: 1e-5), from: 0.02,
      to: 1e-5
    ) { t in
      t < 0.3
        ? 0.5 + (0.02 - 0.5) * (1 + cos(.pi * t / 0.3)) / 2
        : 1e-5 + (0.5 - 1e-5) * (1 + cos(.pi * (t - 0.3) / 0.7)) / 2
    },
  ]

  @Test("The values are those of the formula, and the ends are exact", arguments: cases)
  func formula(_ scheduled: Case) {
    #expect(scheduled.schedule.value(at: 0) == scheduled.from)
    for step in [100, 101, 1_000_000, .max] {
      #expect(scheduled.schedule.value(at: step) == scheduled.to)
    }
    for step in 1..<100 {
      let expected = scheduled.formula(Double(step) / 100)
      let received = scheduled.schedule.value(at: step)
      // An exponent of 690 costs three digits.
      #expect(abs(received - expected) <= 4e-12 * abs(expected) + 1e-15, "step \(step)")
    }
  }

  @Test("One cycle has its maximum where it says, and PyTorch's proportions by default")
  func oneCycle() {
    let cycle = Schedule.oneCycle(maximum: 0.5, over: 1000)
    #expect(cycle.value(at: 0) == 0.5 / 25)
    #expect(cycle.value(at: 300) == 0.5)
    #expect(cycle.value(at: 1000) == 0.5 / 25 / 10_000)
    #expect((0..<300).allSatisfy { cycle.value(at: $0) < cycle.value(at: $0 + 1) })
    #expect((300..<1000).allSatisfy { cycle.value(at: $0) > cycle.value(at: $0 + 1) })
    #expect(Schedule.oneCycle(maximum: 0.5, over: 1, to: 0).value(at: 0) == 0.5)
  }

  @Test("Stairs fall at their step by their factor")
  func stairs() {
    let stairs = Schedule.step(from: 3, factor: 0.5, every: 10)
    #expect([0, 9, 10, 19, 20, 35].map(stairs.value(at:)) == [3, 3, 1.5, 1.5, 0.75, 0.375])
    let decay = Schedule.step(from: 2, factor: 0.99, every: 1)
    for step in Self.steps {
      let expected = 2 * pow(0.99, Double(step))
      #expect(abs(decay.value(at: step) - expected) <= 1e-12 * expected)
    }
    #expect(Schedule.step(from: 2, factor: 0, every: 5).value(at: 4) == 2)
    #expect(Schedule.step(from: 2, factor: 0, every: 5).value(at: 5) == 0)
  }

  @Test("A constant is one, and a closure is asked for the step")
  func others() {
    for step in Self.steps {
      #expect(Schedule.constant(0.25).value(at: step) == 0.25)
      #expect(Schedule { Double($0 * $0) }.value(at: step) == Double(step * step))
    }
  }

  @Test("Descriptions are what one writes")
  func descriptions() {
    #expect("\(Schedule.constant(0.5))" == "constant(0.5)")
    #expect("\(Schedule.linear(from: 0, to: 1, over: 5))" == "linear(from: 0.0, to: 1.0, over: 5)")
    #expect(
      "\(Schedule.step(from: 1, factor: 0.5, every: 3))"
        == "step(from: 1.0, factor: 0.5, every: 3)")
    #expect("\(Schedule { Double($0) })" == "Schedule { … }")
  }
}
