import Foundation

/// A picture of grey pixels as a file in the format PNG (ISO/IEC 15948), without compression: pictures of examples are small.
///
/// 0 is black and 1 white, whatever the page's ground. What noise has carried below 0 turns blue, down to −1; above 1 it turns red, up
/// to 2.
struct GreyPicture {
  let width: Int
  let height: Int
  /// An index into ``palette`` for each pixel, row after row.
  private let pixels: [UInt8]

  private static let greys = 63
  private static let tints = 12

  /// - Parameter values: row after row, 0 and 1 being the ends of the range. What is no number is shown as the greatest.
  init(width: Int, values: [Double]) {
    self.width = width
    height = values.count / width
    pixels = values.map { value in
      let value = value.isNaN ? 2 : min(max(value, -1), 2)
      let place =
        value < 0
        ? value * Double(Self.tints)
        : value > 1
          ? Double(Self.greys) + (value - 1) * Double(Self.tints) : value * Double(Self.greys)
      return UInt8(Int(place.rounded()) + Self.tints)
    }
  }

  /// From the strongest blue over black and white to the strongest red.
  private static let palette: [UInt8] = {
    func colours(_ count: Int, _ from: [Double], _ to: [Double]) -> [[UInt8]] {
      (0...count).map { step in
        zip(from, to).map { UInt8(($0 + ($1 - $0) * Double(step) / Double(count)).rounded()) }
      }
    }
    let (black, white) = ([0.0, 0, 0], [255.0, 255, 255])
    let greyLevels = colours(greys, black, white)
    return
      (colours(tints, [0, 110, 230], black).dropLast() + greyLevels
      + colours(tints, white, [235, 50, 10]).dropFirst()).flatMap { $0 }
  }()

  /// The file.
  var png: [UInt8] {
    let header = Self.bytes(UInt32(width)) + Self.bytes(UInt32(height)) + [8, 3, 0, 0, 0]
    var lines: [UInt8] = []
    for row in 0..<height { lines += [0] + pixels[row * width..<(row + 1) * width] }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", header)
      + Self.chunk("PLTE", Self.palette) + Self.chunk("IDAT", Self.stored(lines))
      + Self.chunk("IEND", [])
  }

  /// The file as an address of its own, for a page without other files.
  var address: String { "data:image/png;base64," + Data(png).base64EncodedString() }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return bytes(UInt32(content.count)) + body + bytes(Checksum.cyclic(body))
  }

  /// The stream of zlib (RFC 1950) in blocks that are stored as they are (RFC 1951).
  private static func stored(_ content: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    let most = 65535
    for first in stride(from: 0, to: content.count, by: most) {
      let block = content[first..<min(first + most, content.count)]
      let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
      stream += [block.endIndex == content.count ? 1 : 0, low, high, ~low, ~high] + block
    }
    return stream + bytes(Checksum.adler(content))
  }

  /// The most significant first.
  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
