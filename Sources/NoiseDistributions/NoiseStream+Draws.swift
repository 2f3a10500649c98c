import CKernels
import DitherRuntime

extension NoiseStream {
  /// Draws a matrix, on the threads of `Execution.current`.
  ///
  /// - Parameters:
  ///   - distribution: what to draw from.
  ///   - site: the place's path in the network, such as `"0.input"`.
  ///   - slot: which of the noises at that site.
  ///   - rows: rows of the matrix, from ``firstRow`` on.
  ///   - columns: columns of the matrix, 2²⁶ at most.
  /// - Returns: `rows × columns` draws, row after row.
  public func draws(
    from distribution: some NoiseDistribution, site: String, slot: Int = 0, rows: Int, columns: Int
  ) -> [Float] {
    requireMatrix(rows: rows, columns: columns)
    let count = rows * columns
    return unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      // Floats are trivial: memory that the kernel writes is initialised by being written.
      if count > 0 {
        var span = unsafe MutableSpan(_unsafeStart: buffer.baseAddress!, count: count)
        fill(&span, from: distribution, site: site, slot: slot, rows: rows, columns: columns)
      }
      initialized = count
    }
  }

  /// Fills a matrix with draws, on the threads of `Execution.current`: those of ``draws(from:site:slot:rows:columns:)``.
  ///
  /// - Parameters:
  ///   - span: `rows × columns` elements, row after row. Another count stops the program.
  ///   - distribution: what to draw from.
  ///   - site: the place's path in the network, such as `"0.input"`.
  ///   - slot: which of the noises at that site.
  ///   - rows: rows of the matrix, from ``firstRow`` on.
  ///   - columns: columns of the matrix, 2²⁶ at most.
  public func fill(
    _ span: inout MutableSpan<Float>, from distribution: some NoiseDistribution, site: String,
    slot: Int = 0, rows: Int, columns: Int
  ) {
    var address = address(of: site, slot: slot, rows: rows, columns: columns).kernelAddress
    require(
      span.count == rows * columns,
      "NoiseStream.fill: the span has \(span.count) elements; expected \(rows) × \(columns) = \(rows * columns)"
    )
    let execution = Execution.current
    let source = DrawSource(distribution, execution)
    unsafe span.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, buffer.count > 0 else { return }
      withExtendedLifetime(source) {
        var kernelExecution = unsafe execution.kernelExecution
        var draw = unsafe source.draw
        check(unsafe ck_fill(&kernelExecution, &draw, &address, rows, columns, start, columns))
      }
    }
  }
}
