import Foundation
import HeavyTailedNoise
import NoiseDistributions
import TestSupport
import Testing

@Suite("Student's t")
struct StudentTTests {
  @Test("A draw is Bailey's formula in double precision, to the stated error")
  func formula() {
    let noise = NoiseStream(seed: 3)
    for degrees: Float in [0.25, 0.75, 1, 2, 3, 10, 1000, 1e6] {
      let draws = noise.draws(
        from: StudentT(degreesOfFreedom: degrees, scale: 2), site: "t", rows: 32, columns: 1024)
      let uniforms = Uniforms(noise.address(of: "t", rows: 32, columns: 1024))
      var worst = 0.0
      for index in draws.indices {
        let distance = uniforms.distances[index]
        let h = -log(uniforms.fine[index]) / Double(degrees)
        let expected =
          2 * (Double(degrees) * expm1(2 * h)).squareRoot()
          * (distance < 0 ? -1 : 1) * sin(.pi * (0.5 - abs(distance)))
        worst = max(worst, abs(Double(draws[index]) - expected) / (abs(expected) * (1 + h)))
      }
      #expect(worst <= 4e-7, "\(degrees) degrees of freedom: \(worst)")
    }
  }

  // Of 2^18 draws it is always seen if the probability of any half-line that is compared is off by 0.013.
  @Test("The draws' distribution function is SciPy's", arguments: [1 << 10, 16])
  func distribution(_ columns: Int) throws {
    let all = try KnownProbabilities.all("student-t", parameters: 1)
    #expect(all.count == 10)
    for known in all {
      known.expectShares(
        of: NoiseStream(seed: 1).draws(
          from: StudentT(degreesOfFreedom: known.parameters[0]), site: "t",
          rows: (1 << 18) / columns, columns: columns))
    }
  }

  // E T²ᵏ = νᵏ · 1·3·… / ((ν − 2)(ν − 4)…).
  @Test("Mean, variance, skew and kurtosis are the stated ones at 20 degrees of freedom")
  func moments() {
    let degrees = 20.0
    let distribution = StudentT(degreesOfFreedom: 20, scale: 0.5)
    var raw = [1.0, 0, 0, 0, 0, 0, 0, 0, 0]
    for order in stride(from: 2, through: 8, by: 2) {
      raw[order] = raw[order - 2] * degrees * Double(order - 1) / (degrees - Double(order)) / 4
    }
    let deviation = distribution.variance.squareRoot()
    let known = KnownDistribution(
      "StudentT", distribution,
      moments: KnownDistribution.standardised(raw, mean: 0, deviation: deviation),
      bound: 0.5 * (degrees * (pow(2, 64 / degrees) - 1)).squareRoot() / deviation)
    known.expectMoments(of: known.draws(rows: 1 << 10, columns: 1 << 10))
  }

  @Test("The distribution function is SciPy's, to the tails")
  func cumulativeProbability() throws {
    for known in try KnownProbabilities.all("student-t", parameters: 1) {
      let distribution = StudentT(degreesOfFreedom: known.parameters[0], scale: 4)
      #expect(known.places.count == 70)
      for (x, expected) in known.places {
        let found = distribution.cumulativeProbability(4 * x)
        let tolerance = expected < 0.5 ? 1e-11 * expected : 1e-14
        #expect(
          abs(found - expected) <= tolerance,
          "\(distribution) at \(4 * x): \(found), expected \(expected)")
      }
    }
    let distribution = StudentT(degreesOfFreedom: 3)
    #expect(distribution.cumulativeProbability(0) == 0.5)
    #expect(distribution.cumulativeProbability(-.infinity) == 0)
    #expect(distribution.cumulativeProbability(.infinity) == 1)
    #expect(distribution.cumulativeProbability(.nan).isNaN)
    #expect(StudentT(degreesOfFreedom: 0.1).cumulativeProbability(-1e300) > 0)
    #expect(StudentT(degreesOfFreedom: 3, scale: 0).cumulativeProbability(-1e-30) == 0)
    #expect(StudentT(degreesOfFreedom: 3, scale: 0).cumulativeProbability(0) == 1)
  }

  @Test("Quantiles are SciPy's, to the tails")
  func quantiles() throws {
    for known in try KnownProbabilities.all("student-t", parameters: 1) {
      let distribution = StudentT(degreesOfFreedom: known.parameters[0], scale: 0.5)
      for (x, probability) in known.places.enumerated().filter({ $0.offset % 23 == 0 }).map(
        \.element)
      {
        let found = distribution.quantile(probability)
        #expect(abs(2 * found - x) <= 1e-8 * abs(x), "\(distribution) at \(probability)")
      }
    }
    #expect(StudentT(degreesOfFreedom: 3).quantile(0) == -.infinity)
    #expect(StudentT(degreesOfFreedom: 3).quantile(1) == .infinity)
    #expect(abs(StudentT(degreesOfFreedom: 3).quantile(0.5)) < 1e-10)
  }

  @Test("The variance is that of the draws as they are, by Hurwitz's zeta function")
  func variance() throws {
    let rows = try references("student-t-variance", in: referenceFile())
    #expect(rows.count == 6)
    for row in rows {
      let (degrees, expected) = (Float(row[1])!, Double(row[2])!)
      let found = StudentT(degreesOfFreedom: degrees, scale: 3).variance / 9
      #expect(abs(found - expected) <= 1e-12 * expected, "\(degrees)")
    }
    #expect(StudentT(degreesOfFreedom: 2).variance == .infinity)
    #expect(StudentT(degreesOfFreedom: 1).variance.isNaN)
    #expect(StudentT(degreesOfFreedom: 1).mean.isNaN)
    #expect(StudentT(degreesOfFreedom: 1.5).mean == 0)
  }

  @Test("Draws stay finite however few the degrees of freedom; a scale of 0 draws 0")
  func extremes() {
    for degrees: Float in [.leastNonzeroMagnitude, 1e-3, 0.1, 1e30, .greatestFiniteMagnitude] {
      for (scale, bound) in [(Float(0), Float(0)), (1, .infinity), (3e38, .infinity)] {
        let draws = NoiseStream(seed: 1).draws(
          from: StudentT(degreesOfFreedom: degrees, scale: scale), site: "t", rows: 64,
          columns: 1024)
        #expect(draws.allSatisfy { $0.isFinite && abs($0) <= bound })
      }
    }
  }

  @Test(
    "Draws are those of stream version 1, on every instruction set, at any thread count and split")
  func golden() {
    expectGolden(
      StudentT(degreesOfFreedom: 2.5, scale: 0.5), wide: "a51a865af4a6b081",
      narrow: "ef0c41bc40bf755f")
  }

  @Test("A parameter out of its range stops the program and is named")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = StudentT(degreesOfFreedom: 0) }
    expect(
      result,
      says: "StudentT: degreesOfFreedom is 0.0; expected a finite number greater than 0")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = StudentT(degreesOfFreedom: .nan) }
    expect(result, says: "StudentT: degreesOfFreedom is nan")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = StudentT(degreesOfFreedom: 1, scale: -2) }
    expect(result, says: "StudentT: scale is -2.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = StudentT(degreesOfFreedom: 1).quantile(1.5) }
    expect(result, says: "StudentT.quantile: p is 1.5; expected 0…1")
  }
}
