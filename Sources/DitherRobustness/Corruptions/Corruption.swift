public import DitherTensors
public import NoiseDistributions

/// A way in which inputs are spoiled, at five severities: of images (``ImageCorruption``), of speech (``SpeechCorruption``), or a type
/// of one's own.
///
/// ```swift
/// /// Every sample upside down, whatever the severity.
/// struct Inversion: Corruption {
///   let name = "inversion"
///   func corrupted(_ inputs: Tensor, severity: Int, noise: NoiseStream) -> Tensor { -inputs }
/// }
/// ```
public protocol Corruption: Sendable {
  /// What it is called in tables; no two of a suite have one name.
  var name: String { get }

  /// Spoils a matrix of samples.
  ///
  /// What a sample becomes is a function of the sample, its row in the whole data, the severity and the stream, so that any
  /// classifier meets the same, and a part of the data gives the same as the whole.
  ///
  /// - Parameters:
  ///   - inputs: a row a sample, [rows, features].
  ///   - severity: 1, the least, to 5.
  ///   - noise: at the first row of the samples. Draws are in the domain of evaluation.
  /// - Returns: the shape of `inputs`.
  func corrupted(_ inputs: Tensor, severity: Int, noise: NoiseStream) -> Tensor
}

/// The severities of a corruption.
let severities = 1...5
