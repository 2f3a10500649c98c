public import DitherTensors
public import NoiseDistributions

/// What is done to waveforms before a network sees them. It is a pure function of the samples and of an address, so the same
/// waveform at the same step and row is changed in the same way again, whatever batch it is in.
///
/// ```swift
/// /// Turns half of the waveforms upside down.
/// struct Inversion: WaveformTransform {
///   func apply(to samples: inout MutableSpan<Float>, draws: WaveformDraws) {
///     let sign: Float = draws.uniform(0) < 0.5 ? -1 : 1
///     for index in samples.indices { samples[index] *= sign }
///   }
/// }
/// ```
public protocol WaveformTransform: Sendable {
  /// Changes one waveform in place.
  ///
  /// - Parameters:
  ///   - samples: its true samples alone, without padding.
  ///   - draws: its random numbers.
  func apply(to samples: inout MutableSpan<Float>, draws: WaveformDraws)
}

extension Tensor {
  /// Waveforms changed by transforms, one after the other. The number of a transform is its slot.
  ///
  /// ```swift
  /// let batch = Tensor(repeating: 0.1, shape: [8, 16_000])
  /// let louder = batch.transformed(
  ///   by: [Gain(decibels: -6...6), Clipping(at: 1)], noise: NoiseStream(seed: 1).at(step: 3))
  /// ```
  ///
  /// - Parameters:
  ///   - transforms: in the order in which they apply.
  ///   - lengths: of each waveform the number of its true samples, those before the padding; nil if none is padded. Padding
  ///     stays as it is.
  ///   - noise: where random numbers come from: its step, and its first row as the row of the first waveform.
  ///   - site: the path of the place in the program, so that two places draw apart.
  /// - Returns: a tensor of the same shape.
  ///
  /// The tensor is one waveform, `[samples]`, or one in each row, `[waveforms, samples]`; another shape stops the program,
  /// as do lengths of another count or outside 0…samples.
  public func transformed(
    by transforms: [any WaveformTransform], lengths: [Int]? = nil, noise: NoiseStream,
    site: String = "waveform"
  ) -> Tensor {
    guard rank == 1 || rank == 2 else {
      fatalError(
        "Tensor.transformed: shape \(shape); expected [samples] or [waveforms, samples]")
    }
    let rows = rank == 1 ? 1 : shape[0]
    let columns = shape[rank - 1]
    let lengths = lengths ?? Array(repeating: columns, count: rows)
    guard lengths.count == rows else {
      fatalError("Tensor.transformed: \(lengths.count) lengths for \(rows) waveforms")
    }
    for (row, length) in lengths.enumerated() where length < 0 || length > columns {
      fatalError(
        "Tensor.transformed: length \(length) of waveform \(row); expected 0…\(columns)")
    }
    var result = self
    result.withMutableSpan { span in
      unsafe span.withUnsafeMutableBufferPointer { all in
        for (row, length) in lengths.enumerated() {
          let own = unsafe UnsafeMutableBufferPointer(
            rebasing: all[row * columns..<row * columns + length])
          for (slot, transform) in transforms.enumerated() {
            var samples = unsafe own.mutableSpan
            transform.apply(
              to: &samples, draws: WaveformDraws(noise: noise, site: site, slot: slot, row: row))
          }
        }
      }
    }
    return result
  }
}
