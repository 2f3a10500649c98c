import CKernels
import DitherRuntime

extension NoiseRule {
  /// What the rule's draws come from; a dropout has a probability alone.
  var drawn: (any NoiseDistribution)? {
    switch action {
    case .add(let distribution, _), .addShot(let distribution, _), .multiply(let distribution, _),
      .replace(let distribution, _):
      distribution
    case .gaussianDropout(let rate): Self.gaussianFactor(rate: rate)
    case .dropout, .alphaDropout: nil
    }
  }

  /// Where the scale that the rule learns begins, and what shares it; nil if it learns none.
  package var learnedScale: (initial: Float, sharing: NoiseScale.Sharing)? {
    guard case .add(_, let scale) = action, case .learned(let initial, let sharing) = scale.kind
    else { return nil }
    return (initial, sharing)
  }

  /// Whether the scale is another at another step.
  package var isScheduled: Bool {
    switch action {
    case .add(_, let scale), .addShot(_, let scale), .multiply(_, let scale): scale.isScheduled
    case .replace, .dropout, .gaussianDropout, .alphaDropout: false
    }
  }

  /// Whether y = x + b, so that a gradient passes unchanged.
  var onlyAdds: Bool {
    switch action {
    case .add, .addShot: true
    case .multiply, .replace, .dropout, .gaussianDropout, .alphaDropout: false
    }
  }

  var isRelativeToSignal: Bool {
    guard case .add(_, let scale) = action else { return false }
    switch scale.kind {
    case .relativeToSignal, .signalToNoiseRatio: return true
    case .factor, .learned: return false
    }
  }

  /// Whether the scale is relative to the true samples of rows that are padded.
  package var countsTrueSamplesAlone: Bool {
    guard case .add(_, let scale) = action else { return false }
    return scale.countsTrueSamplesAlone
  }

  /// The rule for the kernels, but for scales that are no number.
  ///
  /// - Parameter columns: of the site.
  func kernelRule(_ source: DrawSource?, key: UInt64, step: Int, columns: Int) -> ck_rule {
    var rule = unsafe ck_rule()
    unsafe rule.key = key
    unsafe rule.step = UInt64(step)
    unsafe rule.sharing = sharing.kernelSharing(columns: columns)
    if let source { unsafe rule.draw = source.draw }
    switch action {
    case .add(_, let scale):
      unsafe rule.kind = CK_ADD
      unsafe rule.scale = scale.factor(at: step) ?? 1
    case .addShot(_, let scale):
      unsafe rule.kind = CK_ADD_SHOT
      unsafe rule.scale = scale.factor(at: step) ?? 1
    case .multiply(_, let scale):
      unsafe rule.kind = CK_MULTIPLY
      unsafe rule.scale = scale.factor(at: step) ?? 1
    case .gaussianDropout(let rate):
      unsafe rule.kind = CK_MULTIPLY
      unsafe rule.scale = rate == 0 ? 0 : 1
    case .replace(_, let rate):
      unsafe rule.kind = CK_REPLACE
      unsafe rule.chance = ck_chance_make(rate)
    case .dropout(let rate):
      unsafe rule.kind = CK_DROPOUT
      unsafe rule.chance = ck_chance_make(rate)
      let dropped = unsafe ck_chance_probability(rule.chance)
      unsafe rule.keep = dropped == 1 ? 0 : Float(1 / (1 - dropped))
    case .alphaDropout(let rate):
      unsafe rule.kind = CK_ALPHA_DROPOUT
      unsafe rule.chance = ck_chance_make(rate)
      let constants = unsafe Self.alphaDropout(drawn: ck_chance_probability(rule.chance))
      unsafe rule.keep = constants.keep
      unsafe rule.shift = constants.shift
      unsafe rule.dropped = constants.dropped
    }
    return unsafe rule
  }

  /// Alpha dropout's factor and shift of what is kept, and the value of what is dropped, at the rate that is really
  /// drawn; at 1 all are 0 and none is read.
  private static func alphaDropout(
    drawn p: Double
  ) -> (keep: Float, shift: Float, dropped: Float) {
    let alpha = -1.7580993408473766
    let q = 1 - p
    if q == 0 { return (0, 0, 0) }
    let a = 1 / (q + alpha * alpha * q * p).squareRoot()
    let b = -a * p * alpha
    return (Float(a), Float(b), Float(a * alpha + b))
  }
}
