import DitherData
import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite(
  "A number that is not finite stops a run, with where it came from, and leaves the state before")
struct NonFiniteTests {
  let training = DigitRun.data.training
  let validation = DigitRun.data.test

  private func expectFailure(
    _ place: TrainingError.Place, _ network: Sequential,
    _ change: (Trainer<Sequential>) -> Void = { _ in }
  ) {
    let trainer = DigitRun.trainer(network)
    change(trainer)
    #expect(
      throws: TrainingError.notFinite(place: place, epoch: 1, batch: 3, step: 17, kept: 17)
    ) {
      try trainer.train(on: training, epochs: 2)
    }
    #expect(trainer.checkpoint?.state.step == 17)
    #expect(trainer.optimizer.stepCount == 17)
    #expect(network.parameters.allSatisfy { !$0.hasGradient })
    #expect(count(trainer.network) == 17)

    let clean = spoiledNetwork(Spoiled(step: -1))
    let stopped = DigitRun.trainer(clean)
    stopped.afterBatch = { $0.step == 16 ? .stop : .proceed }
    _ = try? stopped.train(on: training, epochs: 2)
    #expect(bits(network) == bits(clean))
  }

  @Test("In a layer within a layer: its path is named, and what the pass changed is taken back")
  func layer() {
    expectFailure(.layer("2.1"), spoiledNetwork(Spoiled(step: 17)))
  }

  @Test("In a later part of a batch, whose earlier parts are taken back")
  func laterPart() {
    let network = spoiledNetwork(Spoiled(step: -1))
    let calls = Notes<Int>()
    let trainer = DigitRun.trainer(network, AdamW(network.parameters, learningRate: 5e-3)) {
      outputs, labels, count in
      calls.list.append(labels.count)
      let (loss, gradient) = crossEntropy(outputs, labels, count: count)
      return (calls.list.count == 5 ? .infinity : loss, gradient)
    }
    trainer.rowsAtOnce = 40
    // Parts of 40, 40 and 20 rows: the fifth call is the second part of the second batch.
    #expect(
      throws: TrainingError.notFinite(place: .loss, epoch: 0, batch: 1, step: 1, kept: 1)
    ) {
      try trainer.train(on: training, epochs: 1)
    }
    #expect(calls.list == [40, 40, 20, 40, 40])
    #expect(count(trainer.network) == 3)
  }

  @Test("In the gradient, while the loss is finite: the first parameter that the pullback comes to")
  func gradient() {
    expectFailure(.gradient("0.bias"), spoiledNetwork(Spoiled(step: 17, backward: true)))
  }

  @Test("Within a shortcut")
  func residual() {
    let trainer = DigitRun.trainer(spoiledNetwork(Spoiled(step: 2), residual: true))
    #expect(
      throws: TrainingError.notFinite(
        place: .layer("2.inner.1"), epoch: 0, batch: 2, step: 2, kept: 2)
    ) {
      try trainer.train(on: training, epochs: 1)
    }
  }

  @Test("In the inputs")
  func inputs() {
    var spoiled = training.inputs
    spoiled[5, 3] = .infinity
    let data = LabelledData(
      inputs: spoiled, labels: training.labels, classes: 10, name: "spoiled")
    let trainer = DigitRun.trainer()
    trainer.batchSize = data.count
    #expect(
      throws: TrainingError.notFinite(place: .inputs, epoch: 0, batch: 0, step: 0, kept: 0)
    ) {
      try trainer.train(on: data, epochs: 1)
    }
  }

  @Test("In the loss of the validation data")
  func validationLoss() {
    let network = DigitRun.network()
    let trainer = DigitRun.trainer(network, SGD(network.parameters, learningRate: 0.1)) {
      outputs, labels, count in
      // The validation loss is computed a row at a time.
      let (loss, gradient) = crossEntropy(outputs, labels, count: count)
      return (count == 1 ? .nan : loss, gradient)
    }
    #expect(
      throws: TrainingError.notFinite(
        place: .validationLoss, epoch: 0, batch: 14, step: 14, kept: 14)
    ) {
      try trainer.train(on: training, validation: validation, epochs: 1)
    }
  }

  @Test("In the second pass of a sharpness-aware step all is as before the step")
  func sharpnessAware() throws {
    let network = spoiledNetwork(Spoiled(step: -1))
    let trainer = DigitRun.trainer(network)
    trainer.sharpnessRadius = 0.05
    trainer.afterBatch = { report in
      if report.step == 2 { trainer.sharpnessRadius = 1e300 }
      return .proceed
    }
    #expect(
      throws: TrainingError.notFinite(
        place: .parameter("0.weight"), epoch: 0, batch: 3, step: 3, kept: 3)
    ) {
      try trainer.train(on: training, epochs: 1)
    }
    // One pass a step counts.
    #expect(count(network) == 3)
    #expect(network.parameters.allSatisfy { !$0.hasGradient })
    let clean = spoiledNetwork(Spoiled(step: -1))
    let stopped = DigitRun.trainer(clean)
    stopped.sharpnessRadius = 0.05
    stopped.afterBatch = { $0.step == 2 ? .stop : .proceed }
    try stopped.train(on: training, epochs: 1)
    #expect(bits(network) == bits(clean))
  }

  @Test("The error says where, at which step, and what is left")
  func description() {
    let error = TrainingError.notFinite(
      place: .layer("2.1"), epoch: 1, batch: 3, step: 17, kept: 17)
    #expect(
      "\(error)"
        == "step 17 (epoch 2, after 3 of its batches): a number that is infinite or NaN first appeared in the output of the layer \"2.1\"; the network is left as it was at step 17"
    )
    #expect("\(TrainingError.Place.layer(""))".hasSuffix("the network's output"))
    #expect("\(TrainingError.Place.gradient("0.bias"))".hasSuffix("the gradient of \"0.bias\""))
  }
}
