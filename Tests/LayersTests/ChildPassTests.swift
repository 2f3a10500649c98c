import DitherTensors
import Layers
import NoiseDistributions
import Testing

@Suite("Passes of children, and layers that are used several times")
struct ChildPassTests {
  @Test("A child's path, occurrence and gradients")
  func children() {
    let pass = Pass.training(NoiseStream(seed: 1))
    #expect(pass.path == "")
    #expect(pass.child("0").path == "0")
    #expect(pass.child("0").child("head").path == "0.head")
    #expect(pass.child("0", occurrence: 2).child("head").path == "0#2.head")
    #expect(pass.gradients == .parameters)
    #expect(pass.child("0").gradients == .both)
    #expect(pass.child("0", needsInputGradient: false).gradients == .parameters)
    #expect(Pass.inference.child("0", needsInputGradient: true).gradients == .none)
    #expect(Pass.withoutNoise(gradients: .input).child("0").gradients == .input)
    #expect(pass.noise?.domain == .training)
    #expect(Pass.sampling(NoiseStream(seed: 1)).child("0").noise?.domain == .sampling)
    #expect(Pass.inference.noise == nil)
  }

  /// One layer used three times, each use by its number.
  private struct Thrice: Layer {
    var inner: Linear
    let numbered: Bool

    func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
      var value = input
      var pullbacks: [Pullback] = []
      for use in 0..<3 {
        let (output, pullback) = inner.forward(
          value, pass.child("inner", occurrence: numbered ? use : 0))
        value = output
        pullbacks.append(pullback)
      }
      return (value, Pullback { gradient in pullbacks.reversed().reduce(gradient) { $1($0!) } })
    }

    mutating func visit(_ visitor: inout LayerVisitor) { visitor.child("inner", &inner) }
  }

  @Test("Numbered uses of one layer draw noise of their own; unnumbered ones the same")
  func occurrences() {
    var identity = Tensor(zeros: [40, 40])
    for index in 0..<40 { identity[index, index] = 1 }
    let rule = NoiseRule.adding(Uniform(low: 0.25, high: 0.75))
    let inner = Linear(weight: identity, bias: nil).noise(rule, on: .output)
    let zeros = Tensor(zeros: [4, 40])
    let stream = NoiseStream(seed: 9)
    func draws(_ site: String) -> Tensor {
      Tensor(
        stream.draws(from: Uniform(low: 0.25, high: 0.75), site: site, rows: 4, columns: 40),
        shape: [4, 40])
    }
    let once = draws("inner.output")
    let numbered = Thrice(inner: inner, numbered: true).forward(zeros, .training(stream)).output
    #expect(numbered == once + draws("inner#1.output") + draws("inner#2.output"))
    let same = Thrice(inner: inner, numbered: false).forward(zeros, .training(stream)).output
    #expect(same == once + once + once)
    #expect(Thrice(inner: inner, numbered: true).namedParameters.map(\.name) == ["inner.weight"])
  }

  @Test("The gradient of a layer used several times is the sum over its uses")
  func sharedGradient() {
    let weight = gaussians([3, 3], seed: 1)
    let x = gaussians([5, 3], seed: 2)
    let outputGradient = gaussians([5, 3], seed: 3)
    let model = Thrice(inner: Linear(weight: weight, bias: nil), numbered: true)
    let inputGradient = model.forward(x, .withoutNoise(gradients: .both)).pullback(outputGradient)!
    expectGradients(
      [("input", inputGradient), ("weight", model.inner.weight.gradient!)],
      of: { arguments in
        (0..<3).reduce(arguments[0]) { value, _ in value.timesTransposed(arguments[1]) }
          .dot(Matrix(outputGradient))
      }, at: [Matrix(x), Matrix(weight)])
  }
}
