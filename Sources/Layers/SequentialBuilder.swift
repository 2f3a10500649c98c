/// What reads the list of layers of ``Sequential/init(seed:_:)``.
@resultBuilder
public enum SequentialBuilder {
  /// A layer.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// Layers one after the other.
  public static func buildBlock(_ layers: [any Layer]...) -> [any Layer] { layers.flatMap { $0 } }
  /// The layers of an `if` without `else`.
  public static func buildOptional(_ layers: [any Layer]?) -> [any Layer] { layers ?? [] }
  /// The layers of an `if`.
  public static func buildEither(first layers: [any Layer]) -> [any Layer] { layers }
  /// The layers of an `else`.
  public static func buildEither(second layers: [any Layer]) -> [any Layer] { layers }
  /// The layers of a `for`, turn by turn.
  public static func buildArray(_ layers: [[any Layer]]) -> [any Layer] { layers.flatMap { $0 } }
  /// The layers of an `if #available`.
  public static func buildLimitedAvailability(_ layers: [any Layer]) -> [any Layer] { layers }
}
