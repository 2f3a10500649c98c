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
}

extension DataFormat {
  /// Reads data whose labels there are not, or do not matter.
  ///
  /// - Parameter hasLabels: whether a table has the label's column, and a folder one sub-folder a class.
  mutating func unlabelledData(
    at location: DataLocation, hasLabels: Bool
  ) throws -> UnlabelledData {
    switch location {
    case .table(let path) where hasLabels:
      // Whatever the labels are.
      let format = try table(labels: .byFirstAppearance)
      return numbered(try LabelledData(contentsOf: path, format: format).inputs)
    case .table(let path): return numbered(try unlabelledTable(path))
    case .pair(let inputs, _):
      let tensor = try Tensor(contentsOf: inputs)
      if tensor.rank < 2 || tensor.count == 0 {
        throw DataError.otherShape(
          file: inputs, found: tensor.shape, expected: "[samples, features]")
      }
      return numbered(tensor.reshaped(to: [tensor.shape[0], tensor.count / tensor.shape[0]]))
    case .recording(let path): return try files([path])
    case .folder(let path) where hasLabels:
      return try files(ClassFolders(contentsOf: path).files.map(\.path), of: path)
    case .folder(let path):
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") && !isFolder("\(path)/\($0)") }
      return try files(names.sorted().map { "\(path)/\($0)" }, of: path)
    }
  }

  private func numbered(_ inputs: Tensor) -> UnlabelledData {
    UnlabelledData(inputs: inputs, names: (0..<inputs.shape[0]).map(String.init), kind: "row")
  }

  private mutating func files(
    _ paths: [String], of folder: String? = nil
  ) throws -> UnlabelledData {
    if paths.isEmpty { throw DataError.empty(file: folder ?? "") }
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

  /// A table all of whose columns are features. The reader wants a label, so that it is given the first column as names, which
  /// are then read as the numbers that they are.
  private func unlabelledTable(_ path: String) throws -> Tensor {
    if !categories.isEmpty {
      throw UsageError(
        "--unlabelled with columns of categories; expected a label's column in \(path), with any label that the run knows"
      )
    }
    let data = try LabelledData(
      contentsOf: path, format: table(labels: .byFirstAppearance, column: .at(0)))
    let first = try data.classNames.map { name in
      guard let number = Float(name), number.isFinite else {
        throw InputError("\(path), column 1: \"\(name.prefix(40))\"; expected a number")
      }
      return number
    }
    let width = data.features + 1
    return data.inputs.withSpan { others in
      Tensor(uninitialized: [data.count, width]) { all in
        for row in 0..<data.count {
          all[row * width] = first[data.labels[row]]
          for index in 1..<width {
            all[row * width + index] = others[row * (width - 1) + index - 1]
          }
        }
      }
    }
  }
}
