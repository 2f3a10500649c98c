import CKernels
import DitherRuntime

/// The rules of a site.
@safe struct LinearRules: CustomStringConvertible {
  var rules: [ck_rule] = unsafe []
  var row: UInt32 = 0
  var description = ""

  func withRules<Result>(_ body: (ck_rules) -> Result) -> Result {
    unsafe rules.withUnsafeBufferPointer { items in
      unsafe body(ck_rules(items: items.baseAddress, count: Int32(items.count), row: row))
    }
  }

  func apply(_ run: LinearRun, _ x: [Float], rows: Int, columns: Int) -> [Float] {
    var execution = unsafe run.execution
    var y = x
    unsafe withRules { unsafe check(ck_apply_rules(&execution, $0, rows, columns, x, &y)) }
    return y
  }
  func gradient(_ run: LinearRun, _ dy: [Float], rows: Int, columns: Int) -> [Float] {
    var execution = unsafe run.execution
    var dx = dy
    unsafe withRules {
      unsafe check(ck_apply_rules_gradient(&execution, $0, rows, columns, dy, &dx))
    }
    return dx
  }
}

/// Rules of every kind; `custom` draws by a callback.
enum LinearRuleCase: String, CaseIterable, Sendable {
  case add, multiply, dropout, rareDropout, replace, saltAndPepper, custom, customFactor,
    certainDropout, alphaDropout, rareAlphaDropout, certainAlphaDropout, shot
  case addPerRow, multiplyPerFeature, replaceInBlocks, dropoutPerFeature, alphaDropoutPerRow,
    shotInBlocks, customPerRow, customFactorInBlocks

  /// - Parameter columns: of the matrix; what shares draws needs it.
  func rule(key: UInt64, columns: Int = 0) -> ck_rule {
    func shared(_ kind: LinearRuleCase, _ sharing: RuleSharing) -> ck_rule {
      precondition(columns > 0)
      var rule = unsafe kind.rule(key: key)
      unsafe rule.sharing = sharing.kernelSharing(columns: columns)
      return unsafe rule
    }
    var rule = unsafe ck_rule()
    unsafe rule.key = key
    unsafe rule.step = 5
    unsafe rule.scale = 1
    unsafe rule.draw.distribution = CK_GAUSSIAN
    unsafe rule.draw.b = 0.5
    switch self {
    case .add:
      unsafe rule.kind = CK_ADD
      unsafe rule.scale = 0.25
    case .multiply:
      unsafe rule.kind = CK_MULTIPLY
      unsafe rule.draw.distribution = CK_LOG_NORMAL
    case .dropout, .rareDropout, .certainDropout:
      let rate = self == .dropout ? 0.25 : self == .rareDropout ? 0.004 : 1
      unsafe rule.kind = CK_DROPOUT
      unsafe rule.chance = ck_chance_make(rate)
      let dropped = unsafe ck_chance_probability(rule.chance)
      unsafe rule.keep = dropped == 1 ? 0 : Float(1 / (1 - dropped))
    case .replace:
      unsafe rule.kind = CK_REPLACE
      unsafe rule.chance = ck_chance_make(0.3)
      unsafe rule.draw.distribution = CK_UNIFORM
    case .saltAndPepper:
      unsafe rule.kind = CK_REPLACE
      unsafe rule.chance = ck_chance_make(1)
      unsafe rule.draw.distribution = CK_SALT_AND_PEPPER
      unsafe rule.draw.a = -1
      unsafe rule.draw.b = 1
      unsafe rule.draw.chance = ck_chance_make(0.2)
    case .alphaDropout, .rareAlphaDropout, .certainAlphaDropout:
      let rate = self == .alphaDropout ? 0.25 : self == .rareAlphaDropout ? 0.004 : 1
      unsafe rule.kind = CK_ALPHA_DROPOUT
      unsafe rule.chance = ck_chance_make(rate)
      unsafe (rule.keep, rule.shift, rule.dropped) = (0.875, -0.25, -1.5)
    case .shot:
      unsafe rule.kind = CK_ADD_SHOT
      unsafe rule.scale = 0.5
    case .addPerRow: return unsafe shared(.add, .row)
    case .multiplyPerFeature: return unsafe shared(.multiply, .feature)
    case .replaceInBlocks: return unsafe shared(.replace, .blocks)
    case .dropoutPerFeature: return unsafe shared(.dropout, .feature)
    case .alphaDropoutPerRow: return unsafe shared(.alphaDropout, .row)
    case .shotInBlocks: return unsafe shared(.shot, .pairs)
    case .customPerRow: return unsafe shared(.custom, .row)
    case .customFactorInBlocks: return unsafe shared(.customFactor, .blocks)
    case .custom, .customFactor:
      unsafe rule.kind = self == .custom ? CK_ADD : CK_MULTIPLY
      unsafe rule.draw.distribution = CK_CALLBACK
      unsafe rule.draw.callback = unsafe drawByHash
    }
    return unsafe rule
  }
}

/// A distribution of one's own: a hash of the address. Where there is a context it is a count of draws for each worker.
private let drawByHash: ck_fill_callback = { context, worker, address, rows, columns, tile in
  guard let address = unsafe address?.pointee, let tile = unsafe tile else { return }
  if let counts = unsafe context?.assumingMemoryBound(to: Int.self) {
    unsafe counts[Int(worker)] += rows * columns
  }
  var place = 0
  for row in 0..<rows {
    for column in 0..<columns {
      var generator = LinearGenerator(
        state: address.key &+ UInt64(address.row &+ UInt32(row)) << 32
          &+ UInt64(address.column &+ UInt32(column)))
      unsafe tile[place] = Float(Int32(truncatingIfNeeded: generator.next()) >> 8) * 0x1p-22
      place += 1
    }
  }
}
