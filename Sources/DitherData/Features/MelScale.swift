import CKernels
import DitherTensors

/// A scale of pitch, and with it the convention for the filters on it.
public enum MelScale: Hashable, Sendable {
  /// Slaney's *Auditory Toolbox* (1998), librosa's default: f / (200/3) below 1,000 Hz and 15 + 27·ln(f / 1000) / ln 6.4 above it.
  /// Each filter has the area 1 over frequency in hertz (librosa's `norm="slaney"`).
  case slaney
  /// The *HTK Book*'s (Young and others), torchaudio's default: 2595·log₁₀(1 + f / 700). Each filter has the height 1
  /// (torchaudio's `norm=None`).
  case htk

  /// The pitch of a frequency in hertz, in the scale's own unit (for `htk` without its factor, which no filter depends on).
  func pitch(_ frequency: Double) -> Double {
    switch self {
    case .slaney:
      if frequency < 1000 { return frequency * 3 / 200 }
      return 15 + 27 * Double(ck_logf(Float(frequency / 1000))) / Double(ck_logf(6.4))
    case .htk: return Double(ck_logf(Float(1 + frequency / 700)))
    }
  }

  func frequency(_ pitch: Double) -> Double {
    switch self {
    case .slaney:
      if pitch < 15 { return pitch * 200 / 3 }
      return 1000 * Double(ck_powf(6.4, Float((pitch - 15) / 27)))
    case .htk: return 700 * (Double(ck_expf(Float(pitch))) - 1)
    }
  }

  /// The edges of filters whose centres are equally far apart in pitch: filter m rises from edge m to m + 1 and falls to m + 2.
  func edges(filters: Int, in range: ClosedRange<Double>) -> [Double] {
    let (low, high) = (pitch(range.lowerBound), pitch(range.upperBound))
    let inner = (1...filters).map { edge in
      frequency(low + (high - low) * Double(edge) / Double(filters + 1))
    }
    return [range.lowerBound] + inner + [range.upperBound]
  }

  /// The weight of a frequency in the triangle over three edges.
  func weight(_ frequency: Double, _ edges: ArraySlice<Double>) -> Double {
    let (left, centre, right) = (
      edges[edges.startIndex], edges[edges.startIndex + 1], edges[edges.startIndex + 2]
    )
    let height = max(
      0, min((frequency - left) / (centre - left), (right - frequency) / (right - centre)))
    return self == .slaney ? height * 2 / (right - left) : height
  }
}
