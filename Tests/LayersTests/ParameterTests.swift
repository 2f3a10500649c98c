import DitherTensors
import Layers
import NoiseDistributions
import Testing

@Suite("Parameters: names, initial values, copies")
struct ParameterTests {
  /// A layer of one's own with a parameter, an optional one, a buffer and children.
  private struct Block: Layer {
    var scale = Parameter(shape: [3], initializer: .constant(2))
    var shift: Parameter?
    var mean = Tensor([1, 2, 3])
    var inner = Linear(inputs: 3, outputs: 3)
    var extra: Linear?

    func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
      inner.forward(input, pass.child("inner"))
    }

    mutating func visit(_ visitor: inout LayerVisitor) {
      visitor.parameter("scale", &scale)
      visitor.parameter("shift", &shift)
      visitor.buffer("mean", &mean)
      visitor.child("inner", &inner)
      visitor.child("extra", &extra)
    }
  }

  @Test("Names follow the visit; what is not there is not named")
  func names() {
    #expect(Block().namedParameters.map(\.name) == ["scale", "inner.weight", "inner.bias"])
    let full = Block(
      shift: Parameter(Tensor([0])), extra: Linear(inputs: 1, outputs: 1, bias: false))
    #expect(
      Sequential([ReLU(), full]).namedParameters.map(\.name) == [
        "1.scale", "1.shift", "1.inner.weight", "1.inner.bias", "1.extra.weight",
      ])
  }

  @Test("A visitor of one's own reads and replaces parameters and buffers by name")
  func visitor() {
    var names: [String] = []
    var visitor = LayerVisitor(
      parameter: { name, parameter in
        names.append(name)
        return parameter
      },
      buffer: { name, buffer in
        names.append("buffer " + name)
        return buffer + 1
      })
    var model = Sequential([Block()])
    model.visit(&visitor)
    #expect(names == ["0.scale", "buffer 0.mean", "0.inner.weight", "0.inner.bias"])
    #expect((model.layers[0] as! Block).mean == Tensor([2, 3, 4]))
  }

  @Test("Initial values are draws at the parameter's name, by row and column")
  func initialValues() {
    let model = Sequential(seed: 5) {
      Linear(inputs: 40, outputs: 3)
      Linear(inputs: 3, outputs: 7, initializer: .heNormal)
    }
    let stream = NoiseStream(seed: 5).in(.initialization)
    let halfWidth = Float((6.0 / 43).squareRoot())
    let first = stream.draws(
      from: Uniform(halfWidth: halfWidth), site: "0.weight", rows: 3, columns: 40)
    let second = stream.draws(
      from: Gaussian(standardDeviation: Float((2.0 / 3).squareRoot())), site: "1.weight", rows: 7,
      columns: 3)
    let values = model.parameters.map(\.value)
    #expect(values[0] == Tensor(first, shape: [3, 40]))
    #expect(values[1] == Tensor(zeros: [3]))
    #expect(values[2] == Tensor(second, shape: [7, 3]))
    #expect(Linear(inputs: 2, outputs: 2).initialized(seed: 1).weight.value.shape == [2, 2])
  }

  @Test("Initializers have the spread that their formulas state, to five standard errors of it")
  func spreads() {
    // Over n = 40,000 values the standard error of a variance is at most √(2/n) of it (a Gaussian's): 0.7 %.
    // Five of them fail by chance once in 1.7 million.
    func variance(_ initializer: Initializer) -> Float {
      let value = Linear(inputs: 100, outputs: 400, bias: false, initializer: initializer)
        .initialized(seed: 2).weight.value
      return (value * value).mean()
    }
    let expected: [(Initializer, Float)] = [
      (.xavierUniform, 2 / 500), (.xavierNormal, 2 / 500), (.heUniform, 2 / 100),
      (.heNormal, 2 / 100),
      (.drawn(from: Uniform(halfWidth: 3)), 3), (.constant(2), 4), (.zeros, 0),
    ]
    for (initializer, expected) in expected {
      #expect(abs(variance(initializer) - expected) <= 5 * 0.0071 * expected)
    }
    let bound = Float((6.0 / 100).squareRoot())
    let uniform = Linear(inputs: 100, outputs: 400, initializer: .heUniform).initialized(seed: 2)
    #expect(uniform.weight.value.absolute().maximum() <= bound)
  }

  @Test("initialized gives values only to parameters without, and leaves the original without")
  func initialization() {
    let bare = Linear(inputs: 2, outputs: 2)
    let given = Linear(weight: Tensor(zeros: [2, 2]), bias: nil)
    let one = Sequential([bare, given]).initialized(seed: 1)
    let two = Sequential([bare, given]).initialized(seed: 2)
    #expect(!bare.weight.isInitialized)
    #expect(one.parameters[0].value != two.parameters[0].value)
    #expect(one.parameters[2] === given.weight)
    #expect(one.initialized(seed: 3).parameters[0] === one.parameters[0])
    #expect(Sequential(seed: 1) { bare }.parameters[0].value == one.parameters[0].value)
  }

  @Test("A parameter used in two places is one: named once, initialised once, copied once")
  func tied() {
    let shared = Linear(inputs: 3, outputs: 3)
    let model = Sequential(seed: 1) {
      shared
      ReLU()
      shared
    }
    #expect(model.namedParameters.map(\.name) == ["0.weight", "0.bias"])
    let copy = model.copy()
    let linears = copy.layers.compactMap { $0 as? Linear }
    #expect(linears[0].weight === linears[1].weight)
    #expect(linears[0].weight !== (model.layers[0] as! Linear).weight)
  }

  @Test("copy shares nothing; copying the struct, and adding noise, share the weights")
  func copies() {
    let layer = Linear(inputs: 2, outputs: 2).initialized(seed: 1)
    let before = layer.weight.value
    let copy = layer.copy()
    #expect(copy.weight.value == before)
    #expect(layer.noise(.dropout(rate: 0.5), on: .input).weight === layer.weight)
    layer.weight.value = Tensor(zeros: [2, 2])
    #expect(copy.weight.value == before)
    #expect(copy.inputNoise.isEmpty)
  }
}
