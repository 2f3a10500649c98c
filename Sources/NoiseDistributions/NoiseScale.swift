import DitherRuntime

/// How strongly a rule's draw acts: the factor on it.
public struct NoiseScale: Sendable {
  let value: Float

  /// The same factor at every step.
  ///
  /// - Parameter value: finite, 0 or more; another stops the program.
  public static func fixed(_ value: Float) -> NoiseScale {
    require(
      value >= 0 && value.isFinite,
      "NoiseScale.fixed: the scale is \(value); expected a finite number, 0 or more")
    return NoiseScale(value: value)
  }

  /// A factor that changes with the step: not available yet, stops the program.
  public static func scheduled(_ schedule: @escaping @Sendable (_ step: Int) -> Float) -> NoiseScale
  {
    notAvailable("scheduled")
  }

  /// A factor for a signal-to-noise ratio in decibels: not available yet, stops the program.
  public static func relativeToSignal(decibels: Float) -> NoiseScale {
    notAvailable("relativeToSignal(decibels: \(decibels))")
  }

  /// A factor that is trained with the weights: not available yet, stops the program.
  public static func learned(_ initial: Float) -> NoiseScale {
    notAvailable("learned(\(initial))")
  }

  private static func notAvailable(_ kind: String) -> Never {
    misuse("NoiseScale.\(kind) is not available yet; use NoiseScale.fixed")
  }
}
