import NoiseDistributions
import Testing

@Suite("Schedules as text")
struct TextScheduleTests {
  @Test(
    "Each form is the schedule that the function of its name makes",
    arguments: [
      ("constant:0.5", Schedule.constant(0.5)),
      ("linear:0.1,0,10", .linear(from: 0.1, to: 0, over: 10)),
      ("cosine:0.001,0,4000", .cosine(from: 0.001, to: 0, over: 4000)),
      ("exponential:1,0.01,100", .exponential(from: 1, to: 0.01, over: 100)),
      ("step:1,0.5,3", .step(from: 1, factor: 0.5, every: 3)),
      ("oneCycle:1,20,5,0.1,0", .oneCycle(maximum: 1, over: 20, rising: 5, from: 0.1, to: 0)),
      ("inversePower:0.3,0.55,7", .inversePower(from: 0.3, exponent: 0.55, over: 7)),
    ])
  func forms(text: String, expected: Schedule) throws {
    let schedule = try NoiseCatalog.standard.schedule(text)
    for step in [0, 1, 3, 7, 19, 100, 5000] {
      #expect(schedule.value(at: step) == expected.value(at: step))
    }
  }

  @Test("What is no schedule, or leaves the range, is refused")
  func refused() {
    let catalog = NoiseCatalog.standard
    for (text, phrase) in [
      ("cosin:1,0,5", "cosine"), ("linear:1,0", "linear:from,to,over"), ("linear:1,0,0", "over"),
      ("linear:1,-1,5", "-1.0"), ("", "a name"), ("gaussian:1", "a schedule"),
    ] {
      let error = #expect(throws: NoiseTextError.self) {
        try catalog.schedule(text, in: .nonNegative)
      }
      #expect(error?.description.contains(phrase) == true, "\(String(describing: error))")
    }
    #expect(throws: Never.self) { try catalog.schedule("linear:1,-1,5") }
  }
}
