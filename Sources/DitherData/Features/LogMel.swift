import DitherRuntime
import DitherTensors

/// Log-mel features of sound: how much of each pitch there is in each short stretch of a recording.
///
/// A frame of `transformLength` samples begins every `hopLength` samples. Of it the `windowLength` in the middle count, under a
/// periodic Hann window. Its spectrum is a product with a fixed matrix on the library's own kernels; the squares |X(f)|² are summed
/// under triangular filters, and of max(sum, floor) the natural logarithm is taken (times 10 / ln 10 it is in decibels):
///
/// ```swift
/// let features = LogMel(sampleRate: 8000)           // windows of 25 ms every 10 ms, 40 filters
/// let second = Tensor(repeating: 0.1, shape: [8000])
/// print(features(second).shape)                     // [97, 40]
/// ```
///
/// librosa's `melspectrogram(n_fft: transformLength, win_length: windowLength, hop_length: hopLength, center: isCentered, htk: false)`
/// gives the same before the logarithm with `scale: .slaney`, and torchaudio's `MelSpectrogram` with `.htk`, but at the ends of the
/// signal where frames are centred: around it are zeros here and in librosa, and torchaudio mirrors it. The bits are the same on every
/// machine, for each recording alone and among others.
public struct LogMel: Sendable {
  public let sampleRate: Int
  /// Samples of a frame that count.
  public let windowLength: Int
  /// Samples from one frame's start to the next's.
  public let hopLength: Int
  /// Samples in a frame: frequencies are `sampleRate / transformLength` apart.
  public let transformLength: Int
  /// The number of filters.
  public let filters: Int
  /// Lowest and highest frequency of the filters, in hertz.
  public let frequencies: ClosedRange<Double>
  public let scale: MelScale
  /// What is least, before the logarithm.
  public let floor: Float
  /// Whether frame i is centred at sample i · `hopLength`, zeros around the recording, instead of beginning there.
  public let isCentered: Bool

  /// [window, 2 · bins].
  let spectrum: Tensor
  /// [2 · bins, filters]: the squares of both parts go under the same filter.
  let weights: Tensor
  let logarithmOfFloor: Float

  /// Stops at lengths below 1, a transform shorter than the window, one of odd length where frames are centred, frequencies
  /// outside 0...sampleRate / 2, a floor that is not above 0, and where a filter is so narrow that no frequency of the transform
  /// lies in it.
  ///
  /// - Parameters:
  ///   - sampleRate: samples a second.
  ///   - windowLength: samples of a frame that count, 2 at least; 25 ms without it.
  ///   - hopLength: samples from frame to frame; 10 ms without it.
  ///   - transformLength: at least `windowLength`, and even where frames are centred; without it the least power of two that is.
  ///   - filters: their number.
  ///   - frequencies: in hertz; 0 to half the sample rate without it.
  ///   - scale: with its convention for filters.
  ///   - floor: keeps silence finite.
  ///   - isCentered: whether frames are centred at multiples of `hopLength`.
  public init(
    sampleRate: Int, windowLength: Int? = nil, hopLength: Int? = nil, transformLength: Int? = nil,
    filters: Int = 40, frequencies: ClosedRange<Double>? = nil, scale: MelScale = .slaney,
    floor: Float = 1e-10, isCentered: Bool = false
  ) {
    require(
      sampleRate >= 2 && sampleRate <= 1 << 24,
      "LogMel: sampleRate is \(sampleRate); expected 2 to 2²⁴")
    let window = windowLength ?? max(2, sampleRate / 40)
    let hop = hopLength ?? max(1, sampleRate / 100)
    require(
      window >= 2 && window <= 1 << 13,
      "LogMel: windowLength is \(window); expected 2 to 8,192")
    require(hop >= 1, "LogMel: hopLength is \(hop); expected at least 1")
    let length = transformLength ?? LogMel.powerOfTwo(atLeast: window)
    require(
      length >= window && length <= 1 << 13,
      "LogMel: transformLength is \(length); expected \(window), the windowLength, to 8,192")
    // The halves of a frame on both sides of the recording make a whole one; the number of frames follows from that.
    require(
      !isCentered || length % 2 == 0,
      "LogMel: transformLength is \(length) and frames are centred; expected an even length")
    let highest = Double(sampleRate) / 2
    let range = frequencies ?? 0...highest
    require(
      range.lowerBound >= 0 && range.upperBound <= highest && range.lowerBound < range.upperBound,
      "LogMel: frequencies \(range); expected a range within 0...\(highest), half the sample rate")
    require(
      filters >= 1 && filters <= length,
      "LogMel: filters is \(filters); expected 1...\(length), the transformLength")
    require(
      floor > 0 && floor.isFinite, "LogMel: floor is \(floor); expected a finite number above 0")
    self.sampleRate = sampleRate
    self.windowLength = window
    self.hopLength = hop
    self.transformLength = length
    self.filters = filters
    self.frequencies = range
    self.scale = scale
    self.floor = floor
    self.isCentered = isCentered
    spectrum = FourierMatrix.windowed(window: window, length: length)
    weights = LogMel.weights(
      scale.edges(filters: filters, in: range), scale,
      spacing: Double(sampleRate) / Double(length), bins: length / 2 + 1)
    logarithmOfFloor = Tensor([floor]).log().item
  }

  private static func powerOfTwo(atLeast length: Int) -> Int {
    var power = 1
    while power < length { power *= 2 }
    return power
  }

  private static func weights(
    _ edges: [Double], _ scale: MelScale, spacing: Double, bins: Int
  ) -> Tensor {
    let filters = edges.count - 2
    var half = [Float](repeating: 0, count: bins * filters)
    for filter in 0..<filters {
      var isEmpty = true
      for bin in 0..<bins {
        let weight = scale.weight(Double(bin) * spacing, edges[filter...filter + 2])
        half[bin * filters + filter] = Float(weight)
        isEmpty = isEmpty && weight == 0
      }
      require(
        !isEmpty,
        "LogMel: filter \(filter) of \(filters), from \(edges[filter]) to \(edges[filter + 2]) Hz, holds none of the frequencies, which are \(spacing) Hz apart; expected fewer filters or a longer transform"
      )
    }
    return Tensor(half + half, shape: [2 * bins, filters])
  }
}
