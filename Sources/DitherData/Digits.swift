import DitherTensors
import Foundation

/// Real handwritten digits, part of this module: 1,797 images of 8×8 pixels, ten classes.
///
/// The test part of the UCI "Optical Recognition of Handwritten Digits" data set (E. Alpaydin & C. Kaynak 1998,
/// doi:10.24432/C50P49), CC BY 4.0, as scikit-learn carries it. See `Resources/digits.md`.
public enum Digits {
  /// Inputs of shape [1797, 64], each pixel from 0 (paper) to 1 (ink) in steps of 1/16, in row order; labels 0 to 9.
  public static func load() throws(DataError) -> LabelledData {
    let path = Bundle.module.bundleURL.appendingPathComponent("Resources/digits.csv").path
    let data = try LabelledData(contentsOf: path, classes: 10, name: "digits")
    return LabelledData(
      inputs: data.inputs / 16, labels: data.labels, classes: data.classes, name: data.name)
  }
}
