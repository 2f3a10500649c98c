import DitherTensors
import Testing

@Suite("Parameters")
struct ParameterTests {
  @Test("Every change of the value adds one to the version")
  func versions() {
    let parameter = Parameter(Tensor([1, 2]))
    #expect(parameter.version == 0)
    parameter.value = Tensor([3, 4])
    #expect(parameter.version == 1)
    parameter.value[0] = 5
    #expect(parameter.version == 2)
    parameter.value += 1
    #expect(parameter.version == 3)
    parameter.withMutableGradient { $0[0] = 1 }
    #expect(parameter.version == 3)
    parameter.update { value, gradient in value[0] -= gradient[0] }
    #expect(parameter.version == 4)
    #expect(parameter.value.scalars == [5, 5])
    _ = parameter.value
    parameter.clearGradient()
    #expect(parameter.version == 4)
  }

  @Test("A value read before a change stays as it was")
  func valueIsAValue() {
    let parameter = Parameter(Tensor([1, 2]))
    let before = parameter.value
    parameter.value[1] = 9
    #expect(before.scalars == [1, 2])
    #expect(parameter.value.scalars == [1, 9])
  }

  @Test("A gradient is nil, then what was added to it, then nil once cleared")
  func gradients() {
    let parameter = Parameter(Tensor([1, 2]))
    #expect(parameter.gradient == nil)
    #expect(!parameter.hasGradient)
    parameter.withMutableGradient { $0[1] += 3 }
    parameter.addToGradient(Tensor([1, 1]))
    let gradient = parameter.gradient
    #expect(gradient?.scalars == [1, 4])
    parameter.clearGradient()
    #expect(parameter.gradient == nil)
    parameter.addToGradient(Tensor([2, 2]))
    #expect(parameter.gradient?.scalars == [2, 2])
    #expect(gradient?.scalars == [1, 4])
  }

  @Test(
    "Column sums and products aᵀ·b add to what a gradient holds, and rows that are none add nothing"
  )
  func sums() {
    let a = Tensor(rows: [[1, 2, 3], [4, 5, 6]])
    let bias = Parameter(Tensor(zeros: [3]))
    bias.addToGradient(columnSumsOf: a)
    #expect(bias.gradient == Tensor([5, 7, 9]))
    bias.addToGradient(columnSumsOf: a)
    bias.addToGradient(columnSumsOf: Tensor(zeros: [0, 3]))
    bias.addToGradient(columnSumsOf: Tensor(zeros: [2, 0, 3]))
    #expect(bias.gradient == Tensor([10, 14, 18]))

    let b = Tensor(rows: [[1, 10], [2, 20]])
    let weight = Parameter(Tensor(zeros: [3, 2]))
    weight.addToGradient(productOfTransposed: a, and: b)
    #expect(weight.gradient == Tensor(rows: [[9, 90], [12, 120], [15, 150]]))
    weight.addToGradient(productOfTransposed: a, and: b)
    weight.addToGradient(productOfTransposed: Tensor(zeros: [0, 3]), and: Tensor(zeros: [0, 2]))
    #expect(weight.gradient == Tensor(rows: [[18, 180], [24, 240], [30, 300]]))
    #expect(weight.version == 0)

    // What continues a cleared gradient begins at zero, and leaves a gradient that was read before as it was.
    let before = weight.gradient
    weight.clearGradient()
    weight.addToGradient(productOfTransposed: a, and: b)
    #expect(weight.gradient == Tensor(rows: [[9, 90], [12, 120], [15, 150]]))
    #expect(before == Tensor(rows: [[18, 180], [24, 240], [30, 300]]))
    weight.clearGradient()
    weight.addToGradient(productOfTransposed: Tensor(zeros: [0, 3]), and: Tensor(zeros: [0, 2]))
    #expect(weight.gradient == Tensor(zeros: [3, 2]))
  }

  @Test("Axes before the last are rows: sums over them are those of the matrix, to the bit")
  func sumsOverLeadingAxes() {
    let (a, b) = (
      Tensor((0..<24).map { Float($0) / 7 }), Tensor((0..<18).map { 1 - Float($0) / 3 })
    )
    let (sums, flatSums) = (Parameter(Tensor(zeros: [4])), Parameter(Tensor(zeros: [4])))
    sums.addToGradient(columnSumsOf: a.reshaped(to: [2, 3, 4]))
    flatSums.addToGradient(columnSumsOf: a.reshaped(to: [6, 4]))
    #expect(sums.gradient == flatSums.gradient)
    let (product, flat) = (Parameter(Tensor(zeros: [4, 3])), Parameter(Tensor(zeros: [4, 3])))
    product.addToGradient(
      productOfTransposed: a.reshaped(to: [2, 3, 4]), and: b.reshaped(to: [2, 3, 3]))
    flat.addToGradient(
      productOfTransposed: a.reshaped(to: [6, 4]), and: b.reshaped(to: [6, 3]))
    #expect(product.gradient == flat.gradient)
  }

  @Test("An update changes the value and clears the gradient, whatever it leaves in it")
  func updates() {
    let parameter = Parameter(Tensor([1, 2]))
    parameter.addToGradient(Tensor([10, 20]))
    parameter.update { value, gradient in
      for index in value.indices { value[index] -= 0.1 * gradient[index] }
      gradient[0] = 77
    }
    #expect(parameter.value.scalars == [0, 0])
    #expect(parameter.gradient == nil)
    parameter.withMutableGradient { #expect($0[0] == 0 && $0[1] == 0) }
    unsafe parameter.updateByKernel { value, gradient in
      unsafe value[1] = gradient[1] - 5
    }
    #expect(parameter.value.scalars == [0, -5])
    #expect(parameter.gradient == nil)
    parameter.addToGradient(Tensor([1, 2]))
    #expect(parameter.gradient?.scalars == [1, 2])
  }

  @Test("A copy has the value and nothing in common")
  func copying() {
    let parameter = Parameter(Tensor([1, 2]))
    parameter.addToGradient(Tensor([1, 1]))
    let copy = parameter.copy()
    #expect(copy.value == parameter.value)
    #expect(copy.gradient == nil)
    copy.value[0] = 9
    #expect(parameter.value.scalars == [1, 2])
    #expect(parameter.version == 0)
  }

  @Test("A parameter without a value gets one from a seed and its path, once")
  func initialising() {
    let parameter = Parameter(shape: [2]) { seed, path in
      Tensor([Float(seed), Float(path.utf8.count)])
    }
    let copy = parameter.copy()
    #expect(!parameter.isInitialized)
    parameter.initialize(seed: 7, path: "0.weight")
    #expect(parameter.isInitialized)
    #expect(parameter.value.scalars == [7, 8])
    parameter.initialize(seed: 8, path: "1")
    #expect(parameter.value.scalars == [7, 8])
    #expect(!copy.isInitialized)
    copy.initialize(seed: 9, path: "1")
    #expect(copy.value.scalars == [9, 1])
  }
}
