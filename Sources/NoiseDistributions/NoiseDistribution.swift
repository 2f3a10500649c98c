/// What noise is drawn from. The draws are a pure function of their address, so a distribution carries no state.
///
/// It works at every site and under every ``NoiseRule``: kernels ask for the draws one tile at a time, from several
/// threads, and ask for the same tile again in the backward pass. A distribution with a closed quantile function
/// conforms to ``QuantileDistribution`` instead and writes one function.
///
/// ```swift
/// struct Rademacher: NoiseDistribution {
///   var mean: Double { 0 }
///   var variance: Double { 1 }
///   func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
///     address.fillUniforms(&tile)
///     for i in tile.indices { tile[i] = tile[i] < 0.5 ? -1 : 1 }
///   }
/// }
/// ```
public protocol NoiseDistribution: Sendable {
  /// The mean of a draw, of what is really drawn; NaN where it is undefined.
  var mean: Double { get }

  /// The variance of a draw, of what is really drawn; infinity where it is infinite, NaN where it is undefined.
  var variance: Double { get }

  /// Writes every element of a tile: element `r · columns + c` is the draw of row `address.row + r` and column
  /// `address.column + c`.
  ///
  /// A draw may depend on nothing but its own place: on `address`'s random words at that row and column, never on
  /// the tile's size or on a neighbour, since tiles are cut differently for another thread count or batch split. Bits
  /// are the same on every machine if the code uses IEEE operations and ``ReproducibleMath`` alone.
  ///
  /// - Parameters:
  ///   - tile: `address.rows × address.columns` elements, row after row. What it holds on entry means nothing.
  ///   - address: where the tile lies, and the random words of its elements.
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress)
}
