import DitherTensors

/// Classes and probabilities as CSV.
struct Predictions {
  /// Of each row.
  var names: [String]
  /// What the names are.
  var kind: String
  var classes: [String]
  /// [rows, classes].
  var probabilities: Tensor

  var csv: String {
    var text = ([kind, "class"] + classes).map(Self.field).joined(separator: ",") + "\n"
    let answers = probabilities.indicesOfRowMaxima()
    probabilities.withSpan { values in
      for (row, name) in names.enumerated() {
        text += Self.field(name) + "," + Self.field(classes[answers[row]])
        for column in classes.indices { text += ",\(values[row * classes.count + column])" }
        text += "\n"
      }
    }
    return text
  }

  /// A field as CSV has it: in quotes where it would be read otherwise.
  private static func field(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 >= 0x20
    }
    return isPlain && text.first != " " && text.last != " "
      ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
