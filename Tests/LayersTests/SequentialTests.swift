import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import Synchronization
import Testing

@Suite("Sequential")
struct SequentialTests {
  @Test("A network's loss and gradients agree with a double-precision reference")
  func network() {
    let batch = 9
    let labels = [0, 3, 2, 1, 1, 0, 3, 2, 2]
    let model = Sequential(seed: 3) {
      Linear(inputs: 8, outputs: 35)
        .noise(RuleCase.addGaussian.rule, on: .input)
        .noise(RuleCase.multiplyLogNormal.rule, on: .output)
      GELU()
      Dropout(rate: 0.4)
      Sequential {
        Linear(inputs: 35, outputs: 6, initializer: .heNormal)
          .noise(RuleCase.saltAndPepper.rule, on: .input)
        Tanh()
      }
      Linear(inputs: 6, outputs: 4, bias: false)
    }
    let x = gaussians([batch, 8], seed: 1)
    let pass = Pass.training(NoiseStream(seed: 11).at(step: 5), gradients: .both)
    let (logits, pullback) = model.forward(x, pass)
    let (loss, gradient) = crossEntropy(logits, labels)
    let inputGradient = pullback(gradient)!

    let first = pass.child("0")
    let input0 = RuleCase.addGaussian.coefficients(first, site: .input, rows: batch, columns: 8)
    let output0 = RuleCase.multiplyLogNormal.coefficients(
      first, site: .output, rows: batch, columns: 35)
    let dropout = RuleCase.dropout.coefficients(
      pass.child("2"), site: .input, rows: batch, columns: 35)
    let input3 = RuleCase.saltAndPepper.coefficients(
      pass.child("3").child("0"), site: .input, rows: batch, columns: 35)
    func reference(_ arguments: [Matrix]) -> Double {
      var value = arguments[0].applying(input0)
      value = (value.timesTransposed(arguments[1]) + arguments[2]).applying(output0)
      value = value.map { ActivationCase.gelu($0) }.applying(dropout).applying(input3)
      value = (value.timesTransposed(arguments[3]) + arguments[4]).map { ActivationCase.tanh($0) }
      value = value.timesTransposed(arguments[5])
      var loss = 0.0
      for row in 0..<batch {
        let exponentials = (0..<4).reduce(0) { $0 + Foundation.exp(value[row, $1]) }
        loss += Foundation.log(exponentials) - value[row, labels[row]]
      }
      return loss / Double(batch)
    }
    let parameters = model.namedParameters
    #expect(
      parameters.map(\.name) == ["0.weight", "0.bias", "3.0.weight", "3.0.bias", "4.weight"])
    let arguments = [Matrix(x)] + parameters.map { Matrix($0.parameter.value) }
    #expect(abs(Double(loss) - reference(arguments)) < 1e-6)
    expectGradients(
      [("input", inputGradient)] + parameters.map { ($0.name, $0.parameter.gradient!) },
      of: reference, at: arguments)
  }

  /// Records the gradients asked of it.
  private struct Recorder: Layer {
    let name: String
    let record: Record

    final class Record: Sendable {
      let asked = Mutex<[String: Pass.Gradients]>([:])
      let called = Mutex<[String]>([])
    }

    func forward(_ input: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback) {
      record.asked.withLock { $0[name] = pass.gradients }
      return (
        input,
        Pullback { gradient in
          record.called.withLock { $0.append(name) }
          return pass.gradients.contains(.input) ? gradient : nil
        }
      )
    }

    mutating func visit(_ visitor: inout LayerVisitor) {}
  }

  @Test(
    "Nothing is taken back beyond the first layer with parameters unless the input's gradient is wanted"
  )
  func needsInputGradient() {
    let x = gaussians([2, 3], seed: 1)
    func run(_ gradients: Pass.Gradients) -> (Recorder.Record, returned: Bool) {
      let record = Recorder.Record()
      let model = Sequential(seed: 1) {
        Recorder(name: "before", record: record)
        Linear(inputs: 3, outputs: 3)
        Recorder(name: "between", record: record)
        Linear(inputs: 3, outputs: 3)
        Recorder(name: "after", record: record)
      }
      let returned = model.forward(x, .withoutNoise(gradients: gradients)).pullback(x) != nil
      return (record, returned)
    }

    let parameters = run(.parameters)
    #expect(!parameters.returned)
    #expect(parameters.0.called.withLock { $0 } == ["after", "between"])
    #expect(
      parameters.0.asked.withLock { $0 } == [
        "before": .parameters, "between": .both, "after": .both,
      ])

    let input = run(.input)
    #expect(input.returned)
    #expect(input.0.called.withLock { $0 } == ["after", "between", "before"])
    #expect(
      input.0.asked.withLock { $0 } == ["before": .input, "between": .input, "after": .input])

    let both = run(.both)
    #expect(both.returned)
    #expect(both.0.called.withLock { $0 } == ["after", "between", "before"])
  }

  @Test("A network without parameters returns the gradient of its input, or nil")
  func noParameters() {
    let model = Sequential {
      ReLU()
      Tanh()
    }
    let x = gaussians([2, 3], seed: 1)
    #expect(model.forward(x, .withoutNoise(gradients: .input)).pullback(x) != nil)
    #expect(model.forward(x, .withoutNoise(gradients: .parameters)).pullback(x) == nil)
    let empty = Sequential([])
    #expect(empty(x) == x)
    #expect(empty.forward(x, .withoutNoise(gradients: .both)).pullback(x) == x)
  }

  @Test("The builder takes layers, conditions and loops")
  func builder() {
    func model(depth: Int, noisy: Bool, smooth: Bool) -> Sequential {
      Sequential(seed: 1) {
        if noisy { Perturb(.adding(Gaussian(standardDeviation: 1))) }
        for _ in 0..<depth {
          Linear(inputs: 2, outputs: 2)
          if smooth { GELU() } else { ReLU() }
        }
      }
    }
    #expect(model(depth: 0, noisy: false, smooth: false).layers.isEmpty)
    #expect(model(depth: 2, noisy: true, smooth: true).layers.count == 5)
    #expect(model(depth: 2, noisy: false, smooth: false).layers[3] is ReLU)
    #expect(
      model(depth: 2, noisy: true, smooth: false).namedParameters.map(\.name)
        == ["1.weight", "1.bias", "3.weight", "3.bias"])
  }
}
