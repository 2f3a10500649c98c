import DitherTensors
import Layers
import NoiseDistributions
import TestSupport
import Testing

@Suite("Summaries of networks")
struct SummaryTests {
  @Test("The table: paths, types, shapes, parameters and the noise at each site")
  func table() {
    let model = Sequential {
      Linear(inputs: 64, outputs: 32)
        .noise(.adding(Gaussian(standardDeviation: 0.5)), on: .input)
        .noise(.dropout(rate: 0.25), on: .input).noise(.dropout(rate: 0.5), on: .weight)
      ReLU()
      Residual(projection: Linear(inputs: 32, outputs: 16, bias: false)) {
        Linear(inputs: 32, outputs: 16)
        BatchNorm(features: 16)
      }
      Dropout(rate: 0.5)
      Linear(inputs: 16, outputs: 10)
    }
    let gaussian = NoiseRule.adding(Gaussian(standardDeviation: 0.5))
    let expected = """
      path          layer       output   parameters  noise
                    Sequential  [1, 10]           0
      0             Linear      [1, 32]        2080  input: \(gaussian), input: dropout(rate: 0.25), weight: dropout(rate: 0.5)
      1             ReLU        [1, 32]           0
      2             Residual    [1, 16]           0
      2.inner       Sequential  [1, 16]           0
      2.inner.0     Linear      [1, 16]         528
      2.inner.1     BatchNorm   [1, 16]          32
      2.projection  Linear      [1, 16]         512
      3             Dropout     [1, 16]           0  input: dropout(rate: 0.5)
      4             Linear      [1, 10]         170
      total                                    3322  13288 bytes
      """
    let summary = model.summary(inputShape: [1, 64])
    #expect("\(summary)" == expected)
    #expect(summary.parameters == 3322 && summary.bytes == 13288)
    // The network has no values still.
    #expect(model.parameters.allSatisfy { !$0.isInitialized })
  }

  @Test("Layers of one's own, their children, and a layer alone")
  func ownLayers() {
    let model = Average(
      first: Sequential {
        Scale(columns: 3)
        Linear(inputs: 3, outputs: 3)
      }, second: Scale(columns: 3))
    let summary = model.summary(inputShape: [2, 5, 3])
    #expect(
      summary.rows.map(\.path) == ["", "first", "first.0", "first.1", "second"])
    #expect(
      summary.rows.map(\.layer) == [
        "Average<Sequential, Scale>", "Sequential", "Scale", "Linear", "Scale",
      ])
    // What a layer of one's own gives to another of one's own is not seen.
    #expect(
      summary.rows.map(\.outputShape) == [[2, 5, 3], [2, 5, 3], [2, 5, 3], [2, 5, 3], nil])
    #expect(summary.rows.map(\.parameters) == [0, 0, 3, 12, 3])
    #expect("\(summary)".contains("?"))

    let alone = Linear(inputs: 4, outputs: 2).summary(inputShape: [1, 4])
    #expect(alone.rows.count == 1 && alone.parameters == 10)
    #expect(alone.rows[0].outputShape == [1, 2] && alone.rows[0].layer == "Linear")
  }

  @Test(
    "A shared parameter counts once; scales that are learned count for their layer; noise of every kind is named"
  )
  func counting() {
    let shared = Linear(inputs: 3, outputs: 3, bias: false)
      .noise(.adding(Gaussian(standardDeviation: 1), scale: .learned(0.5)), on: .output)
    let model = Sequential {
      shared
      shared
      ConcreteDropout(rate: 0.25)
      LogNormalNoise(logStandardDeviation: 0.5)
      NoisyLinear(inputs: 3, outputs: 2)
      FlipoutLinear(inputs: 2, outputs: 2, standardDeviation: 0.1)
      LocalReparameterizationLinear(inputs: 2, outputs: 2, standardDeviation: 0.1)
      Perturb(.multiplying(Gaussian(mean: 1, standardDeviation: 0.5)))
    }
    let summary = model.summary(inputShape: [1, 3])
    #expect(summary.rows.map(\.parameters) == [0, 10, 0, 1, 1, 16, 10, 10, 0])
    #expect(
      summary.rows.map { $0.noise.map(\.site) } == [
        [], ["output"], ["output"], ["input"], ["input"], ["input", "output"],
        ["weight", "input", "output"], ["output"], ["input"],
      ])
  }

  @Test("An input that the network does not take stops with its layer and path")
  func misuse() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential { Linear(inputs: 4, outputs: 2) }.summary(inputShape: [4])
    }
    expect(result, says: "Linear at path \"0\": the input has shape [4]; expected [batch, 4]")
  }
}
