import ArgumentParser
import DitherData
import DitherTensors

/// The handwritten digits of a file, in parts that are the same in every run.
struct MNISTDigits {
  /// Three fifths of the images, for training; one, to choose settings by; and one, to test on at the end.
  let training, validation, test: LabelledData

  /// - Parameter path: of a CSV file: pixels of 0 to 255, then the label, in each row. They become 0 to 1.
  init(contentsOf path: String) throws {
    let data = try LabelledData(contentsOf: path, classes: 10)
    let part = data.count / 5
    guard part > 0 else {
      throw ValidationError("\(path): \(data.count) rows; expected at least 5")
    }
    let parts = data.with(inputs: data.inputs / 255)
      .stratifiedSplit(sizes: [3 * part, part, part], seed: 1)
    (training, validation, test) = (parts[0], parts[1], parts[2])
  }
}
