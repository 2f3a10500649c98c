import DitherRuntime
import DitherTensors

/// How the features of a sample are the pixels of an image: row after row, a pixel's channels side by side.
public struct ImageShape: Hashable, Sendable {
  /// Rows of pixels.
  public let height: Int
  /// Pixels of a row.
  public let width: Int
  /// Numbers of a pixel.
  public let channels: Int
  /// From black to white.
  public let range: ClosedRange<Float>

  /// - Parameters:
  ///   - height: rows of pixels, at least 1.
  ///   - width: pixels of a row, at least 1.
  ///   - channels: numbers of a pixel, at least 1.
  ///   - range: from black to white, with finite ends that differ. Others stop the program.
  public init(height: Int, width: Int, channels: Int = 1, range: ClosedRange<Float> = 0...1) {
    require(
      height >= 1 && width >= 1 && channels >= 1,
      "ImageShape: height, width and channels are \(height), \(width) and \(channels); expected at least 1 each"
    )
    require(
      range.lowerBound < range.upperBound && (range.upperBound - range.lowerBound).isFinite,
      "ImageShape: range is \(range); expected finite ends that differ")
    self.height = height
    self.width = width
    self.channels = channels
    self.range = range
  }

  /// Numbers of an image.
  public var features: Int { height * width * channels }

  /// Stops at samples that are no such images.
  func requireFits(_ inputs: Tensor, _ operation: String) {
    require(
      inputs.rank == 2 && inputs.shape[1] == features,
      "\(operation): the inputs have shape \(inputs.shape); expected [rows, \(features)], images of \(height) × \(width) × \(channels)"
    )
    inputs.requireWithin(range, of: "image", operation)
  }

  /// A copy of images that `change` has changed one by one.
  func changed(
    _ inputs: Tensor,
    _ change: (_ pixels: inout MutableSpan<Float>, _ first: Int, _ row: Int) -> Void
  ) -> Tensor {
    var result = inputs
    result.withMutableSpan { pixels in
      for row in 0..<inputs.shape[0] { change(&pixels, row * features, row) }
    }
    return result
  }
}
