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
