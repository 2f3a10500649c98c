import CKernels
import DitherRuntime

/// A linear layer's operands, and its three products by the kernels and, from `MatmulProblem`, as plain Swift chains.
struct LinearProblem: CustomStringConvertible {
  var batch: Int
  var inputs: Int
  var outputs: Int
  var inputRules = LinearRules()
  var weightRules = LinearRules()
  var outputRules = LinearRules()
  /// Whether the weight's gradient goes on from `dweight`.
  var accumulate = true
  var x: [Float]
  var weight: [Float]
  var bias: [Float]
  var dy: [Float]
  var dweight: [Float]
  var dbias: [Float]

  init(
    _ batch: Int, _ inputs: Int, _ outputs: Int, _ generator: inout LinearGenerator
  ) {
    (self.batch, self.inputs, self.outputs) = (batch, inputs, outputs)
    x = generator.values(batch * inputs)
    weight = generator.values(outputs * inputs)
    bias = generator.values(outputs)
    dy = generator.values(batch * outputs)
    dweight = generator.values(outputs * inputs)
    dbias = generator.values(outputs)
  }

  var description: String {
    "batch \(batch), \(inputs) inputs\(inputRules), weight\(weightRules), \(outputs) outputs\(outputRules)"
  }

  // MARK: By the kernels

  func withLinear<Result>(_ body: (ck_linear) -> Result) -> Result {
    unsafe inputRules.withRules { inputRules in
      unsafe weightRules.withRules { weightRules in
        unsafe outputRules.withRules { outputRules in
          unsafe body(
            ck_linear(
              batch: batch, inputs: inputs, outputs: outputs, input_rules: inputRules,
              weight_rules: weightRules, output_rules: outputRules))
        }
      }
    }
  }

  func packed(_ run: LinearRun) -> [Float] {
    var execution = unsafe run.execution
    var packed = unreadable(unsafe ck_linear_packed_count(execution.kernels, inputs, outputs))
    unsafe check(ck_linear_pack(&execution, inputs, outputs, weight, &packed))
    return packed
  }

  func forward(_ run: LinearRun, bias useBias: Bool = true, packed: [Float]? = nil) -> [Float] {
    var execution = unsafe run.execution
    var y = unreadable(batch * outputs)
    unsafe withLinear { linear in
      var linear = unsafe linear
      if let packed {
        unsafe check(
          ck_linear_forward(&execution, &linear, x, nil, packed, useBias ? bias : nil, &y))
      } else {
        unsafe check(
          ck_linear_forward(&execution, &linear, x, weight, nil, useBias ? bias : nil, &y))
      }
    }
    return y
  }

  func inputGradient(_ run: LinearRun) -> [Float] {
    var execution = unsafe run.execution
    var dx = unreadable(batch * inputs)
    unsafe withLinear { linear in
      var linear = unsafe linear
      unsafe check(ck_linear_input_gradient(&execution, &linear, dy, weight, &dx))
    }
    return dx
  }

  func weightGradient(_ run: LinearRun) -> (dweight: [Float], dbias: [Float]) {
    var execution = unsafe run.execution
    var dweight = accumulate ? dweight : unreadable(outputs * inputs)
    var dbias = dbias
    unsafe withLinear { linear in
      var linear = unsafe linear
      unsafe check(
        ck_linear_weight_gradient(&execution, &linear, x, dy, accumulate, &dweight, &dbias))
    }
    return (dweight, dbias)
  }

  // MARK: As plain products

  var forwardProduct: MatmulProblem {
    var problem = MatmulProblem(m: batch, n: outputs, k: inputs, transposeB: true, accumulate: true)
    (problem.a, problem.b) = (x, weight)
    problem.c = (0..<batch).flatMap { _ in bias }
    return problem
  }
  var inputGradientProduct: MatmulProblem {
    var problem = MatmulProblem(m: batch, n: inputs, k: outputs)
    (problem.a, problem.b) = (dy, weight)
    return problem
  }
  var weightGradientProduct: MatmulProblem {
    var problem = MatmulProblem(
      m: outputs, n: inputs, k: batch, transposeA: true, accumulate: accumulate)
    (problem.a, problem.b, problem.c) = (dy, x, dweight)
    return problem
  }
  /// The ascending sums of dy's rows, from the stored values.
  var biasGradientChain: [Float] {
    var sums = dbias
    var place = 0
    for _ in 0..<batch {
      for output in 0..<outputs {
        sums[output] += dy[place]
        place += 1
      }
    }
    return sums
  }

  // MARK: The rules by themselves

  /// The same products without rules, on operands that the rules have been applied to.
  func withRulesApplied(_ run: LinearRun) -> LinearProblem {
    var plain = self
    plain.inputRules = LinearRules()
    plain.weightRules = LinearRules()
    plain.outputRules = LinearRules()
    plain.weight = weightRules.apply(run, weight, rows: outputs, columns: inputs)
    plain.x = inputRules.apply(run, x, rows: batch, columns: inputs)
    plain.dy = outputRules.gradient(run, dy, rows: batch, columns: outputs)
    return plain
  }
}

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
