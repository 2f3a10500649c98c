/// Which recordings train and which are judged: by their numbers, or all of a speaker against all others.
package struct SpeechSplit: Sendable {
  /// Who is left out of training; nil for no one.
  package let leftOut: String?
  /// The places of the recordings that train. None is of the test part, so that babble is made of recordings never trained on; their
  /// speakers train by others.
  package let training: [Int]
  /// The places of the recordings that are judged.
  package let judged: [Int]

  /// The official split, then one for each speaker.
  ///
  /// - Parameter choosing: judges the validation part of those who train, for which only the training part trains; the test part
  ///   and who is left out are not looked at.
  package static func all(of corpus: SpeechCorpus, choosing: Bool) -> [SpeechSplit] {
    ([nil] + corpus.speakers).map { leftOut in
      SpeechSplit(
        leftOut: leftOut,
        training: corpus.rows(of: choosing ? [.training] : [.training, .validation]) {
          $0 != leftOut
        },
        judged: choosing
          ? corpus.rows(of: [.validation]) { $0 != leftOut }
          : leftOut == nil
            ? corpus.rows(of: [.test])
            : corpus.rows(of: SpeechCorpus.Part.allCases) { $0 == leftOut })
    }
  }
}
