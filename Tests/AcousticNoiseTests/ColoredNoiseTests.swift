import AcousticNoise
import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Coloured noise")
struct ColoredNoiseTests {
  static let slopes: [Float] = [0, 0.5, 1, 1.5, 2]

  @Test("The power spectral density is the power law, within 0.3 dB", arguments: slopes)
  func powerLaw(_ slope: Float) {
    for lowest: Float in [1e-6, 1 / 4096, 1 / 64] {
      let noise = ColoredNoise(
        spectralSlope: slope, standardDeviation: 2, lowestFrequency: lowest)
      // Decibels from the power law, at frequencies from 4 · lowest to ½.
      let octaves = log2(0.5 / (4 * Double(lowest)))
      let levels = (0...200).map { number in
        let frequency = 0.5 * exp2(-octaves * Double(number) / 200)
        let law = pow(2 * sin(.pi * frequency), -Double(slope))
        return 10 * log10(noise.powerSpectralDensity(frequency: Float(frequency)) / law)
      }
      #expect(levels.max()! - levels.min()! <= 0.3, "\(lowest): \(levels.min()!)…\(levels.max()!)")
    }
  }

  @Test(
    "The autocovariance is the spectrum's transform, and the variance at lag 0", arguments: slopes)
  func transform(_ slope: Float) {
    let noise = ColoredNoise(spectralSlope: slope, standardDeviation: 3, lowestFrequency: 1 / 64)
    #expect(noise.variance == 9 && noise.mean == 0)
    #expect(abs(noise.autocovariance(lag: 0) - 9) < 1e-12)
    let count = 1 << 14
    for lag in [0, 1, 2, 10, 100] {
      var sum = 0.0
      for number in 0..<count {
        let frequency = (Double(number) + 0.5) / Double(2 * count)
        sum +=
          noise.powerSpectralDensity(frequency: Float(frequency))
          * cos(2 * .pi * frequency * Double(lag))
      }
      #expect(abs(sum / Double(count) - noise.autocovariance(lag: lag)) < 1e-4, "lag \(lag)")
      #expect(noise.autocovariance(lag: -lag) == noise.autocovariance(lag: lag))
    }
  }

  // Sums and differences of two draws of a row are normal: their squares over many rows are χ². Each check fails with a
  // probability of 5e-12, all together 1e-9. Of 2^14 rows it is always seen if a variance is off by 15 %.
  @Test(
    "A row is stationary from its first sample, with the stated variance and autocovariance",
    arguments: slopes, [20, 200])
  func stationary(_ slope: Float, _ width: Int) {
    let rows = 1 << 14
    let noise = ColoredNoise(spectralSlope: slope, standardDeviation: 2)
    let draws = NoiseStream(seed: 5).draws(from: noise, site: "s", rows: rows, columns: width)
    let range = Threshold.chiSquared(degrees: rows, z: 6.9)
    let last = width - 1
    for (first, second) in [(0, 0), (last, last), (0, 1), (0, last), (7, 9), (last - 1, last)] {
      let covariance = noise.autocovariance(lag: second - first)
      for sign in first == second ? [1.0] : [1, -1] {
        var sum = 0.0
        for row in 0..<rows {
          let (x, y) = (draws[row * width + first], draws[row * width + second])
          let value = Double(x) + sign * Double(y)
          sum += value * value
        }
        let variance = 2 * noise.variance + 2 * sign * covariance
        #expect(range.contains(sum / variance), "columns \(first) and \(second), \(sign)")
      }
    }
    // Neighbouring rows are independent: pairs of them have no part in common.
    for sign in [1.0, -1] {
      var sum = 0.0
      for row in stride(from: 0, to: rows, by: 2) {
        let value = Double(draws[row * width]) + sign * Double(draws[(row + 1) * width])
        sum += value * value
      }
      #expect(
        Threshold.chiSquared(degrees: rows / 2, z: 6.9).contains(sum / (2 * noise.variance)))
    }
  }

  // The draws z of a column are independent. Their distribution function is Φ, by Kolmogorov and Smirnov's test; and E exp(2iz) =
  // exp(−2), whose imaginary part moves with the skewness and whose real part with the kurtosis. All checks share the rate
  // of 1e-9. A distribution function off by 0.02, a skewness of 0.16 and a kurtosis off by 0.3 are always seen.
  @Test("The draws of a column are normal", arguments: slopes)
  func normal(_ slope: Float) {
    let (rows, width) = (1 << 17, 8)
    let noise = ColoredNoise(spectralSlope: slope, standardDeviation: 2)
    let draws = NoiseStream(seed: 9).draws(from: noise, site: "s", rows: rows, columns: width)
    let columns = [0, width - 1]
    let rate = Threshold.failureRate / Double(3 * columns.count * Self.slopes.count)
    for column in columns {
      let values = stride(from: column, to: draws.count, by: width).map { Double(draws[$0]) }
      let sorted = values.sorted()
      var distance = 0.0
      for place in stride(from: 0, to: rows, by: 64) {
        let share = Double(place) / Double(rows)
        distance = max(distance, abs(noise.cumulativeProbability(sorted[place]) - share))
      }
      // Below a place lie between place / rows and (place + 1) / rows of the draws.
      #expect(
        distance <= Threshold.distribution(count: rows, rate: rate) + 1 / Double(rows),
        "column \(column)")
      var (real, imaginary) = (0.0, 0.0)
      for value in values {
        real += cos(value)
        imaginary += sin(value)
      }
      let expected = exp(-2.0)
      // E cos² 2z = (1 + E cos 4z) / 2, and E sin² 2z is the rest.
      let square = (1 + exp(-8.0)) / 2
      #expect(
        abs(real / Double(rows) - expected)
          <= Threshold.mean(
            count: rows, variance: square - expected * expected, bound: 1 + expected, rate: rate),
        "column \(column)")
      #expect(
        abs(imaginary / Double(rows))
          <= Threshold.mean(count: rows, variance: 1 - square, bound: 1, rate: rate),
        "column \(column)")
    }
  }

  // The five slopes share the rate: 0.2 is the threshold by it, and 0.02 more is for the spectrum's ripple and for what Hann's window
  // lets through from other frequencies. A slope off by 0.45 is always seen.
  @Test("The slope of the draws' periodogram is the stated one", arguments: slopes)
  func periodogram(_ slope: Float) {
    let (rows, columns) = (32, 2048)
    let draws = NoiseStream(seed: 6).draws(
      from: ColoredNoise(spectralSlope: slope, lowestFrequency: 1 / 2048), site: "s", rows: rows,
      columns: columns)
    // Frequencies at least 4 steps apart.
    var numbers = [16]
    while let last = numbers.last, last < 850 { numbers.append(max(last + 4, last * 23 / 20)) }
    let window = (0..<columns).map { 0.5 - 0.5 * cos(2 * .pi * (Double($0) + 0.5) / 2048) }
    var (places, levels) = ([Double](), [Double]())
    for number in numbers {
      let angle = 2 * .pi * Double(number) / Double(columns)
      let (cosine, sine) = (cos(angle), sin(angle))
      var power = 0.0
      for row in 0..<rows {
        var (real, imaginary, c, s) = (0.0, 0.0, 1.0, 0.0)
        for column in 0..<columns {
          let value = window[column] * Double(draws[row * columns + column])
          real += c * value
          imaginary += s * value
          (c, s) = (c * cosine - s * sine, c * sine + s * cosine)
        }
        power += real * real + imaginary * imaginary
      }
      places.append(log(2 * sin(angle / 2)))
      levels.append(log(power))
    }
    let line = PeriodogramSlope(places: places)
    let threshold = line.threshold(
      rows: rows, rate: Threshold.failureRate / Double(Self.slopes.count))
    #expect(places.count >= 24 && threshold < 0.22)
    let found = -line.slope(of: levels)
    #expect(abs(found - Double(slope)) <= threshold + 0.02, "\(found)")
  }

  @Test("White noise draws what a Gaussian does; no deviation draws 0")
  func white() {
    let noise = NoiseStream(seed: 2)
    #expect(
      noise.draws(from: ColoredNoise.white(standardDeviation: 3), site: "s", rows: 9, columns: 100)
        == noise.draws(from: Gaussian(standardDeviation: 3), site: "s", rows: 9, columns: 100))
    #expect(
      noise.draws(from: ColoredNoise.pink(standardDeviation: 0), site: "s", rows: 9, columns: 100)
        .allSatisfy { $0 == 0 })
    #expect(ColoredNoise.pink().spectralSlope == 1 && ColoredNoise.brown().spectralSlope == 2)
  }

  @Test(
    "Draws are those of stream version 1, on every instruction set, at any thread count and split")
  func golden() {
    let distribution = ColoredNoise(spectralSlope: 1.25, standardDeviation: 0.5)
    for (rows, columns, golden) in [
      (100, 5000, "60c706a030517fe4"), (1 << 14, 16, "4d6a236594cb82ed"),
    ] {
      let noise = NoiseStream(seed: 7).at(step: 9)
      let reference = expectSameBits(
        of: { noise.draws(from: distribution, site: "s", rows: rows, columns: columns) },
        threads: [2, 7])
      #expect(hash(reference) == golden, "\(columns) columns")
      let part = noise.rows(from: 5).draws(
        from: distribution, site: "s", rows: 40, columns: columns)
      #expect(sameBits(part, Array(reference[(5 * columns)..<(45 * columns)])))
    }
  }

  @Test("On the input of a layer it adds the draws of its address, and the gradient passes")
  func layer() {
    let noise = NoiseStream(seed: 8).at(step: 2)
    let model = Sequential(seed: 7) {
      Linear(inputs: 1300, outputs: 5).noise(.adding(ColoredNoise.pink()), on: .input)
    }
    let x = Tensor((0..<70 * 1300).map { Float($0 % 17) / 8 - 1 }, shape: [70, 1300])
    let draws = noise.draws(from: ColoredNoise.pink(), site: "0.input", rows: 70, columns: 1300)
    let (y, _) = model.forward(x, .training(noise))
    let expected = model(x + Tensor(draws, shape: [70, 1300]))
    #expect(sameBits(y.scalars, expected.scalars))
    #expect(y.scalars != model(x).scalars)
  }

  @Test("A parameter out of its range stops the program and is named")
  func misuse() async {
    var result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ColoredNoise(spectralSlope: 2.5) }
    expect(result, says: "ColoredNoise: spectralSlope is 2.5; expected 0…2")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ColoredNoise(spectralSlope: .nan) }
    expect(result, says: "ColoredNoise: spectralSlope is nan")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ColoredNoise.pink(standardDeviation: -1) }
    expect(
      result, says: "ColoredNoise: standardDeviation is -1.0; expected a finite number, 0 or more")
    result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ColoredNoise(spectralSlope: 1, lowestFrequency: 0.5) }
    expect(result, says: "ColoredNoise: lowestFrequency is 0.5; expected 1e-06…0.25")
  }
}
