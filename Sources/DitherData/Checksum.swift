/// A number of 64 bits that is another for other words (Fowler, Noll & Vo's FNV-1a, over words in the place of bytes).
private struct WordSum {
  private var sum: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ word: UInt64) { sum = (sum ^ word) &* 0x100_0000_01b3 }

  var text: String { String(sum, radix: 16) }
}

extension LabelledData {
  /// Of the bits of the inputs and of the labels.
  package var checksum: String {
    var sum = WordSum()
    inputs.withSpan { values in
      for index in values.indices { sum.add(UInt64(values[index].bitPattern)) }
    }
    for label in labels { sum.add(UInt64(label)) }
    return sum.text
  }
}

extension String {
  /// Of its bytes in UTF-8.
  package var checksum: String {
    var sum = WordSum()
    for byte in utf8 { sum.add(UInt64(byte)) }
    return sum.text
  }
}
