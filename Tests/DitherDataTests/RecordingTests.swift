import DitherData
import DitherTensors
import Foundation
import TestSupport
import Testing

/// The whole numbers that the fixtures hold: see the script that wrote them.
private func whole(_ count: Int, bits: Int) -> [Int] {
  (0..<count).map { ($0 * 2_654_435_761 + 97) % (1 << bits) - 1 << (bits - 1) }
}

/// A WAV file of chunks of one's own.
private func riff(_ chunks: [(String, [UInt8])], padded: Bool = true) -> [UInt8] {
  var body = Array("WAVE".utf8)
  for (kind, contents) in chunks {
    body += Array(kind.utf8) + little(contents.count, 4) + contents
    if padded, contents.count % 2 == 1 { body.append(0) }
  }
  return Array("RIFF".utf8) + little(body.count, 4) + body
}

private func little(_ number: Int, _ size: Int) -> [UInt8] {
  (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

private func format(
  _ code: Int = 1, channels: Int = 1, rate: Int = 8000, frame: Int = 2, bits: Int = 16
) -> (String, [UInt8]) {
  (
    "fmt ",
    little(code, 2) + little(channels, 2) + little(rate, 4) + little(rate * frame, 4)
      + little(frame, 2) + little(bits, 2)
  )
}

@Suite("Recordings")
struct RecordingTests {
  @Test(
    "Files of every sample format", arguments: [("u8", 8), ("i16", 16), ("i24", 24), ("i32", 32)])
  func reads(name: String, bits: Int) throws {
    let recording = try Recording(contentsOf: fixture("\(name).wav"))
    #expect(recording.sampleRate == 8000)
    let expected = whole(8, bits: bits).map { Float($0) / Float(1 << (bits - 1)) }
    #expect(recording.samples == Tensor(expected, shape: [1, 8]))
    #expect(recording.mono == Tensor(expected))
  }

  @Test("Floating point is taken as it is", arguments: ["f32", "f64"])
  func readsFloatingPoint(name: String) throws {
    let recording = try Recording(contentsOf: fixture("\(name).wav"))
    #expect(recording.samples == Tensor([0, 0.5, -1, 1.5, 0.1], shape: [1, 5]))
  }

  @Test(
    "Channels are apart, and their mean is the mono recording", arguments: ["stereo", "extensible"])
  func channels(name: String) throws {
    let recording = try Recording(contentsOf: fixture("\(name).wav"))
    #expect(recording.sampleRate == 44100)
    #expect(recording.channels == 2 && recording.count == 3)
    #expect(
      recording.samples == Tensor(rows: [[1, 2, 3], [-1, 4, 32]]) / 32768)
    #expect(recording.mono == Tensor([0, 3, 17.5]) / 32768)
  }

  @Test("Chunks that are not known are passed over, with their padding")
  func chunks() throws {
    let file = riff([
      ("LIST", [1, 2, 3]), format(), ("odd ", [9]), ("data", [0, 64]), ("more", [1]),
    ])
    try withFile(file, name: "a.wav") { path throws in
      #expect(try Recording(contentsOf: path).samples == Tensor([0.5], shape: [1, 1]))
    }
    let eight = riff([format(frame: 1, bits: 8), ("data", [0, 128, 255])], padded: false)
    for end in [[], [UInt8(0)]] {
      try withFile(eight + end, name: "a.wav") { path in
        let samples = try Recording(contentsOf: path).mono
        #expect(samples == Tensor([-1, 0, 127 / 128]))
      }
    }
    try withFile(riff([format(), ("data", [])]), name: "a.wav") { path throws in
      #expect(try Recording(contentsOf: path).samples.shape == [1, 0])
    }
  }

  @Test("What is written is read again, and as SciPy writes it, byte for byte")
  func writes() throws {
    try withFolder { folder in
      let path = folder + "/a.wav"
      for (name, format) in [("i16", Recording.SampleFormat.int16), ("f32", .float32)] {
        let recording = try Recording(contentsOf: fixture("\(name).wav"))
        try recording.write(toWAV: path, as: format)
        #expect(try bytes(at: path) == bytes(at: fixture("\(name).wav")))
      }
      let stereo = try Recording(contentsOf: fixture("stereo.wav"))
      try stereo.write(toWAV: path)
      #expect(try Recording(contentsOf: path).samples == stereo.samples)
      // Between two numbers the even one; beyond full scale the last.
      let samples = Tensor([0.5, 1.5, -0.5, 2.5, 40000, -40000], shape: [1, 6]) / 32768
      try Recording(samples: samples, sampleRate: 1).write(toWAV: path)
      #expect(
        try Recording(contentsOf: path).mono == Tensor([0, 2, 0, 2, 32767, -32768]) / 32768)
    }
  }

  @Test(
    "What is wrong with a file is named with its place",
    arguments: [
      BadArray(
        riff([("data", [0, 0]), format()]),
        ", byte 12: \"samples\"; expected their format before them"),
      BadArray(riff([format()]), ", byte 36: \"the end\"; expected samples"),
      BadArray(riff([]), ", byte 12: \"the end\"; expected a format"),
      BadArray(riff([format(), format()]), ", byte 36: \"a second format\"; expected one"),
      BadArray(
        riff([format(7), ("data", [])]),
        ", byte 20: \"samples of 16 bits under code 7\"; expected 8, 16, 24 or 32 bits (code 1), or 32 or 64 of floating point (code 3)"
      ),
      BadArray(
        riff([format(channels: 0), ("data", [])]),
        ", byte 22: \"no channels\"; expected at least one"),
      BadArray(
        riff([format(rate: 0), ("data", [])]),
        ", byte 24: \"rate 0\"; expected at least 1 sample a second"),
      BadArray(
        riff([format(frame: 3), ("data", [])]), ", byte 32: \"frames of 3 bytes\"; expected 2"),
      BadArray(
        riff([("fmt ", [1, 0])]), ", byte 20: \"a format of 2 bytes\"; expected 16 or more"),
      BadArray(
        riff([format(0xFFFE), ("data", [])]),
        ", byte 20: \"a format of 16 bytes\"; expected 40 or more"),
      BadArray(
        riff([format(), ("data", [0, 0, 0])]),
        ", byte 40: \"samples of 3 bytes\"; expected whole frames of 2"),
      BadArray(
        riff([format(3, frame: 4, bits: 32), ("data", [0, 0, 0x80, 0xFF])]),
        ", byte 44: -inf; expected a finite number in the range of Float"),
      BadArray(
        joined(riff([format(), ("data", [0, 0])]), [0, 0]),
        ", byte 46: 2 bytes are left; expected the file's end"),
      BadArray(
        Array(riff([format(), ("data", [0, 0])]).dropLast()),
        ", byte 8: 37 bytes are left; expected 38"),
      BadArray(Array("RIFX".utf8), ", byte 0: \"RIFX\"; expected RIFF of a WAV file"),
      BadArray(
        joined(Array("RIFF".utf8), [4, 0, 0, 0], Array("AVI ".utf8)),
        ", byte 8: \"AVI \"; expected WAVE of a WAV file"),
    ])
  func bad(file: BadArray) throws {
    try withFile(file.bytes, name: "a.wav") { path in
      let found = try dataError { _ = try Recording(contentsOf: path) }
      #expect(found?.description == path + file.message)
    }
  }

  @Test("A file that is cut short or has a bit changed is an error or a value")
  func corrupted() throws {
    for name in ["u8", "i24", "f32", "extensible"] {
      let contents = try bytes(at: fixture("\(name).wav"))
      try checkCorrupted(contents, name: "a.wav") { _ = try Recording(contentsOf: $0) }
    }
  }

  @Test("Recordings that cannot be stop with what was received")
  func misuse() async {
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Recording(samples: Tensor([1, 2]), sampleRate: 8000)
      }, says: "Recording: samples of shape [2]; expected [channels, samples]")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Recording(samples: Tensor(zeros: [1, 2]), sampleRate: 0)
      }, says: "Recording: sampleRate is 0; expected 1...")
    expect(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let recording = Recording(samples: Tensor([.nan], shape: [1, 1]), sampleRate: 8000)
        try recording.write(toWAV: "/no/such/folder/a.wav")
      }, says: "WAV: a sample that is not a number")
  }
}
