import CKernels
import DitherRuntime
import Testing

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
