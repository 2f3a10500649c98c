/// How wide a text is at most. The reader's font is not known: these are the widths of DejaVu Sans and
/// Verdana, than which Helvetica, Segoe and San Francisco are a tenth narrower.
enum TextWidth {
  static func of(_ text: String, size: Double) -> Double {
    text.reduce(0) { $0 + width(of: $1) } * size
  }

  /// The text, or as much of its beginning as fits, and an ellipsis.
  static func fitted(_ text: String, size: Double, width: Double) -> String {
    guard of(text, size: size) > width else { return text }
    var kept = text
    while !kept.isEmpty, of(kept + "…", size: size) > width { kept.removeLast() }
    return kept + "…"
  }

  /// Lines of words that fit.
  static func lines(_ text: String, size: Double, width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, of(last + " " + word, size: size) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// In units of the font's size.
  private static func width(of character: Character) -> Double {
    switch character {
    case "i", "j", "l", "I", "|", "'", ".", ",", ":", ";", "·": 0.33
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-", "!": 0.41
    case "m", "M", "W", "w", "%", "@", "…": 0.98
    case "A"..."Z", "+", "=", "×", "−", "–", "≥", "≤", "&": 0.76
    default: character.isASCII ? 0.63 : 0.7
    }
  }
}
