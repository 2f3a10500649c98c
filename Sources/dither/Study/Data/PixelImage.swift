import DitherData
import DitherTensors

/// Rows of a study's data that are images of grey pixels.
///
/// They are taken for such where their file says a height and a width, and where it has bytes, or numbers from 0 to 1, as many as a
/// square holds. Black is 0; white is 1, or the greatest pixel where one is above 1: 255 as a rule.
struct PixelImage {
  let height: Int
  let width: Int
  let white: Float

  private static let leastSide = 4

  /// Nil where rows are none, as far as can be told.
  ///
  /// - Parameter inputs: of the training and of the test, as they were read.
  init?(_ location: DataLocation, _ inputs: [Tensor]) throws(DataError) {
    let stored: StoredArray?
    switch location {
    case .digits: stored = nil
    case .pair(let path, _): stored = try StoredArray(ofFile: path)
    default: return nil
    }
    let greatest = inputs.map { $0.maximum() }.max() ?? 0
    let features = inputs[0].shape[1]
    let shape = stored?.shape ?? []
    if shape.count == 3 {
      (height, width) = (shape[1], shape[2])
    } else {
      let side = Int(Double(features).squareRoot().rounded())
      (height, width) = (side, side)
      guard shape.count < 3, stored?.isBytes == true || greatest <= 1 else { return nil }
    }
    white = max(greatest, 1)
    guard height * width == features, min(height, width) >= Self.leastSide,
      inputs.allSatisfy({ $0.minimum() >= 0 }), white.isFinite
    else { return nil }
  }
}
