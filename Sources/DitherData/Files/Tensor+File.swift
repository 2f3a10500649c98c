import DitherRuntime
public import DitherTensors

extension Tensor {
  /// Reads a file of one array: NPY, as NumPy writes it, or IDX, the format of the MNIST files. Its first bytes say which.
  ///
  /// Of NPY, versions 1 to 3, either byte order, both orders of elements, and the types float32, float64, bool and whole numbers of
  /// 1 to 8 bytes; of IDX all six types. Each number becomes the nearest `Float`.
  ///
  /// ```swift
  /// try Tensor(rows: [[1, 2], [3, 4]]).write(toNPY: "matrix.npy")
  /// let matrix = try Tensor(contentsOf: "matrix.npy")   // [[1.0, 2.0], [3.0, 4.0]]
  /// ```
  ///
  /// - Throws: ``DataError``, which names the file and the byte where it is not as it should be: one that ends too soon, has bytes
  ///   left, is of another format, or holds an infinite number or a not-a-number. Memory is taken only for elements that the file
  ///   has.
  public init(contentsOf path: String) throws(DataError) {
    var reader = ByteReader(try DataFile.contents(of: path), file: path)
    switch reader.bytes.first {
    case 0x93: self = try NPYFile.read(&reader)
    case 0: self = try IDXFile.read(&reader)
    case nil: throw .empty(file: path)
    default:
      throw reader.malformed(
        at: 0, DataError.excerpt(reader.bytes), expected: "an NPY or IDX file")
    }
  }

  /// The same elements with a row for each index of the first axis.
  func asMatrix() -> Tensor {
    let columns = shape.dropFirst().reduce(1, *)
    return reshaped(to: [shape[0], columns])
  }
}

extension LabelledData {
  /// Reads inputs and labels from two files, each IDX or NPY, such as the four that MNIST and Fashion-MNIST come in.
  ///
  /// Inputs of more than two axes become rows: images `[count, height, width]` become `[count, height · width]`. Pixels stay as
  /// stored, 0 to 255: divide by 255, or see ``Normalization``.
  ///
  /// - Parameters:
  ///   - inputs: the inputs' file, its first axis the samples.
  ///   - labels: the labels' file, one axis of whole numbers from 0, as many as there are samples.
  ///   - classes: the number of classes. Without it, one more than the greatest label, which may be up to 65,535.
  ///   - name: what to call the data; the inputs' file's name without it.
  /// - Throws: ``DataError``, as `Tensor(contentsOf:)` does; where the files do not belong together; at a label
  ///   that is no class.
  public init(
    inputsAt inputs: String, labelsAt labels: String, classes: Int? = nil, name: String? = nil
  ) throws(DataError) {
    require(classes ?? 1 >= 1, "LabelledData: classes is \(classes ?? 0); expected at least 1")
    let samples = try Tensor(contentsOf: inputs)
    let numbers = try Tensor(contentsOf: labels)
    if samples.rank < 2 {
      throw .otherShape(file: inputs, found: samples.shape, expected: "[samples, features]")
    }
    if numbers.shape != [samples.shape[0]] {
      throw .otherShape(
        file: labels, found: numbers.shape,
        expected: "[\(samples.shape[0])], a label for each sample in \(inputs)")
    }
    if classes == nil, numbers.count == 0 { throw .empty(file: labels) }
    let most = classes ?? LabelledData.mostClasses
    var whole: [Int] = []
    whole.reserveCapacity(numbers.count)
    for (index, number) in numbers.scalars.enumerated() {
      guard let label = Int(exactly: number), label >= 0, label < most else {
        throw .notAClass(file: labels, index: index, found: "\(number)", classes: most)
      }
      whole.append(label)
    }
    self.init(
      inputs: samples.asMatrix(), labels: whole, classes: classes ?? whole.max()! + 1,
      name: name ?? LabelledData.name(of: inputs))
  }
}
