import CKernels
import DitherTensors

/// The discrete Fourier transform of a windowed piece of a signal, as a matrix.
enum FourierMatrix {
  /// [window, 2 · bins], bins = length / 2 + 1: column k is w[n]·cos(2πnk / length), column bins + k is w[n]·sin(2πnk / length),
  /// w the periodic Hann window.
  ///
  /// The signs and phases of the transform are left out: squares do not see them.
  static func windowed(window: Int, length: Int) -> Tensor {
    let bins = length / 2 + 1
    let circle = (0..<length).map { unitCircle($0, of: length) }
    let weights = hann(window)
    return Tensor(uninitialized: [window, 2 * bins]) { matrix in
      for n in 0..<window {
        for k in 0..<bins {
          // The turn repeats: the whole number of it is taken away exactly.
          let point = circle[n * k % length]
          matrix[n * 2 * bins + k] = weights[n] * point.cosine
          matrix[n * 2 * bins + bins + k] = weights[n] * point.sine
        }
      }
    }
  }

  /// The periodic Hann window: w[n] = ½ − ½·cos(2πn / length).
  static func hann(_ length: Int) -> [Float] {
    (0..<length).map { 0.5 - 0.5 * unitCircle($0, of: length).cosine }
  }

  /// The cosine and sine of `step` parts of a turn of `count` parts. From the first eighth of the turn, so that what is symmetric is
  /// so to the bit.
  static func unitCircle(_ step: Int, of count: Int) -> (cosine: Float, sine: Float) {
    // In eighths of a part: the turn is 8 · count, a quarter of it 2 · count.
    var rest = 8 * step % (8 * count)
    let quarter = rest / (2 * count)
    rest %= 2 * count
    let isBeyondDiagonal = rest > count
    let folded = isBeyondDiagonal ? 2 * count - rest : rest
    let angle = Float(Double.pi / 4 * Double(folded) / Double(count))
    var (cosine, sine) = (ck_cosf(angle), ck_sinf(angle))
    if isBeyondDiagonal { (cosine, sine) = (sine, cosine) }
    for _ in 0..<quarter { (cosine, sine) = (-sine, cosine) }
    return (cosine, sine)
  }
}
