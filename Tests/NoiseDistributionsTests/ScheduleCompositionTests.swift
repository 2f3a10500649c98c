import Foundation
import NoiseDistributions
import TestSupport
import Testing

@Suite("Schedules made of others, and decay by a power")
struct ScheduleCompositionTests {
  @Test("A power decays as its formula, from its first value exactly")
  func inversePower() {
    let cases: [(Double, Double, Int)] = [
      (0.3, 0.55, 1), (2, 1, 100), (-1, 0, 7), (1e-3, 0.275, 1000),
    ]
    for (from, exponent, over) in cases {
      let schedule = Schedule.inversePower(from: from, exponent: exponent, over: over)
      #expect(schedule.value(at: 0) == from)
      for step in [1, 2, 7, 100, 12_345, 1_000_000_000] {
        let expected = from * pow(1 + Double(step) / Double(over), -exponent)
        #expect(abs(schedule.value(at: step) - expected) <= 1e-13 * abs(expected), "step \(step)")
      }
    }
  }

  @Test("Joined schedules follow each other, each with its own steps")
  func joined() {
    let joined = Schedule.joined(
      [
        .constant(5), .linear(from: 1, to: 0, over: 10),
        Schedule { Double($0) },
      ], at: [3, 8])
    #expect((0..<3).allSatisfy { joined.value(at: $0) == 5 })
    #expect((3..<8).map(joined.value(at:)) == [1, 0.9, 0.8, 0.7, 0.6])
    #expect([8, 9, 1008].map(joined.value(at:)) == [0, 1, 1000])
    #expect(Schedule.joined([.constant(2)], at: []).value(at: 9) == 2)
  }

  @Test("A warm-up is a straight line to the first value of what follows")
  func warmUp() {
    let follows = Schedule.cosine(from: 0.8, to: 0.1, over: 100)
    let whole = Schedule.warmUp(from: 0.2, over: 4, then: follows)
    let expected = [0.2, 0.35, 0.5, 0.65]
    for step in 0..<4 { #expect(abs(whole.value(at: step) - expected[step]) < 1e-15) }
    for step in 4..<120 { #expect(whole.value(at: step) == follows.value(at: step - 4)) }
    #expect(Schedule.warmUp(over: 5, then: .constant(1)).value(at: 0) == 0)
    let nested = Schedule.warmUp(over: 2, then: .warmUp(from: 1, over: 2, then: .constant(3)))
    #expect((0..<6).map(nested.value(at:)) == [0, 0.5, 1, 2, 3, 3])
  }

  @Test("Descriptions are what one writes")
  func descriptions() {
    #expect(
      "\(Schedule.inversePower(from: 1, exponent: 0.5))"
        == "inversePower(from: 1.0, exponent: 0.5, over: 1)")
    #expect(
      "\(Schedule.joined([.constant(1), .constant(2)], at: [5]))"
        == "joined([constant(1.0), constant(2.0)], at: [5])")
    #expect(
      "\(Schedule.warmUp(over: 5, then: .constant(2)))"
        == "warmUp(from: 0.0, over: 5, then: constant(2.0))")
  }

  @Test("Misuse stops the program")
  func misuse() async {
    let exponent = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Schedule.inversePower(from: 1, exponent: -1)
    }
    expect(exponent, says: "Schedule.inversePower: exponent is -1.0")
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Schedule.joined([.constant(1)], at: [5])
    }
    expect(count, says: "Schedule.joined: 1 boundaries for 1 schedules")
    let order = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Schedule.joined([.constant(1), .constant(1), .constant(1)], at: [5, 5])
    }
    expect(order, says: "Schedule.joined: the boundaries are [5, 5]; expected ascending steps")
    let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Schedule.warmUp(over: 0, then: .constant(1))
    }
    expect(steps, says: "Schedule.warmUp: steps is 0; expected at least 1")
  }
}
