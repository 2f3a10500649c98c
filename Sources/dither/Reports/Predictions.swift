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
    var text = ([kind, "class"] + classes).map(\.csvField).joined(separator: ",") + "\n"
    let answers = probabilities.indicesOfRowMaxima()
    probabilities.withSpan { values in
      for (row, name) in names.enumerated() {
        text += name.csvField + "," + classes[answers[row]].csvField
        for column in classes.indices { text += ",\(values[row * classes.count + column])" }
        text += "\n"
      }
    }
    return text
  }
}
