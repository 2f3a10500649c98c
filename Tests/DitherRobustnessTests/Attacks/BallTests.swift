import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Attacks stay in their ball and in the range of the data")
struct BallTests {
  /// Inputs of many magnitudes, with a range that some of them are at the ends of.
  private func inputs(_ range: ClosedRange<Float>?) -> Tensor {
    let draws = NoiseStream(seed: 3).draws(
      from: Gaussian(standardDeviation: 1), site: "inputs", rows: 40, columns: 12)
    let values = draws.enumerated().map { index, draw in
      // From 10⁻⁹ to 10³.
      let scaled = draw * ReproducibleMath.pow(10, Float(index % 13) - 9)
      return range.map { min(max(scaled, $0.lowerBound), $0.upperBound) } ?? scaled
    }
    return Tensor(values, shape: [40, 12])
  }

  /// The exact difference of two floats lies within ±radius: in double precision it is rounded, so the sign of the rest decides
  /// where it rounds to the radius itself.
  private func isWithin(_ a: Float, _ b: Float, _ radius: Float) -> Bool {
    let (a, b, radius) = (Double(a), Double(b), Double(radius))
    let difference = a - b
    let part = difference - a
    let rest = (a - (difference - part)) - (b + part)
    if abs(difference) != radius { return abs(difference) < radius }
    return difference > 0 ? rest <= 0 : rest >= 0
  }

  @Test(
    "To the last bit, with no tolerance, in L∞; in L2 the norm in double precision is at most the radius",
    arguments: PerturbationBall.Norm.allCases, [nil, -0.5...1] as [ClosedRange<Float>?])
  func stays(norm: PerturbationBall.Norm, range: ClosedRange<Float>?) {
    let inputs = inputs(range)
    let weight = (0..<12).map { Float($0 % 5) - 1.7 }
    let linear = LinearScore(weight: weight)
    let labels = (0..<40).map { $0 % 2 }
    var moved = 0
    for radius: Float in [1e-6, 0.1, 0.3, 2] {
      let ball = PerturbationBall(norm, radius: radius, range: range)
      let noise = NoiseStream(seed: 4)
      let adversaries = [
        GradientAttack.fastGradient(within: ball).adversaries(
          of: inputs, labels: labels, against: linear, noise: noise),
        GradientAttack.projected(within: ball, steps: 7, randomStarts: 2).adversaries(
          of: inputs, labels: labels, against: linear, noise: noise),
        GradientAttack(within: ball, steps: 3, stepSize: 5 * radius).adversaries(
          of: inputs, labels: labels, against: linear, noise: noise),
        RandomAttack(within: ball, tries: 1).adversaries(
          of: inputs, labels: labels, against: linear, noise: noise),
        RandomAttack(within: ball, tries: 6).adversaries(
          of: inputs, labels: labels, against: linear, noise: noise),
      ]
      for adversary in adversaries {
        let (x, y) = (inputs.scalars, adversary.scalars)
        if let range { #expect(y.allSatisfy { range.contains($0) }) }
        switch norm {
        case .maximum:
          #expect(zip(y, x).allSatisfy { isWithin($0, $1, radius) }, "radius \(radius)")
        case .euclidean:
          for row in 0..<40 {
            var squares = 0.0
            for index in row * 12..<row * 12 + 12 {
              let offset = Double(y[index]) - Double(x[index])
              squares += offset * offset
            }
            #expect(squares.squareRoot() <= Double(radius), "radius \(radius), row \(row)")
          }
        }
        moved += zip(y, x).count { $0 != $1 }
      }
    }
    // That nothing moves would be inside too.
    #expect(moved > 3000)
  }

  @Test("The surface is reached: the greatest moves are the radius but for rounding")
  func reaches() {
    let inputs = Tensor(repeating: 0.25, shape: [3, 8])
    let linear = LinearScore(weight: [1, -1, 2, 3, -2, 1, 1, -1])
    for norm in PerturbationBall.Norm.allCases {
      let ball = PerturbationBall(norm, radius: 0.1)
      for attack in [
        GradientAttack.fastGradient(within: ball), .projected(within: ball, steps: 10),
      ] {
        let moved =
          attack.adversaries(
            of: inputs, labels: [0, 1, 1], against: linear, noise: NoiseStream(seed: 5)) - inputs
        for row in 0..<3 {
          let row = moved.rows(row..<row + 1)
          let length =
            norm == .maximum ? row.absolute().maximum() : Float(row.sumOfSquares().squareRoot())
          #expect(abs(length - 0.1) < 1e-6, "\(attack)")
        }
      }
    }
  }

  @Test("Random starts are uniform in the ball", arguments: PerturbationBall.Norm.allCases)
  func uniformStarts(norm: PerturbationBall.Norm) {
    let (rows, radius) = (2000, 0.5)
    let recorder = Recorder()
    let attack = GradientAttack(
      within: PerturbationBall(norm, radius: Float(radius)), steps: 1, stepSize: 0.1,
      randomStarts: 1)
    _ = attack.adversaries(
      of: Tensor(zeros: [rows, 3]), labels: (0..<rows).map { $0 % 2 },
      against: RecordedClassifier(base: LinearScore(weight: [1, 1, 1]), recorder: recorder),
      noise: NoiseStream(seed: 6))
    // After the sample, the fast gradient's place and the end of the run from the sample.
    let visited = Tensor(recorder.values, shape: [5 * rows, 3])
    let starts = visited.rows(3 * rows..<4 * rows)
    // The share of the ball that is nearer to the centre is uniform in 0…1.
    var (mean, square) = (0.0, 0.0)
    for row in 0..<rows {
      let start = starts.rows(row..<row + 1)
      let length =
        norm == .maximum
        ? Double(start.absolute().maximum()) : start.sumOfSquares().squareRoot()
      let share = length / radius * (length / radius) * (length / radius)
      mean += share / Double(rows)
      square += share * share / Double(rows)
    }
    let rate = Threshold.failureRate / 4
    #expect(
      abs(mean - 1.0 / 2)
        < Threshold.mean(count: rows, variance: 1.0 / 12, bound: 0.5, rate: rate))
    #expect(
      abs(square - 1.0 / 3)
        < Threshold.mean(count: rows, variance: 4.0 / 45, bound: 1, rate: rate))
  }

  @Test("A radius of 0 moves nothing")
  func zero() {
    let inputs = TrainedDigits.test.inputs.rows(0..<5)
    for norm in PerturbationBall.Norm.allCases {
      let ball = PerturbationBall(norm, radius: 0, range: 0...1)
      let moved = GradientAttack.projected(within: ball, steps: 3).adversaries(
        of: inputs, labels: [1, 2, 3, 4, 5], against: TrainedDigits.plain,
        noise: NoiseStream(seed: 1))
      #expect(moved == inputs)
    }
  }
}
