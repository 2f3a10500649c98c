import CKernels
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
