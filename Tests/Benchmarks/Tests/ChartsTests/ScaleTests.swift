import Charts
import Testing

@Suite("Scales and their ticks")
struct ScaleTests {
  @Test("A linear scale places by difference, a logarithmic one by factor")
  func positions() throws {
    let linear = Scale(.linear, from: 10, to: 30)
    #expect(linear.position(of: 10) == 0)
    #expect(linear.position(of: 15) == 0.25)
    #expect(linear.position(of: 40) == 1.5)
    let logarithmic = Scale(.logarithmic, from: 1, to: 10_000)
    #expect(logarithmic.position(of: 1) == 0)
    #expect(abs(try #require(logarithmic.position(of: 10)) - 0.25) < 1e-12)
    #expect(abs(try #require(logarithmic.position(of: 0.1)) + 0.25) < 1e-12)
  }

  @Test(
    "A value that a scale cannot place has no position",
    arguments: [0, -3, .infinity, -.infinity, .nan] as [Double])
  func unplaceable(value: Double) {
    #expect(Scale(.logarithmic, from: 1, to: 10).position(of: value) == nil)
    #expect((Scale(.linear, from: 1, to: 10).position(of: value) != nil) == value.isFinite)
  }

  @Test(
    "A scale holds its values with room at the ends",
    arguments: [
      [0.95, 1.4], [3], [1, 1], [0.001, 4000], [12, .nan, 80, .infinity],
    ] as [[Double]])
  func holding(values: [Double]) throws {
    for kind in [Scale.Kind.linear, .logarithmic] {
      let scale = Scale(kind, holding: values)
      for value in values where value.isFinite {
        let position = try #require(scale.position(of: value))
        #expect(position > 0.01 && position < 0.99, "\(kind) \(values) \(value)")
      }
    }
  }

  @Test("A linear scale that holds 0 as its least or greatest value ends there")
  func zero() {
    #expect(Scale(.linear, holding: [0, 5]).lower == 0)
    #expect(Scale(.linear, holding: [0, -5]).upper > 0)
    #expect(Scale(.linear, holding: [0]).upper > 0)
  }

  @Test("A logarithmic scale ignores what it cannot hold, and both kinds hold nothing")
  func empty() {
    #expect(Scale(.logarithmic, holding: [-1, 0]) == Scale(.logarithmic, from: 1, to: 10))
    #expect(Scale(.linear, holding: []) == Scale(.linear, from: 0, to: 1))
  }

  @Test("Linear ticks are multiples of 1, 2 or 5 times a power of ten")
  func linearTicks() {
    #expect(Scale(.linear, from: 0, to: 100).ticks(atMost: 6) == [0, 20, 40, 60, 80, 100])
    #expect(Scale(.linear, from: 0, to: 0.31).ticks(atMost: 4) == [0, 0.1, 0.2, 0.3])
    #expect(Scale(.linear, from: -0.12, to: 0.13).ticks(atMost: 6) == [-0.1, -0.05, 0, 0.05, 0.1])
    #expect(Scale(.linear, from: 0, to: 7e6).ticks(atMost: 4) == [0, 2e6, 4e6, 6e6])
  }

  @Test("Logarithmic ticks are 1, 2, 5 of each power of ten, or powers of ten, as room allows")
  func logarithmicTicks() {
    let scale = Scale(.logarithmic, from: 0.5, to: 210)
    #expect(scale.ticks(atMost: 10) == [0.5, 1, 2, 5, 10, 20, 50, 100, 200])
    #expect(scale.ticks(atMost: 6) == [1, 3, 10, 30, 100])
    #expect(scale.ticks(atMost: 3) == [1, 10, 100])
    #expect(Scale(.logarithmic, from: 1e-6, to: 1e6).ticks(atMost: 5).count <= 5)
  }

  @Test("A logarithmic scale too short for powers of ten has even steps")
  func shortLogarithmicTicks() {
    #expect(Scale(.logarithmic, from: 1.1, to: 1.9).ticks(atMost: 5) == [1.2, 1.4, 1.6, 1.8])
  }

  @Test("There are never more ticks than asked for, all lie on the scale, and they ascend")
  func limits() {
    for kind in [Scale.Kind.linear, .logarithmic] {
      for upper in [1.01, 1.5, 9, 77, 3e4, 5e9] {
        let scale = Scale(kind, from: 1, to: upper)
        for count in 0...12 {
          let ticks = scale.ticks(atMost: count)
          #expect(ticks.count <= count, "\(scale) \(count)")
          let places = ticks.compactMap { scale.position(of: $0) }
          #expect(places.count == ticks.count, "\(ticks)")
          #expect(places.allSatisfy { $0 > -1e-8 && $0 < 1 + 1e-8 }, "\(ticks)")
          #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 }, "\(ticks)")
        }
        #expect(scale.ticks(atMost: 8).count >= 2, "\(scale)")
      }
    }
  }
}
