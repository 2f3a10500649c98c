import Foundation
import NoiseDistributions
import Testing

// The system's own functions are off by one unit in the last place at most, which each bound has above the stated one.
@Suite("Functions in double precision are as exact as they say")
struct DoubleMathTests {
  /// How many units in the last place a value is off, of numbers that are not subnormal.
  func units(_ found: Double, _ expected: Double) -> Double { abs(found - expected) / expected.ulp }

  /// Numbers of every size in a range, ends included, under both signs where it has both.
  func numbers(_ range: ClosedRange<Double>) -> [Double] {
    let even = (0...4000).map {
      range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 4000
    }
    let small = (1...300).flatMap { (step: Int) -> [Double] in
      let size: Double = pow(10.0, -Double(step) / 20) * max(range.upperBound, -range.lowerBound)
      return [size, -size]
    }
    return even + small.filter { range.contains($0) }
  }

  @Test("exp and expMinusOne")
  func exponentials() {
    for x in numbers(-708...709.7) {
      #expect(units(ReproducibleDoubleMath.exp(x), exp(x)) <= 3, "\(x)")
    }
    for x in numbers(-30...30) where x != 0 {
      #expect(units(ReproducibleDoubleMath.expMinusOne(x), expm1(x)) <= 6, "\(x)")
    }
    #expect(ReproducibleDoubleMath.exp(0) == 1 && ReproducibleDoubleMath.expMinusOne(0) == 0)
    #expect(ReproducibleDoubleMath.exp(710) == .infinity)
    #expect(ReproducibleDoubleMath.exp(-.infinity) == 0)
    #expect(ReproducibleDoubleMath.expMinusOne(-.infinity) == -1)
    #expect(
      ReproducibleDoubleMath.exp(.nan).isNaN && ReproducibleDoubleMath.expMinusOne(.nan).isNaN)
  }

  @Test("log and log(onePlus:)")
  func logarithms() {
    let ends: [Double] = [
      .leastNonzeroMagnitude, .leastNormalMagnitude / 4, 1e300, .greatestFiniteMagnitude,
    ]
    for x in numbers(1e-300...1e3) + ends where x != 1 {
      #expect(units(ReproducibleDoubleMath.log(x), log(x)) <= 3, "\(x)")
    }
    for x in numbers(-0.999...30) where x != 0 {
      #expect(units(ReproducibleDoubleMath.log(onePlus: x), log1p(x)) <= 5, "\(x)")
    }
    #expect(ReproducibleDoubleMath.log(1) == 0 && ReproducibleDoubleMath.log(onePlus: 0) == 0)
    #expect(ReproducibleDoubleMath.log(0) == -.infinity)
    #expect(ReproducibleDoubleMath.log(.infinity) == .infinity)
    #expect(ReproducibleDoubleMath.log(onePlus: -1) == -.infinity)
    #expect(ReproducibleDoubleMath.log(-1).isNaN && ReproducibleDoubleMath.log(onePlus: -2).isNaN)
    #expect(ReproducibleDoubleMath.log(.nan).isNaN)
  }

  @Test("sin and atan")
  func angles() {
    for x in numbers(-Double.pi / 2...Double.pi / 2) where x != 0 {
      #expect(units(ReproducibleDoubleMath.sin(x), sin(x)) <= 5, "\(x)")
    }
    for x in numbers(-50...50) where x != 0 {
      #expect(units(ReproducibleDoubleMath.atan(x), atan(x)) <= 9, "\(x)")
    }
    #expect(ReproducibleDoubleMath.atan(.infinity) == .pi / 2)
    #expect(ReproducibleDoubleMath.atan(-.infinity) == -.pi / 2)
    #expect(ReproducibleDoubleMath.atan(0) == 0 && ReproducibleDoubleMath.sin(0) == 0)
    #expect(ReproducibleDoubleMath.sin(1.6).isNaN && ReproducibleDoubleMath.sin(.nan).isNaN)
  }

  @Test("The normal distribution's probability, to some 10⁻¹⁵ of itself in the lower tail")
  func normal() {
    for x in numbers(-30...0) {
      let expected = 0.5 * erfc(-x / 2.0.squareRoot())
      // The argument of erfc is rounded: a relative error of x² units in its value.
      let bound = (4e-15 + x * x * 0x1p-52) * expected
      #expect(abs(ReproducibleDoubleMath.normalProbability(x) - expected) <= bound, "\(x)")
      #expect(
        abs(ReproducibleDoubleMath.normalProbability(-x) - (1 - expected)) <= 0x1p-50, "\(-x)")
    }
  }
}
