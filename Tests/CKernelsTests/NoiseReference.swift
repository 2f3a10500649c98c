import CKernels

/// Stream version 1 in plain Swift, one word at a time: what the kernels must agree with to the bit.
enum NoiseReference {
  static func philox(_ counter: [UInt32], _ key: [UInt32]) -> [UInt32] {
    var word = counter
    var (key0, key1) = (key[0], key[1])
    for _ in 0..<10 {
      let product0 = word[0].multipliedFullWidth(by: 0xD251_1F53)
      let product1 = word[2].multipliedFullWidth(by: 0xCD9E_8D57)
      word = [
        product1.high ^ word[1] ^ key0, product1.low, product0.high ^ word[3] ^ key1, product0.low,
      ]
      key0 &+= 0x9E37_79B9
      key1 &+= 0xBB67_AE85
    }
    return word
  }

  static func halves(_ value: UInt64) -> [UInt32] {
    [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
  }

  /// The four words of a block, in the counter's row.
  static func block(_ address: ck_address, row: UInt32, block: UInt32) -> [UInt32] {
    philox([block | address.plane << 24, row] + halves(address.step), halves(address.key))
  }

  /// The word of an element of the whole matrix.
  static func word(_ address: ck_address, row: UInt32, column: UInt32) -> UInt32 {
    if address.width > 32 {
      return block(address, row: row, block: 16 * (column / 64) + column % 16)[
        Int(column % 64 / 16)]
    }
    return block(address, row: row / 4, block: column)[Int(row % 4)]
  }

  /// Its 16 bits.
  static func half(_ address: ck_address, row: UInt32, column: UInt32) -> UInt32 {
    let word: UInt32
    let high: Bool
    if address.width > 32 {
      word =
        block(address, row: row, block: 16 * (column / 128) + column % 16)[Int(column % 64 / 16)]
      high = column % 128 >= 64
    } else {
      word = block(address, row: row / 8, block: column)[Int(row % 4)]
      high = row % 8 >= 4
    }
    return high ? word >> 16 : word & 0xFFFF
  }

  /// The radius' word, the angle's word, and whether the element is the pair's first.
  static func pair(
    _ address: ck_address, row: UInt32, column: UInt32
  ) -> (radius: UInt32, angle: UInt32, isFirst: Bool) {
    if address.width > 32 {
      let words = block(address, row: row, block: 16 * (column / 64) + column % 16)
      let number = Int(column % 64 / 16)
      return (words[number & 2], words[number | 1], number % 2 == 0)
    }
    let words = block(address, row: row / 4, block: column)
    let number = Int(row % 4)
    return (words[number & 2], words[number | 1], number % 2 == 0)
  }

  /// Whether a chance comes true, and whether in its lower half.
  static func chance(
    _ chance: ck_chance, _ address: ck_address, row: UInt32, column: UInt32
  ) -> (comesTrue: Bool, isLower: Bool) {
    switch chance.bits {
    case 0: return (false, false)
    case 32:
      let word = word(address, row: row, column: column)
      return (word < chance.threshold, word < chance.threshold / 2)
    default:
      let threshold = chance.bits == 16 ? chance.threshold : 1 << 16
      let half = half(address, row: row, column: column)
      return (half < threshold, half < threshold / 2)
    }
  }

  /// The quantile of p.
  static func quantile(_ draw: ck_draw, _ p: Float) -> Float {
    let tail = min(p, 1 - p)
    let (low, mode, high) = unsafe (draw.a, draw.c, draw.b)
    switch unsafe draw.distribution {
    case CK_LAPLACE: return Float(signOf: p - 0.5, magnitudeOf: high * ck_logf(2 * tail))
    case CK_LOGISTIC: return Float(signOf: p - 0.5, magnitudeOf: high * ck_logf(tail / (1 - tail)))
    case CK_EXPONENTIAL_DRAW: return -high * ck_logf(1 - p)
    default:
      let extent = Double(high) - Double(low)
      let below = Float((Double(mode) - Double(low)) / extent)
      let above = Float((Double(high) - Double(mode)) / extent)
      return p < below
        ? min(mode, low.addingProduct(high - low, (p * below).squareRoot()))
        : max(mode, high.addingProduct(low - high, ((1 - p) * above).squareRoot()))
    }
  }

  /// The draw of an element, of the distributions that are exact.
  static func exact(_ draw: ck_draw, _ address: ck_address, row: UInt32, column: UInt32) -> Float {
    let unit = { (Float(word(address, row: row, column: column) >> 9) * 2 + 1) * 0x1p-24 }
    switch unsafe draw.distribution {
    case CK_UNIT: return unit()
    case CK_UNIFORM: return unsafe draw.a.addingProduct(draw.b - draw.a, unit())
    case CK_LAPLACE, CK_LOGISTIC, CK_EXPONENTIAL_DRAW, CK_TRIANGULAR:
      return unsafe quantile(draw, unit())
    case CK_POISSON:
      let k = word(address, row: row, column: column) >> 9
      return Float(Inversion.halves.thresholds.firstIndex { k < $0 }!)
    case CK_BERNOULLI:
      return unsafe chance(draw.chance, address, row: row, column: column).comesTrue ? 1 : 0
    default:
      let outcome = unsafe chance(draw.chance, address, row: row, column: column)
      return unsafe outcome.comesTrue ? (outcome.isLower ? draw.a : draw.b) : 0
    }
  }
}
