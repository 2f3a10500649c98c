import DitherRuntime
import DitherTensors

/// Microsoft's format for sound: a RIFF file of chunks, each with a name of four letters, its size, and padding to an even place.
enum WAVFile {
  private static let pcm = 1
  private static let floatingPoint = 3
  private static let extensible = 0xFFFE
  /// What follows the format's code where an extensible header gives it in 16 bytes.
  private static let subformatRest: [UInt8] = [
    0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
  ]

  /// The chunk `fmt `.
  private struct Format {
    var channels: Int
    var sampleRate: Int
    var number: StoredNumber
  }

  static func read(_ reader: inout ByteReader) throws(DataError) -> Recording {
    try expect("RIFF", &reader)
    let sizePlace = reader.offset
    let size = try reader.number(bytes: 4)
    if size < 4 { throw reader.malformed(at: sizePlace, "size \(size)", expected: "4 or more") }
    try reader.expect(size)
    // A last chunk's padding is often written and not counted.
    if reader.remaining > size + 1 {
      throw .oversized(
        file: reader.file, offset: reader.offset + size, excess: reader.remaining - size)
    }
    try expect("WAVE", &reader)
    var format: Format?
    while reader.remaining >= 8 {
      let place = reader.offset
      let kind = try reader.take(4)
      let length = try reader.number(bytes: 4)
      try reader.expect(length)
      let start = reader.offset
      switch String(decoding: kind, as: UTF8.self) {
      case "fmt " where format == nil: format = try self.format(&reader, length: length)
      case "fmt ": throw reader.malformed(at: place, "a second format", expected: "one")
      case "data":
        guard let format else {
          throw reader.malformed(at: place, "samples", expected: "their format before them")
        }
        return try samples(&reader, format, length: length)
      default: break
      }
      try reader.skip(start + length - reader.offset)
      if length % 2 == 1, reader.remaining > 0 { try reader.skip(1) }
    }
    throw reader.malformed(
      at: reader.offset, "the end", expected: format == nil ? "a format" : "samples")
  }

  private static func expect(_ text: String, _ reader: inout ByteReader) throws(DataError) {
    let place = reader.offset
    let found = try reader.take(text.utf8.count)
    if found != Array(text.utf8) {
      throw reader.malformed(at: place, DataError.excerpt(found), expected: "\(text) of a WAV file")
    }
  }

  private static func format(
    _ reader: inout ByteReader, length: Int
  ) throws(DataError) -> Format {
    let place = reader.offset
    if length < 16 {
      throw reader.malformed(at: place, "a format of \(length) bytes", expected: "16 or more")
    }
    var code = try reader.number(bytes: 2)
    let channels = try reader.number(bytes: 2)
    let sampleRate = try reader.number(bytes: 4)
    try reader.skip(4)  // bytes a second, which follow from the others
    let frameSize = try reader.number(bytes: 2)
    let bits = try reader.number(bytes: 2)
    if code == extensible {
      if length < 40 {
        throw reader.malformed(at: place, "a format of \(length) bytes", expected: "40 or more")
      }
      try reader.skip(8)  // the extension's size, the bits in use, the loudspeakers
      code = try reader.number(bytes: 2)
      if try reader.take(14) != subformatRest {
        throw reader.malformed(
          at: reader.offset - 16, "another sound format", expected: "PCM or floating point")
      }
    }
    guard let number = WAVFile.number(code: code, bits: bits) else {
      throw reader.malformed(
        at: place, "samples of \(bits) bits under code \(code)",
        expected: "8, 16, 24 or 32 bits (code 1), or 32 or 64 of floating point (code 3)")
    }
    if channels == 0 {
      throw reader.malformed(at: place + 2, "no channels", expected: "at least one")
    }
    if sampleRate == 0 {
      throw reader.malformed(at: place + 4, "rate 0", expected: "at least 1 sample a second")
    }
    if frameSize != channels * number.size {
      throw reader.malformed(
        at: place + 12, "frames of \(frameSize) bytes", expected: "\(channels * number.size)")
    }
    return Format(channels: channels, sampleRate: sampleRate, number: number)
  }

  private static func number(code: Int, bits: Int) -> StoredNumber? {
    switch (code, bits) {
    case (pcm, 8): .uint8
    case (pcm, 16): .int16
    case (pcm, 24): .int24
    case (pcm, 32): .int32
    case (floatingPoint, 32): .float32
    case (floatingPoint, 64): .float64
    default: nil
    }
  }

  private static func samples(
    _ reader: inout ByteReader, _ format: Format, length: Int
  ) throws(DataError) -> Recording {
    let frameSize = format.channels * format.number.size
    if length % frameSize != 0 {
      throw reader.malformed(
        at: reader.offset - 4, "samples of \(length) bytes",
        expected: "whole frames of \(frameSize)")
    }
    let frames = try reader.tensor(
      of: format.number, bigEndian: false, shape: [length / frameSize, format.channels])
    var channels =
      format.channels == 1 ? frames.reshaped(to: [1, frames.count]) : frames.transposed()
    switch format.number {
    case .uint8: channels = (channels - 128) / 128
    case .int16: channels /= 32768
    case .int24: channels /= 8_388_608
    case .int32: channels /= 2_147_483_648
    default: break
    }
    return Recording(samples: channels, sampleRate: format.sampleRate)
  }

  static func bytes(of recording: Recording, as format: Recording.SampleFormat) -> [UInt8] {
    let size = format == .int16 ? 2 : 4
    let frames = recording.samples.transposed()
    let length = frames.count * size
    require(
      recording.channels <= 65_535 / size && length <= Int(UInt32.max) - 64
        && recording.sampleRate * recording.channels * size <= Int(UInt32.max),
      "WAV: \(recording.channels) channels of \(recording.count) samples at \(recording.sampleRate) a second; expected at most \(65_535 / size) channels and 4 GiB"
    )
    var bytes = Array("RIFF".utf8)
    bytes.reserveCapacity(length + 64)
    // Anything but PCM has an extension, here empty, and a chunk that counts the frames.
    let others = format == .int16 ? 24 : 26 + 12
    bytes.append(UInt32(4 + others + 8 + length), bigEndian: false)
    bytes += Array("WAVEfmt ".utf8)
    bytes.append(UInt32(format == .int16 ? 16 : 18), bigEndian: false)
    bytes.append(UInt16(format == .int16 ? pcm : floatingPoint), bigEndian: false)
    bytes.append(UInt16(recording.channels), bigEndian: false)
    bytes.append(UInt32(recording.sampleRate), bigEndian: false)
    bytes.append(UInt32(recording.sampleRate * recording.channels * size), bigEndian: false)
    bytes.append(UInt16(recording.channels * size), bigEndian: false)
    bytes.append(UInt16(8 * size), bigEndian: false)
    if format == .float32 {
      bytes += [0, 0] + Array("fact".utf8)
      bytes.append(UInt32(4), bigEndian: false)
      bytes.append(UInt32(recording.count), bigEndian: false)
    }
    bytes += Array("data".utf8)
    bytes.append(UInt32(length), bigEndian: false)
    for sample in frames.scalars {
      switch format {
      case .int16:
        require(!sample.isNaN, "WAV: a sample that is not a number; expected −1...1")
        let scaled = (sample * 32768).rounded(.toNearestOrEven)
        bytes.append(Int16(max(-32768, min(32767, scaled))), bigEndian: false)
      case .float32:
        require(sample.isFinite, "WAV: a sample of \(sample); expected a finite number")
        bytes.append(sample.bitPattern, bigEndian: false)
      }
    }
    return bytes
  }
}
