import NoiseDistributions

/// The power of signals by frequency.
struct Periodogram {
  /// The mean over the signals at the frequencies k / length, k = 0 ..< length / 2: |Σ w·x·exp(−2πikn / length)|² / Σ w² under a
  /// Hann window w. White noise has its variance at every frequency.
  let powers: [Double]

  /// - Parameters:
  ///   - samples: an even number of signals, one after the other.
  ///   - length: of a signal, a power of 2.
  init(_ samples: [Float], length: Int) {
    let half = (0..<length / 2).map { Float($0) / Float(length) * 2 * .pi }
    let cosines = half.map { Double(ReproducibleMath.cos($0)) }
    let sines = half.map { Double(ReproducibleMath.sin($0)) }
    let window = (0..<length).map { number in
      let sine = Double(ReproducibleMath.sin((Float(number) + 0.5) / Float(length) * .pi))
      return sine * sine
    }
    let energy = window.reduce(0) { $0 + $1 * $1 }
    let pairs = samples.count / (2 * length)
    var powers = [Double](repeating: 0, count: length / 2)
    for pair in 0..<pairs {
      // Two real signals as one complex one: the powers at k and −k of it have the sum of both signals' at k, twice.
      let first = 2 * pair * length
      var real = (0..<length).map { window[$0] * Double(samples[first + $0]) }
      var imaginary = (0..<length).map { window[$0] * Double(samples[first + length + $0]) }
      transform(&real, &imaginary, cosines, sines)
      for k in powers.indices {
        let mirror = (length - k) % length
        let sum =
          real[k] * real[k] + imaginary[k] * imaginary[k]
          + real[mirror] * real[mirror] + imaginary[mirror] * imaginary[mirror]
        powers[k] += sum / (4 * Double(pairs) * energy)
      }
    }
    self.powers = powers
  }
}

/// The discrete Fourier transform in place: Cooley and Tukey (1965), radix 2.
private func transform(
  _ real: inout [Double], _ imaginary: inout [Double], _ cosines: [Double], _ sines: [Double]
) {
  let count = real.count
  var reversed = 0
  for index in 1..<count {
    var bit = count / 2
    while reversed & bit != 0 {
      reversed ^= bit
      bit /= 2
    }
    reversed |= bit
    if index < reversed {
      real.swapAt(index, reversed)
      imaginary.swapAt(index, reversed)
    }
  }
  var half = 1
  while half < count {
    let step = count / (2 * half)
    for first in stride(from: 0, to: count, by: 2 * half) {
      for offset in 0..<half {
        let (a, b) = (first + offset, first + offset + half)
        let (cosine, sine) = (cosines[offset * step], sines[offset * step])
        let turnedReal = cosine * real[b] + sine * imaginary[b]
        let turnedImaginary = cosine * imaginary[b] - sine * real[b]
        real[b] = real[a] - turnedReal
        imaginary[b] = imaginary[a] - turnedImaginary
        real[a] += turnedReal
        imaginary[a] += turnedImaginary
      }
    }
    half *= 2
  }
}
