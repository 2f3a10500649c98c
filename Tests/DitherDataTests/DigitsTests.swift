import DitherData
import DitherTensors
import Foundation
import Testing

@Suite("The digits")
struct DigitsTests {
  let digits: LabelledData

  init() throws { digits = try Digits.load() }

  @Test("There are 1,797 images of 64 pixels in ten classes, as published")
  func shape() {
    #expect(digits.inputs.shape == [1797, 64])
    #expect(digits.count == 1797)
    #expect(digits.features == 64)
    #expect(digits.classes == 10)
    #expect(digits.name == "digits")
    let counts = (0..<10).map { label in digits.labels.filter { $0 == label }.count }
    #expect(counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
  }

  @Test("Pixels are sixteenths from 0 to 1, and add up to what they did when they were taken in")
  func pixels() {
    let sixteenths = digits.inputs * 16
    #expect(sixteenths.minimum() == 0)
    #expect(sixteenths.maximum() == 16)
    #expect(sixteenths.map { $0.rounded() } == sixteenths)
    // Computed from the published file by a script in another language.
    #expect(sixteenths.sum() == 561718)
    #expect(fingerprint() == 0x7768_69CC_E379_5967)
  }

  @Test("The file is the one that was taken in, byte for byte")
  func bytes() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/DitherData/Resources/digits.csv")
    let data = try Data(contentsOf: file)
    #expect(data.count == 264_712)
    // FNV-1a, of the file whose SHA-256 digits.md states.
    let hash = data.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    #expect(hash == 0x0B6D_B7D4_442B_BC5D)
  }

  /// FNV-1a over every pixel and label, in the order of the file.
  private func fingerprint() -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    let pixels = digits.inputs.scalars
    for row in 0..<digits.count {
      for column in 0..<64 {
        hash = (hash ^ UInt64(pixels[row * 64 + column] * 16)) &* 0x100_0000_01B3
      }
      hash = (hash ^ UInt64(digits.labels[row])) &* 0x100_0000_01B3
    }
    return hash
  }
}
