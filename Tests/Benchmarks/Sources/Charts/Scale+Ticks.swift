import Foundation

extension Scale {
  /// Round values on the scale, ascending, `count` at most: multiples of 1, 2 or 5 times a power of ten; on a
  /// logarithmic scale these numbers themselves, or powers of ten, or every second, third … of these. A
  /// logarithmic scale too short for two of them has the multiples.
  public func ticks(atMost count: Int) -> [Double] {
    guard count > 0 else { return [] }
    guard kind == .logarithmic else { return multiples(atMost: count) }
    let decades = Int(log10(lower).rounded(.down))...Int(log10(upper).rounded(.up))
    func choice(_ digits: [Int], every step: Int) -> [Double] {
      decades.filter { $0 % step == 0 }
        .flatMap { decade in digits.map { Scale.round($0, power: decade) } }
        .filter { lower <= $0 && $0 <= upper }
    }
    var choices = [choice([1, 2, 5], every: 1), choice([1, 3], every: 1)]
    choices += (1...max(decades.count, 1)).map { choice([1], every: $0) }
    let best = choices.first { $0.count <= count } ?? []
    if best.count >= 3 || upper / lower > 100 { return best }
    let even = multiples(atMost: count)
    return even.count > best.count ? even : best
  }

  private func multiples(atMost count: Int) -> [Double] {
    var power = Int(log10((upper - lower) / Double(count)).rounded(.down)) - 1
    while true {
      for digit in [1, 2, 5] {
        let step = Scale.round(digit, power: power)
        let first = (lower / step - 1e-9).rounded(.up)
        let last = (upper / step + 1e-9).rounded(.down)
        if last - first < Double(count) {
          return first > last
            ? []
            : (0...Int(last - first)).map { Scale.multiple(first + Double($0), digit, power) }
        }
      }
      power += 1
    }
  }

  private static func round(_ digit: Int, power: Int) -> Double { multiple(1, digit, power) }

  /// `factor · digit · 10^power`, correctly rounded for moderate powers: tenths are divided, not multiplied by 0.1.
  private static func multiple(_ factor: Double, _ digit: Int, _ power: Int) -> Double {
    let whole = factor * Double(digit)
    return power < 0 ? whole / pow(10, Double(-power)) : whole * pow(10, Double(power))
  }
}
