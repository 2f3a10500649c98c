import DitherRuntime
public import DitherTensors

/// Sound: samples of one channel or more at a rate.
///
/// ```swift
/// let tone = Recording(samples: Tensor(repeating: 0.5, shape: [1, 800]), sampleRate: 8000)
/// try tone.write(toWAV: "tone.wav")
/// let samples = try Recording(contentsOf: "tone.wav").mono   // [800]
/// ```
public struct Recording: Sendable {
  /// [channels, samples], full scale from −1 to 1.
  public let samples: Tensor
  /// Samples a second.
  public let sampleRate: Int

  /// Stops unless `samples` is a matrix of one channel or more and the rate lies in 1..<2³².
  public init(samples: Tensor, sampleRate: Int) {
    require(
      samples.rank == 2 && samples.shape[0] >= 1,
      "Recording: samples of shape \(samples.shape); expected [channels, samples], one channel at least"
    )
    require(
      sampleRate >= 1 && sampleRate <= Int(UInt32.max),
      "Recording: sampleRate is \(sampleRate); expected 1...\(UInt32.max)")
    self.samples = samples
    self.sampleRate = sampleRate
  }

  /// The number of samples of each channel.
  public var count: Int { samples.shape[1] }
  /// The number of channels.
  public var channels: Int { samples.shape[0] }

  /// The mean of the channels: [samples].
  public var mono: Tensor {
    channels == 1 ? samples.reshaped(to: [count]) : samples.mean(axis: 0)
  }
}

extension Recording {
  /// Reads a WAV file: linear samples (PCM) of 8, 16, 24 or 32 bits, or floating point of 32 or 64.
  ///
  /// A sample of b bits becomes a multiple of 2^(1−b), from −1 to just below 1, rounded to the nearest `Float`; those of 8 bits are
  /// stored from 0, silence at 128. Floating point stays as it is. Chunks other than the format and the samples are passed over.
  ///
  /// - Throws: ``DataError``, which names the file and the byte where it is not as it should be: one that ends before its chunks
  ///   do, holds bytes beyond them, or a sample that is not finite.
  public init(contentsOf path: String) throws(DataError) {
    var reader = ByteReader(try DataFile.contents(of: path), file: path)
    self = try WAVFile.read(&reader)
  }

  /// How a WAV file stores a sample.
  public enum SampleFormat: Hashable, Sendable {
    /// 16-bit whole numbers: x becomes the nearest to 32,768·x, of two equally near the even one, at most 32,767 and at least −32,768.
    case int16
    /// Floating point, as it is.
    case float32
  }

  /// Writes a WAV file in place of what may be at the path: whole or not at all.
  ///
  /// Stops at a sample that is not a number, and beyond what the format can say: 65,535 channels, 4 GiB.
  ///
  /// - Throws: ``DataError/unwritable(file:reason:)``.
  public func write(toWAV path: String, as format: SampleFormat = .int16) throws(DataError) {
    try DataFile.replace(path, with: WAVFile.bytes(of: self, as: format))
  }
}
