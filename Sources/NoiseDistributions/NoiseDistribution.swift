/// What noise is drawn from. The draws are a pure function of their address, so a distribution carries no state.
///
/// It works at every site and under every ``NoiseRule``: kernels ask for the draws one tile at a time, from several
/// threads, and ask for the same tile again in the backward pass. A distribution with a closed quantile function
/// conforms to ``QuantileDistribution`` instead and writes one function.
///
/// ```swift
/// struct Die: NoiseDistribution {
///   var mean: Double { 3.5 }
///   var variance: Double { 35.0 / 12 }
///   func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress) {
///     address.fillUniforms(&tile)
///     for i in tile.indices { tile[i] = 1 + (6 * tile[i]).rounded(.down) }
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
  /// Draws have one distribution, whatever the address, those of two places are independent, and none is NaN.
  ///
  /// Whatever it does to the tile, it reaches no other memory: an index outside stops the program, in release builds too,
  /// and what it leaves unwritten is drawn as 0.
  ///
  /// - Parameters:
  ///   - tile: `address.rows × address.columns` elements, row after row. What it holds on entry means nothing.
  ///   - address: where the tile lies, and the random words of its elements.
  func fill(_ tile: inout MutableSpan<Float>, at address: NoiseAddress)
}
