import CKernels
import DitherRuntime
import Foundation

/// An elementary function as the kernels give it, and as double precision does.
struct ElementaryFunction: CustomStringConvertible, Sendable {
  var description: String
  var function: ck_unary_function
  var scalar: @Sendable (Float) -> Float
  var reference: @Sendable (Double) -> Double
  /// The greatest error in units of the last place, as its header states it.
  var bound: Double
  /// Where the curve bends most: sampled densely besides the whole range of floats.
  var dense: ClosedRange<Float>

  func array(_ x: [Float], on set: InstructionSet, threads: Int = 1) -> [Float] {
    var y = [Float](repeating: .nan, count: x.count)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: Int32(threads))
    unsafe ck_unary(&execution, function, x.count, x, &y)
    return y
  }

  static let all = [
    ElementaryFunction(
      description: "exp", function: CK_EXPONENTIAL, scalar: ck_expf, reference: { exp($0) },
      bound: 1.02, dense: -90...90),
    ElementaryFunction(
      description: "log", function: CK_LOGARITHM, scalar: ck_logf, reference: { log($0) },
      bound: 0.85, dense: 0...4),
    ElementaryFunction(
      description: "sin", function: CK_SINE, scalar: ck_sinf, reference: { sin($0) },
      bound: 1.6, dense: -20...20),
    ElementaryFunction(
      description: "cos", function: CK_COSINE, scalar: ck_cosf, reference: { cos($0) },
      bound: 1.6, dense: -20...20),
    ElementaryFunction(
      description: "tan", function: CK_TANGENT, scalar: ck_tanf, reference: { tan($0) },
      bound: 3.6, dense: -20...20),
    ElementaryFunction(
      description: "tanh", function: CK_TANH, scalar: ck_tanhf, reference: { tanh($0) },
      bound: 1.4, dense: -10...10),
    ElementaryFunction(
      description: "erf", function: CK_ERF, scalar: ck_erff, reference: { erf($0) },
      bound: 1.1, dense: -5...5),
    ElementaryFunction(
      description: "inverse normal", function: CK_INVERSE_NORMAL, scalar: ck_inverse_normalf,
      reference: normalQuantile, bound: 4.5, dense: 0...1),
  ]
}

/// Φ⁻¹(p) in double precision: Newton's method on erf in the middle, on log erfc in the tails.
@Sendable func normalQuantile(_ p: Double) -> Double {
  if !(p >= 0 && p <= 1) { return .nan }
  let tail = min(p, 1 - p)
  if tail == 0 { return p == 0 ? -.infinity : .infinity }
  let densityScale = (2 * Double.pi).squareRoot()
  // Abramowitz & Stegun 26.2.23, good to 4.5e-4.
  let t = (-2 * log(tail)).squareRoot()
  let upper = 2.515517 + t * (0.802853 + t * 0.010328)
  var z = t - upper / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for _ in 0..<4 {
    if tail > 0.1 {
      let excess = 0.5 * erf(z * 0.5.squareRoot()) - (0.5 - tail)
      z -= excess * densityScale * exp(z * z / 2)
    } else {
      let above = 0.5 * erfc(z * 0.5.squareRoot())
      z += log(above / tail) * above * densityScale * exp(z * z / 2)
    }
  }
  return p < 0.5 ? -z : z
}

/// The error of `received` in units of the last place of the float nearest to `exact`. Infinite where a special value
/// is wrong. Below the least normal number, 0 is as good as the exact result.
func errorInUlps(_ received: Float, _ exact: Double) -> Double {
  if exact.isNaN { return received.bitPattern == quietNaN ? 0 : .infinity }
  let nearest = Float(exact)
  if nearest.isInfinite || received.isInfinite || received.isNaN {
    return received == nearest ? 0 : .infinity
  }
  if exact == 0 { return received == 0 ? 0 : .infinity }
  if exact.magnitude < 0x1p-126 && received == 0 { return 0 }
  let unit = Double(max(nearest.ulp, Float.leastNonzeroMagnitude))
  return (Double(received) - exact).magnitude / unit
}

/// The one NaN that elementary and elementwise functions give.
let quietNaN: UInt32 = 0x7FC0_0000

/// Every `stride`th float in the order of its bits: all exponents, both signs, infinities, NaNs and subnormals.
func sampledFloats(stride: Int) -> [Float] {
  var samples = Swift.stride(from: 0, through: Int(UInt32.max), by: stride).map {
    Float(bitPattern: UInt32($0))
  }
  samples += specialFloats
  return samples
}

let specialFloats: [Float] = [
  0, -0.0, 1, -1, .infinity, -.infinity, .nan, Float(bitPattern: 0xFFC0_0001),
  Float(bitPattern: 0x7F80_0001), .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
  .leastNormalMagnitude, -.leastNormalMagnitude, Float.leastNormalMagnitude.nextDown,
  .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0.5, -0.5, Float(1).nextUp,
  Float(1).nextDown,
]

/// `count` numbers at equal distances.
func grid(_ range: ClosedRange<Float>, _ count: Int) -> [Float] {
  let step = (Double(range.upperBound) - Double(range.lowerBound)) / Double(count - 1)
  return (0..<count).map { Float(Double(range.lowerBound) + Double($0) * step) }
}

/// Where the bits of two arrays first differ; nil if nowhere.
func firstBitDifference(_ received: [Float], _ expected: [Float]) -> String? {
  if received.count != expected.count { return "\(received.count) values, not \(expected.count)" }
  if unsafe memcmp(received, expected, 4 * expected.count) == 0 { return nil }
  let place = expected.indices.first { received[$0].bitPattern != expected[$0].bitPattern }!
  return "at \(place): \(received[place]), not \(expected[place])"
}
