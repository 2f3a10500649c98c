import DitherData
import DitherTensors
import Foundation
import Testing

/// The numbers that the fixtures hold, in row order: see the script that wrote them.
private func numbers(_ count: Int, from least: Int) -> [Float] {
  (0..<count).map { Float($0 * 7 % 23 + least) }
}

@Suite("Files of arrays")
struct ArrayFileTests {
  @Test(
    "NumPy's files of every type, byte order, order of elements and version",
    arguments: [
      "f4", "f8", "f4-big-endian", "f8-big-endian", "i1", "i2", "i4", "i8", "i2-big-endian",
      "f4-fortran", "i4-fortran", "f4-version2", "f4-version3",
    ])
  func readsNPY(name: String) throws {
    let array = try Tensor(contentsOf: fixture("\(name).npy"))
    #expect(array == Tensor(numbers(24, from: -9), shape: [2, 3, 4]))
  }

  @Test("NumPy's unsigned types", arguments: ["u1", "u2", "u4", "u8"])
  func readsUnsignedNPY(name: String) throws {
    let array = try Tensor(contentsOf: fixture("\(name).npy"))
    #expect(array == Tensor(numbers(24, from: 200), shape: [2, 3, 4]))
  }

  @Test("NumPy's truth values, a single number, and an array without elements")
  func readsOtherNPY() throws {
    #expect(try Tensor(contentsOf: fixture("b1.npy")) == Tensor([1, 0, 1]))
    #expect(try Tensor(contentsOf: fixture("scalar.npy")) == Tensor([2.5], shape: []))
    #expect(try Tensor(contentsOf: fixture("empty.npy")).shape == [0, 3])
  }

  @Test("A whole number that no Float has becomes the nearest, as does a double")
  func rounds() throws {
    let array = try Tensor(contentsOf: fixture("i8-large.npy"))
    #expect(array == Tensor([9_007_199_254_740_992, -16_777_216, 16_777_220, -9.223372e18]))
    #expect(try Tensor(contentsOf: fixture("f8-fine.npy")) == Tensor([0.1, 1, 3.4028235e38]))
  }

  @Test(
    "IDX files of every type",
    arguments: ["int8", "int16", "int32", "float32", "float64"])
  func readsIDX(name: String) throws {
    let array = try Tensor(contentsOf: fixture("\(name).idx"))
    #expect(array == Tensor(numbers(24, from: -9), shape: [2, 3, 4]))
  }

  @Test("IDX files of bytes")
  func readsIDXBytes() throws {
    let array = try Tensor(contentsOf: fixture("uint8.idx"))
    #expect(array == Tensor(numbers(24, from: 200), shape: [2, 3, 4]))
  }

  @Test("What is written is read again, and NPY is written as NumPy writes it, byte for byte")
  func writes() throws {
    try withFolder { folder in
      let path = folder + "/array"
      let array = Tensor(numbers(24, from: -9), shape: [2, 3, 4])
      try array.write(toNPY: path)
      #expect(try bytes(at: path) == bytes(at: fixture("f4.npy")))
      for shape in [[], [1], [0, 3], [5, 1]] {
        let tensor = Tensor(repeating: -0.25, shape: shape)
        try tensor.write(toNPY: path)
        #expect(try Tensor(contentsOf: path) == tensor)
        #expect(try bytes(at: path).count == 128 + 4 * tensor.count)
      }
      for (element, name) in [
        (IDXElement.int8, "int8"), (.int16, "int16"), (.int32, "int32"), (.float32, "float32"),
        (.float64, "float64"),
      ] {
        try array.write(toIDX: path, as: element)
        #expect(try bytes(at: path) == bytes(at: fixture("\(name).idx")))
      }
      try Tensor(numbers(24, from: 200), shape: [2, 3, 4]).write(toIDX: path, as: .uint8)
      #expect(try bytes(at: path) == bytes(at: fixture("uint8.idx")))
    }
  }

  @Test("Images and labels become rows and classes")
  func labelled() throws {
    try withFolder { folder in
      let (images, labels) = (folder + "/images.idx", folder + "/labels.npy")
      try Tensor(numbers(24, from: 0), shape: [2, 3, 4]).write(toIDX: images, as: .uint8)
      try Tensor([3, 1]).write(toNPY: labels)
      let data = try LabelledData(inputsAt: images, labelsAt: labels)
      #expect(data.inputs == Tensor(numbers(24, from: 0), shape: [2, 12]))
      #expect(data.labels == [3, 1])
      #expect(data.classes == 4)
      #expect(data.name == "images")
      let named = try LabelledData(inputsAt: images, labelsAt: labels, classes: 9, name: "few")
      #expect(named.classes == 9 && named.name == "few")
    }
  }

  @Test("Files that do not belong together, and labels that are no classes, are named")
  func mismatched() throws {
    try withFolder { folder throws in
      let (images, labels) = (folder + "/images", folder + "/labels")
      func message(_ inputs: Tensor, _ numbers: Tensor, classes: Int? = nil) throws -> String? {
        try inputs.write(toNPY: images)
        try numbers.write(toNPY: labels)
        return try dataError {
          _ = try LabelledData(inputsAt: images, labelsAt: labels, classes: classes)
        }?.description
      }
      let two = Tensor(zeros: [2, 3])
      #expect(
        try message(two, Tensor([0, 1, 1]))
          == "\(labels): an array of shape [3]; expected [2], a label for each sample in \(images)")
      #expect(
        try message(Tensor([1, 2]), Tensor([0, 1]))
          == "\(images): an array of shape [2]; expected [samples, features]")
      #expect(
        try message(two, Tensor([0, 0.5]))
          == "\(labels), label 1: 0.5; expected a whole number from 0 to 65535")
      #expect(
        try message(two, Tensor([-1, 0]))
          == "\(labels), label 0: -1.0; expected a whole number from 0 to 65535")
      #expect(
        try message(two, Tensor([0, 10]), classes: 10)
          == "\(labels), label 1: 10.0; expected a whole number from 0 to 9")
      #expect(
        try message(Tensor(zeros: [0, 3]), Tensor(zeros: [0])) == "\(labels): empty; expected data")
    }
  }
}
