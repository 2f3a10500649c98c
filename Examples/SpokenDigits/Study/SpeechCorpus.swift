import DitherData
package import DitherTensors
import Foundation

/// One recording of a digit.
package struct SpokenDigit: Sendable {
  package let digit: Int
  package let speaker: String
  /// The number that it has among those of its digit and speaker.
  package let number: Int
  /// [samples], in −1…1.
  package let samples: Tensor
}

/// The recordings of a folder, and the parts that they are in.
package struct SpeechCorpus: Sendable {
  /// Ordered by speaker, digit and number. A recording's place here is the row of its noise.
  package let recordings: [SpokenDigit]
  /// In alphabetical order.
  package let speakers: [String]

  package static let sampleRate = 8000
  package static let digits = 10

  /// What a recording is for, by its number.
  package enum Part: String, CaseIterable, Sendable {
    /// Numbers 0–4, as the dataset has it. The voices of babble are of this part too.
    case test = "test part (numbers 0 to 4)"
    /// Numbers 5–9: what settings are chosen by. In the end it trains too.
    case validation = "validation part (numbers 5 to 9)"
    /// The others.
    case training = "training part (numbers from 10 on)"

    package init(number: Int) {
      self = number < 5 ? .test : number < 10 ? .validation : .training
    }
  }

  /// Reads the WAV files of a folder, or of the folder `recordings` in it. What does not end in `.wav` is passed over.
  ///
  /// - Parameters:
  ///   - path: of the folder.
  ///   - limit: only recordings with a number below it; nil for all.
  /// - Throws: ``SpeechError``, and `DataError` at a file that is no WAV file.
  package init(contentsOf path: String, below limit: Int? = nil) throws {
    var recordings: [SpokenDigit] = []
    let inner = path + "/recordings"
    let folder = FileManager.default.fileExists(atPath: inner) ? inner : path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasSuffix(".wav") {
      let file = "\(folder)/\(name)"
      guard let match = name.wholeMatch(of: /([0-9])_([^_]+)_([0-9]{1,9})\.wav/) else {
        throw SpeechError.otherName(file: file)
      }
      let number = Int(match.3)!
      if let limit, number >= limit { continue }
      recordings.append(
        SpokenDigit(
          digit: Int(match.1)!, speaker: String(match.2), number: number,
          samples: try Self.samples(of: file)))
    }
    if recordings.isEmpty { throw SpeechError.noRecordings(folder: folder) }
    self.recordings = recordings.sorted {
      ($0.speaker, $0.digit, $0.number) < ($1.speaker, $1.digit, $1.number)
    }
    speakers = Set(recordings.map(\.speaker)).sorted()
    try requireEnough(folder)
  }

  private static func samples(of file: String) throws -> Tensor {
    let recording = try Recording(contentsOf: file)
    guard recording.sampleRate == sampleRate else {
      throw SpeechError.otherSampleRate(
        file: file, found: recording.sampleRate, expected: sampleRate)
    }
    if recording.count == 0 { throw SpeechError.noSamples(file: file) }
    return recording.mono
  }

  private func requireEnough(_ folder: String) throws {
    if speakers.count < 2 { throw SpeechError.tooFewSpeakers(folder: folder, found: speakers) }
    for speaker in speakers {
      for digit in 0..<Self.digits {
        let own = recordings.filter { $0.speaker == speaker && $0.digit == digit }
        for part in Part.allCases where !own.contains(where: { Part(number: $0.number) == part }) {
          throw SpeechError.tooFewRecordings(speaker: speaker, digit: digit, part: part.rawValue)
        }
      }
    }
  }

  /// The places of the recordings of some parts.
  ///
  /// - Parameters:
  ///   - parts: one of which a recording is in.
  ///   - isWanted: of the speaker.
  func rows(of parts: [Part], where isWanted: (String) -> Bool = { _ in true }) -> [Int] {
    recordings.indices.filter {
      parts.contains(Part(number: recordings[$0].number)) && isWanted(recordings[$0].speaker)
    }
  }

  /// The digits that some recordings are of.
  func labels(_ rows: [Int]) -> [Int] { rows.map { recordings[$0].digit } }
}
