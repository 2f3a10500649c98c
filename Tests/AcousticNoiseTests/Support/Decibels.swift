import Foundation

/// 10 · log₁₀ of the ratio of two signals' energies.
func decibels(_ signal: some Sequence<Float>, over noise: some Sequence<Double>) -> Double {
  let energy = signal.reduce(0.0) { $0 + Double($1) * Double($1) }
  return 10 * log10(energy / noise.reduce(0.0) { $0 + $1 * $1 })
}

/// What was added to `before`: the difference of the samples.
func added(_ after: some Sequence<Float>, to before: some Sequence<Float>) -> [Double] {
  zip(after, before).map { Double($0) - Double($1) }
}
