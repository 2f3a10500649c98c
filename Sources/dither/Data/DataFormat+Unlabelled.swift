import DitherData
import DitherTensors
import Foundation

/// Samples without labels, each with a name.
struct UnlabelledData {
  /// [samples, features].
  var inputs: Tensor
  /// A number from 0, or a file.
  var names: [String]
  /// What the names are.
  var kind: String
  /// The names of the features; none where they have none.
  var featureNames: [String] = []
}

extension DataFormat {
  /// Reads data whose labels there are not, or do not matter.
  ///
  /// - Parameter hasLabels: whether a table has the label's column, and a folder one sub-folder a class.
  mutating func unlabelledData(
    at location: DataLocation, hasLabels: Bool
  ) throws -> UnlabelledData {
    switch location {
    case .table(let path):
      return try reading(path) {
        try hasLabels ? labelledTable(path) : unlabelledTable(path)
      }
    case .pair(let inputs, _):
      try requireUnpacked(inputs)
      let tensor = try Tensor(contentsOf: inputs)
      if tensor.rank < 2 || tensor.count == 0 {
        throw DataError.otherShape(
          file: inputs, found: tensor.shape, expected: "[samples, features]")
      }
      return numbered(tensor.reshaped(to: [tensor.shape[0], tensor.count / tensor.shape[0]]))
    case .digits: return numbered(try Digits.load().inputs)
    case .recording(let path): return try files([path])
    case .folder(let path) where hasLabels:
      let folders = try classFolders(path, hint: ", or --unlabelled for a folder of files")
      return try files(folders.files.map(\.path))
    case .folder(let path):
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") && !isFolder("\(path)/\($0)") }
      if names.isEmpty {
        throw InputError(
          "\(path): no files; expected some, or no --unlabelled for those of sub-folders")
      }
      return try files(names.sorted().map { "\(path)/\($0)" })
    }
  }

  private func numbered(_ inputs: Tensor, _ featureNames: [String] = []) -> UnlabelledData {
    UnlabelledData(
      inputs: inputs, names: (0..<inputs.shape[0]).map(String.init), kind: "row",
      featureNames: featureNames)
  }

  /// A table with a label's column, whatever the labels are.
  private func labelledTable(_ path: String) throws -> UnlabelledData {
    let format = try table(labels: .byFirstAppearance)
    do throws(DataError) {
      let data = try LabelledData(contentsOf: path, format: format)
      return numbered(data.inputs, data.featureNames)
    } catch {
      switch error {
      case .tooFewColumns, .noLabel:
        throw InputError("\(error); or, without a label's column, --unlabelled")
      default: throw error
      }
    }
  }

  /// A table all of whose columns are features.
  private func unlabelledTable(_ path: String) throws -> UnlabelledData {
    let features = try CSVFeatures(contentsOf: path, format: table(labels: nil, column: .last))
    return numbered(features.inputs, features.names)
  }

  private mutating func files(_ paths: [String]) throws -> UnlabelledData {
    if paths.contains(where: isRecording) {
      return UnlabelledData(inputs: try hear(paths), names: paths, kind: "file")
    }
    let samples = try paths.map { path in
      let sample = try LabelledData.sample(at: path)
      return sample.reshaped(to: [1, sample.count])
    }
    for (path, sample) in zip(paths, samples) where sample.count != samples[0].count {
      throw DataError.otherShape(
        file: path, found: sample.shape, expected: "\(samples[0].count) elements, as in \(paths[0])"
      )
    }
    return UnlabelledData(inputs: Tensor(concatenating: samples), names: paths, kind: "file")
  }
}
