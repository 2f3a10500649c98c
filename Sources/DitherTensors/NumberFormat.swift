/// One way of writing all the numbers of a tensor, so that they line up.
struct NumberFormat {
  /// Digits after the point.
  private var decimals: Int
  /// Whether as a power of ten: 1.25e-07.
  private var scientific: Bool

  private static let mostDecimals = 4

  /// As few decimals as the numbers need, one at least and four at most; what is smaller rounds to zero. Powers of ten
  /// where the greatest is 10⁸ or more, or below 10⁻².
  init(for values: [Float]) {
    let magnitudes = values.filter { $0.isFinite && $0 != 0 }.map { Double(abs($0)) }
    let greatest = magnitudes.max() ?? 1
    scientific = greatest >= 1e8 || greatest < 1e-2
    decimals = 1
    for magnitude in magnitudes {
      let digits = scientific ? NumberFormat.split(magnitude).mantissa : magnitude
      decimals = max(decimals, NumberFormat.decimals(of: digits))
    }
  }

  func text(_ value: Float) -> String {
    if value.isNaN { return "nan" }
    let sign = value.sign == .minus ? "-" : ""
    if value.isInfinite { return sign + "inf" }
    let magnitude = Double(abs(value))
    if !scientific { return sign + fixed(magnitude) }
    var (mantissa, exponent) = magnitude == 0 ? (0, 0) : NumberFormat.split(magnitude)
    if (mantissa * NumberFormat.scale(decimals)).rounded() >= 10 * NumberFormat.scale(decimals) {
      mantissa /= 10
      exponent += 1
    }
    let digits = String(abs(exponent))
    return sign + fixed(mantissa) + (exponent < 0 ? "e-" : "e+")
      + (digits.utf8.count < 2 ? "0" : "") + digits
  }

  private func fixed(_ magnitude: Double) -> String {
    let scale = NumberFormat.scale(decimals)
    let scaled = Int64((magnitude * scale).rounded(.toNearestOrEven))
    let fraction = String(scaled % Int64(scale))
    return String(scaled / Int64(scale)) + "."
      + String(repeating: "0", count: decimals - fraction.utf8.count) + fraction
  }

  /// magnitude = mantissa · 10^exponent, 1 ≤ mantissa < 10.
  private static func split(_ magnitude: Double) -> (mantissa: Double, exponent: Int) {
    var mantissa = magnitude
    var exponent = 0
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return (mantissa, exponent)
  }

  /// How many decimals a number needs when rounded to the most that are shown.
  private static func decimals(of magnitude: Double) -> Int {
    var scaled = Int64((magnitude * scale(mostDecimals)).rounded(.toNearestOrEven))
    var decimals = mostDecimals
    while decimals > 1, scaled % 10 == 0 {
      scaled /= 10
      decimals -= 1
    }
    return decimals
  }

  private static func scale(_ decimals: Int) -> Double {
    (0..<decimals).reduce(1) { product, _ in product * 10 }
  }
}
