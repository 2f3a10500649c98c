import CKernels
import DitherRuntime
import Testing

/// One rule of each kind and corner, by name.
struct RuleCase: Sendable, CustomTestStringConvertible {
  var kind: ck_rule_kind
  var draw = DrawCase.gaussian
  var scale: Float = 1
  var probability = 0.0
  var sharing = RuleSharing.none

  var testDescription: String {
    sharing == .none ? kindDescription : "\(kindDescription), shared: \(sharing)"
  }

  private var kindDescription: String {
    switch kind {
    case CK_ADD: "add \(scale) × \(draw.testDescription)"
    case CK_MULTIPLY: "multiply by \(draw.testDescription), scale \(scale)"
    case CK_REPLACE: "replace by \(draw.testDescription) with \(probability)"
    case CK_ADD_SHOT: "add shot noise, \(scale) × \(draw.testDescription)"
    case CK_ALPHA_DROPOUT: "alpha dropout with \(probability)"
    default: "dropout with \(probability)"
    }
  }

  /// - Parameter columns: of the matrix.
  func rule(key: UInt64, columns: Int) -> ck_rule {
    let chance = ck_chance_make(probability)
    let dropped = ck_chance_probability(chance)
    var rule = unsafe ck_rule()
    unsafe rule.kind = kind
    unsafe rule.scale = scale
    unsafe rule.keep = dropped == 1 ? 0 : Float(1 / (1 - dropped))
    unsafe rule.chance = chance
    unsafe rule.draw = draw.draw
    unsafe rule.key = key
    unsafe rule.step = 0x1_0000_0007
    unsafe (rule.shift, rule.dropped) = (-0.25, -1.5)
    unsafe rule.sharing = sharing.kernelSharing(columns: columns)
    return unsafe rule
  }

  static let all =
    DrawCase.all.flatMap { draw in
      [
        RuleCase(kind: CK_ADD, draw: draw), RuleCase(kind: CK_ADD, draw: draw, scale: 0.25),
        RuleCase(kind: CK_MULTIPLY, draw: draw),
        RuleCase(kind: CK_MULTIPLY, draw: draw, scale: 0.25),
      ]
        + [0, 0.01, 0.3, 1].map { RuleCase(kind: CK_REPLACE, draw: draw, probability: $0) }
    } + [0, 1e-9, 0.01, 0.3, 0.5, 0.995, 1].map { RuleCase(kind: CK_DROPOUT, probability: $0) }
    + [0, 0.01, 0.3, 1].map { RuleCase(kind: CK_ALPHA_DROPOUT, probability: $0) }
    + [0, 0.25, 1].map { RuleCase(kind: CK_ADD_SHOT, scale: $0) } + shared

  /// Each kind of rule by each way to share its draws.
  static let shared = RuleSharing.allCases.dropFirst().flatMap { sharing in
    [
      RuleCase(kind: CK_ADD), RuleCase(kind: CK_MULTIPLY, draw: .logNormal, scale: 0.25),
      RuleCase(kind: CK_REPLACE, probability: 0.3),
      RuleCase(kind: CK_REPLACE, draw: .saltAndPepper, probability: 1),
      RuleCase(kind: CK_REPLACE, draw: .saltAndPepper, probability: 0.01),
      RuleCase(kind: CK_DROPOUT, probability: 0.3), RuleCase(kind: CK_DROPOUT, probability: 0.01),
      RuleCase(kind: CK_ALPHA_DROPOUT, probability: 0.3), RuleCase(kind: CK_ADD_SHOT, scale: 0.5),
    ].map {
      var rule = $0
      rule.sharing = sharing
      return rule
    }
  }
}

/// Which elements share a draw.
enum RuleSharing: CaseIterable, Sendable {
  case none, row, feature, pairs, blocks, featureBlocks

  func kernelSharing(columns: Int) -> ck_sharing {
    func blocks(_ each: Int, rows: Bool = false) -> ck_sharing {
      ck_sharing(
        rows: rows, columns: UInt32(each), width: UInt32((columns + each - 1) / each))
    }
    switch self {
    case .none: return ck_sharing(rows: false, columns: 0, width: 0)
    case .row: return blocks(columns)
    case .feature: return ck_sharing(rows: true, columns: 0, width: UInt32(columns))
    case .pairs: return blocks(2)
    case .blocks: return blocks(13)
    case .featureBlocks: return blocks(5, rows: true)
    }
  }
}

/// Rules on a matrix, by the kernels and in plain Swift.
struct RulesProblem {
  var cases: [RuleCase]
  var row: UInt32
  var rows: Int
  var columns: Int
  var x: [Float]

  init(_ cases: [RuleCase], rows: Int, columns: Int, _ generator: inout LinearGenerator) {
    self.cases = cases
    (self.rows, self.columns) = (rows, columns)
    row = UInt32.random(in: 0...100, using: &generator)
    x = generator.values(rows * columns)
    let special: [Float] = [.infinity, -.infinity, .nan, 0, -0.0, .greatestFiniteMagnitude]
    for index in stride(from: 3, to: x.count, by: 7) {
      x[index] = special.randomElement(using: &generator)!
    }
  }

  func key(_ index: Int) -> UInt64 { 0x9E37_79B9_7F4A_7C15 &* UInt64(index + 1) }

  /// Margins of the output are canaries.
  func result(gradient: Bool, inPlace: Bool, _ run: LinearRun) -> [Float] {
    let margin = 80
    var memory = [Float](repeating: -12345, count: x.count + 2 * margin)
    let items = unsafe cases.enumerated().map {
      unsafe $0.element.rule(key: key($0.offset), columns: columns)
    }
    var execution = unsafe run.execution
    if inPlace { memory.replaceSubrange(margin..<margin + x.count, with: x) }
    unsafe items.withUnsafeBufferPointer { items in
      unsafe memory.withUnsafeMutableBufferPointer { memory in
        unsafe x.withUnsafeBufferPointer { x in
          let rules = unsafe ck_rules(
            items: items.baseAddress, count: Int32(items.count), row: row)
          let y = unsafe memory.baseAddress! + margin
          let from = unsafe inPlace ? UnsafePointer(y) : x.baseAddress
          let apply = unsafe gradient ? ck_apply_rules_gradient : ck_apply_rules
          unsafe check(apply(&execution, rules, rows, columns, from, y))
        }
      }
    }
    #expect((memory.prefix(margin) + memory.suffix(margin)).allSatisfy { $0 == -12345 })
    return Array(memory[margin..<margin + x.count])
  }

  /// Draws by `ck_fill`, chances in plain Swift, one element at a time.
  func expected(gradient: Bool) -> [Float] {
    var y = x
    for index in gradient ? Array(cases.indices.reversed()) : Array(cases.indices) {
      let rule = unsafe cases[index].rule(key: key(index), columns: columns)
      let tile = unsafe drawnTile(rule)
      let draws = unsafe spread(tile.draws(rule.draw, .plain), rule.sharing)
      let choice = unsafe rule.draw.distribution == CK_SALT_AND_PEPPER
      let drawn = unsafe choice ? spread(outcomes(rule.draw.chance, tile), rule.sharing) : []
      var selection = tile
      if unsafe rule.kind == CK_REPLACE { selection.address.plane = 255 }
      let selects = unsafe ![CK_ADD, CK_MULTIPLY, CK_ADD_SHOT].contains(rule.kind)
      let selected =
        unsafe selects ? spread(outcomes(rule.chance, selection), rule.sharing) : []
      for i in y.indices {
        switch unsafe rule.kind {
        case CK_ADD: if !gradient { unsafe y[i] = y[i].addingProduct(rule.scale, draws[i]) }
        case CK_MULTIPLY:
          let factor = unsafe (1 - rule.scale).addingProduct(rule.scale, draws[i])
          y[i] = factor == 0 ? 0 : y[i] * factor
        case CK_REPLACE:
          if selected[i] && (!choice || drawn[i]) { y[i] = gradient ? 0 : draws[i] }
        case CK_ADD_SHOT:
          let factor = unsafe rule.scale * abs(y[i]).squareRoot()
          let adds = unsafe !gradient && rule.scale != 0 && factor != 0
          if adds { y[i] = y[i].addingProduct(factor, draws[i]) }
        case CK_ALPHA_DROPOUT where unsafe !gradient && rule.chance.bits > 1:
          unsafe y[i] = selected[i] ? rule.dropped : rule.shift.addingProduct(y[i], rule.keep)
        default: unsafe y[i] = selected[i] ? 0 : y[i] * rule.keep
        }
      }
    }
    return y
  }

  /// The matrix of a rule's draws.
  private func drawnTile(_ rule: ck_rule) -> NoiseTile {
    let sharing = unsafe rule.sharing
    let width = sharing.width == 0 ? columns : Int(sharing.width)
    let address = unsafe ck_address(
      key: rule.key, step: rule.step, row: sharing.rows ? 0 : row, column: 0,
      width: UInt32(width), plane: 0)
    return NoiseTile(address, rows: sharing.rows ? 1 : rows, columns: width)
  }

  private func spread<Value>(_ drawn: [Value], _ sharing: ck_sharing) -> [Value] {
    let width = sharing.width == 0 ? columns : Int(sharing.width)
    return (0..<rows * columns).map {
      drawn[
        (sharing.rows ? 0 : $0 / columns) * width
          + $0 % columns / max(1, Int(sharing.columns))]
    }
  }

  private func outcomes(_ chance: ck_chance, _ tile: NoiseTile) -> [Bool] {
    if chance.bits <= 1 {
      return [Bool](repeating: chance.bits == 1, count: tile.rows * tile.columns)
    }
    return tile.map {
      NoiseReference.chance(chance, tile.address, row: $0, column: $1).comesTrue
    }
  }
}

@Suite("Rules")
struct NoiseRulesTests {
  static let shapes = [(21, 10), (9, 32), (5, 33), (3, 200)]

  func check(_ problem: RulesProblem, _ index: Int) {
    for gradient in [false, true] {
      let expected = problem.expected(gradient: gradient)
      for offset in 0..<3 {
        let run = NoiseDrawsTests.run(index + 5 * offset)
        let received = problem.result(gradient: gradient, inPlace: offset == 1, run)
        let difference = firstDifference(received, expected)
        #expect(
          difference == nil,
          "\(problem.rows)×\(problem.columns), gradient: \(gradient), on \(run)")
      }
    }
  }

  @Test(
    "Each rule, and its gradient, is what it states, infinities and NaN included",
    arguments: RuleCase.all)
  func single(_ rule: RuleCase) {
    var generator = LinearGenerator(state: 3)
    for (index, shape) in Self.shapes.enumerated() {
      check(RulesProblem([rule], rows: shape.0, columns: shape.1, &generator), index)
    }
  }

  @Test("Several rules apply in order, and their gradients in the reverse order")
  func several() {
    var generator = LinearGenerator(state: 4)
    for index in 0..<40 {
      let shape = Self.shapes[index % Self.shapes.count]
      let rules = (0..<index % 4).map { _ in RuleCase.all.randomElement(using: &generator)! }
      check(RulesProblem(rules, rows: shape.0, columns: shape.1, &generator), index)
    }
  }

  @Test("Every instruction set and thread count gives the same bits, whole or by rows")
  func runs() {
    var generator = LinearGenerator(state: 6)
    let rules = [
      RuleCase(kind: CK_ADD), RuleCase(kind: CK_MULTIPLY, draw: .logNormal),
      RuleCase(kind: CK_DROPOUT, probability: 0.2),
      RuleCase(kind: CK_REPLACE, draw: .saltAndPepper, probability: 1),
    ]
    for (rows, columns) in [(6000, 10), (300, 257), (3, 20000)] {
      let problem = RulesProblem(rules, rows: rows, columns: columns, &generator)
      for gradient in [false, true] {
        let whole = problem.result(gradient: gradient, inPlace: false, .plain)
        for run in LinearRun.all {
          let received = problem.result(gradient: gradient, inPlace: true, run)
          #expect(firstDifference(received, whole) == nil, "\(rows)×\(columns) on \(run)")
        }
        var parts: [Float] = []
        for bounds in [(0, 1), (1, rows / 3), (rows / 3, rows)] where bounds.0 < bounds.1 {
          var part = problem
          part.row += UInt32(bounds.0)
          part.rows = bounds.1 - bounds.0
          part.x = Array(problem.x[bounds.0 * columns..<bounds.1 * columns])
          parts += part.result(gradient: gradient, inPlace: false, .plain)
        }
        #expect(firstDifference(parts, whole) == nil, "\(rows)×\(columns) by rows")
      }
    }
  }

  @Test("No rules copy, and an addition's gradient copies")
  func copies() {
    var generator = LinearGenerator(state: 9)
    for (rows, columns) in Self.shapes {
      let none = RulesProblem([], rows: rows, columns: columns, &generator)
      let sum = RulesProblem([RuleCase(kind: CK_ADD)], rows: rows, columns: columns, &generator)
      for run in LinearRun.all {
        for gradient in [false, true] {
          #expect(sameBits(none.result(gradient: gradient, inPlace: false, run), none.x))
        }
        #expect(sameBits(sum.result(gradient: true, inPlace: false, run), sum.x))
      }
    }
  }
}
