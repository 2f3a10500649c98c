import NoiseDistributions

/// What coloured noise is the sum of: independent first-order autoregressive processes (filtered white noise with one pole
/// each) and white noise.
///
/// With s = 4 sin²(πf), a power law is a mixture of their spectra:
///
///     s^(−β/2) = sin(πβ/2)/π · ∫ μ^(−β/2) / (μ + s) dμ  over 0 … ∞, for 0 < β < 2
///
/// and 1/(μ + s) is the shape of a process with the pole a that solves (1 − a)²/a = μ. The trapezoidal rule in ln μ, with
/// steps of ln 16, meets the integral to 0.2 % within the range of μ. What lies below the range joins its lowest process, what
/// lies above is white noise; at β = 2 and β = 0 they are all there is.
struct SpectralComponents: Hashable, Sendable {
  struct Process: Hashable, Sendable {
    /// a: the correlation of neighbours.
    let correlation: Double
    /// Of a variance of 1 in all.
    var variance: Double
  }

  private(set) var processes: [Process] = []
  private(set) var whiteVariance: Double

  /// - Parameters:
  ///   - slope: β, 0…2.
  ///   - lowestFrequency: in cycles per sample.
  init(slope: Float, lowestFrequency: Float) {
    let step = 16.0
    // 16^(−β/2), by which the integrand's terms over μ fall; 1 at β = 0 and 1/16 at β = 2, to the bit.
    let falling = Double(ReproducibleMath.pow(2, -2 * slope))
    let rising = step * falling
    let corner = 2 * Double.pi * Double(lowestFrequency)
    var place = corner * corner
    // The sums of the geometric series of terms outside the range, multiplied by both denominators.
    var weight = 1.0
    while true {
      let first = processes.isEmpty
      let share = weight * (1 - falling) * (first ? 1 : 1 - 1 / rising)
      let half = 1 + place / 2
      let pole = 1 / (half + (place + place * place / 4).squareRoot())
      let correlation = Double(Float(pole))
      processes.append(
        Process(
          correlation: correlation,
          variance: share * correlation / (1 - correlation * correlation)))
      if place >= 16 { break }
      place *= step
      weight *= rising
    }
    whiteVariance = weight / place * falling * (1 - 1 / rising)
    let total = processes.reduce(whiteVariance) { $0 + $1.variance }
    whiteVariance /= total
    for index in processes.indices { processes[index].variance /= total }
  }
}

extension SpectralComponents {
  /// The correlation of two draws `lag` columns apart.
  func correlation(lag: Int) -> Double {
    var sum = lag == 0 ? whiteVariance : 0
    for process in processes {
      var (power, square, rest) = (1.0, process.correlation, lag)
      while rest > 0 {
        if rest % 2 == 1 { power *= square }
        square *= square
        rest /= 2
      }
      sum += process.variance * power
    }
    return sum
  }

  /// The power spectral density at s = 4 sin²(πf), of which the integral over a cycle of f is 1.
  func density(_ s: Double) -> Double {
    processes.reduce(whiteVariance) { sum, process in
      let a = process.correlation
      return sum + process.variance * (1 - a * a) / ((1 - a) * (1 - a) + a * s)
    }
  }
}
