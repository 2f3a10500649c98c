/// One record of a CSV file: where its fields are.
///
/// Fields are those of RFC 4180: separated by commas, ended by a line end, in quotes if they hold either; a quote within is doubled.
/// Spaces and tabs around a field are no part of it.
struct CSVRecord {
  let file: String
  /// The line that the record begins on.
  private(set) var line = 0
  private(set) var fields: [Range<Int>] = []
  /// The fields without quotes, if the record has quotes.
  private(set) var unquoted: [UInt8] = []
  private(set) var hasQuotes = false

  init(file: String) { self.file = file }

  /// Reads the record that begins at `start`. Gives the place and the line of the next.
  mutating func read(
    _ text: Span<UInt8>, from start: Int, to end: Int, line: Int
  ) throws(DataError) -> (start: Int, line: Int) {
    self.line = line
    fields.removeAll(keepingCapacity: true)
    unquoted.removeAll(keepingCapacity: true)
    hasQuotes = false
    if let place = split(text, from: start, to: end) { return (place + 1, line + 1) }
    fields.removeAll(keepingCapacity: true)
    hasQuotes = true
    return try splitQuoted(text, from: start, to: end)
  }

  /// Finds the fields of a record without quotes, and gives the place where it ends; nil where a quote is met.
  private mutating func split(_ text: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    var (first, place) = (start, start)
    while place < end {
      let byte = text[place]
      if byte == lineFeed { break }
      if byte == quote { return nil }
      if byte == comma {
        fields.append(trimmed(first..<place, of: text))
        first = place + 1
      }
      place += 1
    }
    let isBlank =
      first == start && (place == start || (place == start + 1 && text[start] == carriageReturn))
    if !isBlank { fields.append(trimmed(first..<place, of: text)) }
    return place
  }

  private mutating func splitQuoted(
    _ text: Span<UInt8>, from start: Int, to end: Int
  ) throws(DataError) -> (start: Int, line: Int) {
    var place = start
    var line = self.line
    while true {
      var first = place
      while first < end, isSpace(text[first]) { first += 1 }
      if first < end, text[first] == quote {
        place = first + 1
        try unquote(text, from: &place, to: end, line: &line)
      } else {
        first = place
        while place < end, text[place] != comma, text[place] != lineFeed {
          if text[place] == quote {
            throw .strayQuote(file: file, line: line, column: fields.count + 1)
          }
          place += 1
        }
        let begin = unquoted.count
        for index in trimmed(first..<place, of: text) { unquoted.append(text[index]) }
        fields.append(begin..<unquoted.count)
      }
      if place == end || text[place] == lineFeed { return (place + 1, line + 1) }
      place += 1
    }
  }

  /// Reads what is within quotes, from behind the first to the comma or line end behind the last.
  private mutating func unquote(
    _ text: Span<UInt8>, from place: inout Int, to end: Int, line: inout Int
  ) throws(DataError) {
    let column = fields.count + 1
    let (begin, firstLine) = (unquoted.count, line)
    while true {
      if place == end { throw .unclosedQuote(file: file, line: firstLine, column: column) }
      let byte = text[place]
      place += 1
      if byte == quote {
        if place == end || text[place] != quote { break }
        place += 1
      } else if byte == lineFeed {
        line += 1
      }
      unquoted.append(byte)
    }
    fields.append(begin..<unquoted.count)
    while place < end, isSpace(text[place]) || text[place] == carriageReturn { place += 1 }
    if place < end, text[place] != comma, text[place] != lineFeed {
      throw .strayQuote(file: file, line: line, column: column)
    }
  }
}
