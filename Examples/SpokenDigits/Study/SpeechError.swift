/// Why a folder of recordings cannot be used. Its description says what was found and what was expected.
package enum SpeechError: Error, Hashable, Sendable {
  /// There is no folder of recordings.
  case noRecordings(folder: String)
  /// A file has not a name such as `7_jackson_32.wav`.
  case otherName(file: String)
  /// A recording has another number of samples a second than the features are made for.
  case otherSampleRate(file: String, found: Int, expected: Int)
  /// A recording has no samples.
  case noSamples(file: String)
  /// Leaving one speaker out leaves none to train on.
  case tooFewSpeakers(folder: String, found: [String])
  /// A speaker says a digit too rarely: in one of the parts, which the numbers of the recordings make, it is missing.
  case tooFewRecordings(speaker: String, digit: Int, part: String)
}

extension SpeechError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRecordings(let folder):
      """
      \(folder): no recordings; expected those of the Free Spoken Digit Dataset. It is at \
      https://github.com/Jakobovski/free-spoken-digit-dataset: clone it, and name the clone by --data
      """
    case .otherName(let file):
      "\(file): another name; expected DIGIT_SPEAKER_NUMBER.wav, such as 7_jackson_32.wav"
    case .otherSampleRate(let file, let found, let expected):
      "\(file): \(found) samples a second; expected \(expected)"
    case .noSamples(let file):
      "\(file): no samples; expected at least one"
    case .tooFewSpeakers(let folder, let found):
      "\(folder): \(found.count) speaker (\(found.joined(separator: ", "))); expected at least 2, of whom one is left out"
    case .tooFewRecordings(let speaker, let digit, let part):
      "the speaker \(speaker) has too few recordings of the digit \(digit): none in the \(part); expected at least one"
    }
  }
}
