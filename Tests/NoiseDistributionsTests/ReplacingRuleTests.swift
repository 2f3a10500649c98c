import NoiseDistributions
import TestSupport
import Testing

@Suite("A rule that replaces or drops elements selects them as it says")
struct ReplacingRuleTests {
  @Test(
    "Replacing at rate 1 gives the draws, at rate 0 the input",
    arguments: [0, 1, 2, 4, 5, 6, 7, 8, 9])
  func replacingAlways(_ index: Int) {
    let distribution = RuleTests.distributions[index]
    let always = Ruled(rules: [.replacing(distribution, rate: 1)])
    let x = [Float](repeating: .nan, count: 2000)
    #expect(always.forward(x) == always.draws(distribution))
    #expect(always.gradient(x).allSatisfy { $0 == 0 })
    let never = Ruled(rules: [.replacing(distribution, rate: 0)])
    #expect(sameBits(never.forward(x), x))
    #expect(sameBits(never.gradient(x), x))
  }

  // 2^18 elements and two checks: a rate wrong by 0.013 is seen.
  @Test(
    "Replacing: elements are draws with the probability given, else pass; their gradients are 0, or pass",
    arguments: [0, 1, 2, 4, 5, 6, 7, 8, 9], [(4096, 64), (16384, 16)])
  func replacing(_ index: Int, _ shape: (rows: Int, columns: Int)) {
    let distribution = RuleTests.distributions[index]
    let ruled = Ruled(
      rules: [.replacing(distribution, rate: 0.25)], rows: shape.rows, columns: shape.columns)
    let count = shape.rows * shape.columns
    let marker: Float = 1000
    let y = ruled.forward([Float](repeating: marker, count: count))
    let dx = ruled.gradient([Float](repeating: marker, count: count))
    let draws = ruled.draws(distribution)
    var replaced = 0
    var wrong = 0
    for element in 0..<count {
      if y[element] == marker {
        if dx[element] != marker { wrong += 1 }
      } else {
        replaced += 1
        if y[element] != draws[element] || dx[element] != 0 { wrong += 1 }
      }
    }
    #expect(wrong == 0)
    let threshold = Threshold.mean(
      count: count, variance: 0.25 * 0.75, bound: 1, rate: Threshold.failureRate)
    #expect(abs(Double(replaced) / Double(count) - 0.25) <= threshold)
  }

  @Test("Which elements are replaced does not depend on what replaces them")
  func selection() {
    let x = [Float](repeating: 1000, count: 2000)
    let a = Ruled(rules: [.replacing(Gaussian(standardDeviation: 1), rate: 0.25)]).forward(x)
    let b = Ruled(rules: [.replacing(Uniform(halfWidth: 1), rate: 0.25)]).forward(x)
    #expect(zip(a, b).allSatisfy { ($0 == 1000) == ($1 == 1000) })
  }

  @Test(
    "Salt and pepper replace elements by low and high, and let the others pass",
    arguments: [0, 0.01, 0.4, 1])
  func saltAndPepper(_ rate: Double) {
    let distribution = SaltAndPepper(rate: rate, low: -3, high: 5)
    let ruled = Ruled(rules: [.replacing(distribution)])
    let draws = ruled.draws(distribution)
    let x = [Float](repeating: .infinity, count: 2000)
    #expect(ruled.forward(x) == draws.map { $0 == 0 ? .infinity : $0 })
    #expect(ruled.gradient(x) == draws.map { $0 == 0 ? .infinity : 0 })
  }

  @Test("Impulses replace elements by their value, 0 too, and let the others pass")
  func impulses() {
    let draws = Ruled(rules: []).draws(Impulse(value: -3, probability: 0.4))
    let x = [Float](repeating: .infinity, count: 2000)
    for value: Float in [-3, 0] {
      let ruled = Ruled(rules: [.replacing(Impulse(value: value, probability: 0.4))])
      #expect(ruled.forward(x) == draws.map { $0 == 0 ? .infinity : value })
      #expect(ruled.gradient(x) == draws.map { $0 == 0 ? .infinity : 0 })
    }
  }

  @Test("The 0 of an impulse lets x pass at any rate; the 0 of an impulse in a mixture replaces it")
  func impulsesWithin() {
    let impulse = Impulse(value: 3, probability: 0.5)
    let x = [Float](repeating: .infinity, count: 2000)
    let ruled = Ruled(rules: [.replacing(impulse, rate: 0.5)])
    let chosen = Ruled(rules: [.replacing(Constant(value: 7), rate: 0.5)]).forward(x)
    let hit = zip(ruled.draws(impulse), chosen).map { $0 == 3 && $1 == 7 }
    #expect(hit.contains(true) && hit.contains(false))
    #expect(ruled.forward(x) == hit.map { (isHit: Bool) -> Float in isHit ? 3 : .infinity })
    #expect(ruled.gradient(x) == hit.map { (isHit: Bool) -> Float in isHit ? 0 : .infinity })

    let mixture = Mixture(impulse, Constant(value: 5), weight: 0.5)
    let mixed = Ruled(rules: [.replacing(mixture, rate: 1)])
    #expect(Set(mixed.forward(x)) == [0, 3, 5])
    #expect(mixed.forward(x) == mixed.draws(mixture))
    #expect(mixed.gradient(x).allSatisfy { $0 == 0 })
    let both = Ruled(rules: [.replacing(impulse), .replacing(Constant(value: 5), rate: 0.5)])
    #expect(Set(both.forward(x)) == [3, 5, .infinity])
  }

  @Test("Salt and pepper replace by a low of 0 too")
  func pepperOfZero() {
    // The draws of 0 for pepper and of 0 for "pass" look alike; the rule tells them apart.
    let ruled = Ruled(rules: [.replacing(SaltAndPepper(rate: 0.5, low: 0, high: 1))])
    let marks = ruled.draws(SaltAndPepper(rate: 0.5, low: -1, high: 1))
    let y = ruled.forward([Float](repeating: 7, count: 2000))
    #expect(y == marks.map { $0 == 0 ? 7 : $0 == -1 ? 0 : 1 })
    #expect(ruled.gradient(y) == zip(marks, y).map { $0 == 0 ? $1 : 0 })
  }

  @Test("Dropout at rate 1 gives zeros, whatever the input, forward and backward")
  func dropoutOfAll() {
    let ruled = Ruled(rules: [.dropout(rate: 1)])
    for value in [Float(3), .infinity, .nan] {
      let x = [Float](repeating: value, count: 2000)
      #expect(ruled.forward(x).allSatisfy { $0 == 0 })
      #expect(ruled.gradient(x).allSatisfy { $0 == 0 })
    }
  }

  @Test("Dropout at rate 0 is the identity, to the bit")
  func dropoutOfNone() {
    let ruled = Ruled(rules: [.dropout(rate: 0)])
    var x = ruled.inputs
    x[0] = -0.0
    x[1] = .infinity
    x[2] = .leastNonzeroMagnitude
    #expect(sameBits(ruled.forward(x), x))
    #expect(sameBits(ruled.gradient(x), x))
  }

  // 2^18 elements: a rate wrong by 0.013 is seen (by 4.4e-4 at 1e-3).
  @Test(
    "Dropout drops with the probability given and scales the rest by 1 / (1 − p)",
    arguments: [0.001, 0.2, 0.5, 0.999], [(4096, 64), (16384, 16)])
  func dropout(_ rate: Double, _ shape: (rows: Int, columns: Int)) {
    let ruled = Ruled(rules: [.dropout(rate: rate)], rows: shape.rows, columns: shape.columns)
    let count = shape.rows * shape.columns
    let drawn = Bernoulli(probability: rate).mean
    let keep = Float(1 / (1 - drawn))
    let x = [Float](repeating: 3, count: count)
    let y = ruled.forward(x)
    #expect(sameBits(ruled.gradient(x), y))
    var (dropped, wrong) = (0, 0)
    for value in y {
      if value == 0 { dropped += 1 } else if value != 3 * keep { wrong += 1 }
    }
    #expect(wrong == 0)
    let threshold = Threshold.mean(
      count: count, variance: drawn * (1 - drawn), bound: 1, rate: Threshold.failureRate)
    #expect(abs(Double(dropped) / Double(count) - drawn) <= threshold)
  }

  @Test("A dropped infinity or NaN is 0, forward and backward")
  func dropoutOfInfinity() {
    let ruled = Ruled(rules: [.dropout(rate: 0.5)])
    for value in [Float.infinity, .nan] {
      let x = [Float](repeating: value, count: 2000)
      for y in [ruled.forward(x), ruled.gradient(x)] {
        #expect(
          y.contains(0) && y.contains { !$0.isFinite } && y.allSatisfy { $0 == 0 || !$0.isFinite })
      }
    }
  }
}
