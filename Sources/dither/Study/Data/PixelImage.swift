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
    let stored: StoredArray
    switch location {
    case .digits: stored = StoredArray(shape: [], isBytes: false)
    case .pair(let path, _): stored = try StoredArray(path)
    default: return nil
    }
    let greatest = inputs.map { $0.maximum() }.max() ?? 0
    let features = inputs[0].shape[1]
    if stored.shape.count == 3 {
      (height, width) = (stored.shape[1], stored.shape[2])
    } else {
      let side = Int(Double(features).squareRoot().rounded())
      (height, width) = (side, side)
      guard stored.shape.count < 3, stored.isBytes || greatest <= 1 else { return nil }
    }
    white = max(greatest, 1)
    guard height * width == features, min(height, width) >= Self.leastSide,
      inputs.allSatisfy({ $0.minimum() >= 0 }), white.isFinite
    else { return nil }
  }
}

/// What an IDX or NPY file, which has been read, says of its array.
private struct StoredArray {
  var shape: [Int]
  var isBytes: Bool

  init(shape: [Int], isBytes: Bool) { (self.shape, self.isBytes) = (shape, isBytes) }

  init(_ path: String) throws(DataError) {
    let bytes = try DataFile.beginning(of: path, bytes: 256)
    if bytes.first == 0 {
      let axes = min(Int(bytes[3]), (bytes.count - 4) / 4)
      shape = (0..<axes).map { axis in
        bytes[4 + 4 * axis..<8 + 4 * axis].reduce(0) { $0 << 8 | Int($1) }
      }
      isBytes = bytes[2] == IDXElement.uint8.rawValue
    } else {
      let header = String(decoding: bytes.filter { $0 < 128 }, as: UTF8.self)
      let axes = header.firstMatch(of: /'shape': *\(([0-9, ]*)\)/)?.1 ?? ""
      shape = axes.split { $0 == "," || $0 == " " }.compactMap { Int($0) }
      isBytes = header.contains("u1'")
    }
  }
}
