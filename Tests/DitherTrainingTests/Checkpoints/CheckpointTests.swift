import DitherTensors
import DitherTraining
import Layers
import NoiseDistributions
import Optimizers
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Weights, buffers, optimizer and position come back as they were, to the bit")
  func roundTrip() throws {
    let path = folder.file("a.safetensors")
    let model = smallNetwork(1)
    let optimizer = Adam(model.parameters, learningRate: 0.1 + 0.2)
    takeStep(model, optimizer)
    takeStep(model, optimizer)
    var written = Checkpoint(
      of: model, optimizer: optimizer, step: 2, epoch: 3, batch: 4, noiseSeed: .max)
    written.metadata["note"] = "by hand"
    written.model = try LayerCatalog.standard.description(of: model)
    try written.write(to: path)

    let read = try Checkpoint(contentsOf: path)
    #expect(read.step == 2 && read.epoch == 3 && read.batch == 4 && read.noiseSeed == .max)
    #expect(read.metadata == ["note": "by hand"] && read.file == path)
    #expect(read.model == written.model && read.training == nil && read.weightAverage == nil)
    #expect(
      Set(read.tensors.keys)
        == [
          "0.weight", "0.bias", "1.scale", "1.shift", "1.runningMean", "1.runningVariance",
          "2.weight",
        ])
    #expect(read.optimizer?.learningRate == optimizer.learningRate)

    var other = smallNetwork(2)
    let otherOptimizer = Adam(other.parameters, learningRate: 1)
    try read.restore(to: &other, optimizer: otherOptimizer)
    #expect(otherOptimizer.stepCount == 2 && otherOptimizer.learningRate == 0.1 + 0.2)
    takeStep(model, optimizer)
    takeStep(other, otherOptimizer)
    #expect(haveSameBits(model, other))
  }

  @Test("A model is made of the best epoch's values, if they are asked for and there")
  func best() throws {
    let path = folder.file("a.safetensors")
    let network = DigitRun.normalisedNetwork()
    let trainer = DigitRun.trainer(network)
    trainer.metrics.append(WorstLoss())
    trainer.earlyStopping = EarlyStopping(on: "worst loss", patience: 1)
    trainer.save = { [unowned trainer] training in
      var checkpoint = Checkpoint(
        of: trainer.network, optimizer: trainer.optimizer, training: training)
      checkpoint.model = try LayerCatalog.standard.description(of: trainer.network)
      try checkpoint.write(to: path)
      return ""
    }
    let history = try trainer.train(
      on: DigitRun.data.training, validation: DigitRun.data.test, epochs: 3)
    #expect(history.outcome == .stoppedEarly && history.bestEpoch == 0)
    let checkpoint = try Checkpoint(contentsOf: path)
    let (best, last) = (try checkpoint.makeModel(best: true), try checkpoint.makeModel())
    let (isBest, isLast) = (haveSameBits(best, network), haveSameBits(last, network))
    #expect(isBest && !isLast)

    let plain = smallNetwork(1)
    var without = Checkpoint(of: plain, step: 0)
    without.model = try LayerCatalog.standard.description(of: plain)
    #expect(
      throws: CheckpointError.lacks(
        file: nil, what: "the values of a best epoch, which early stopping keeps")
    ) {
      try without.makeModel(best: true)
    }
  }

  @Test("Weights from Python, without a word on Dither, are given to a model by name")
  func weightsAlone() throws {
    let path = folder.file("a.safetensors")
    let weight = Tensor((0..<6).map(Float.init), shape: [2, 3])
    try Safetensors(tensors: ["0.weight": weight, "0.bias": Tensor([7, 8])]).write(to: path)
    #expect(throws: CheckpointError.notACheckpoint(file: path)) {
      try Checkpoint(contentsOf: path)
    }
    var model = Sequential([Linear(inputs: 3, outputs: 2)])
    try Checkpoint(tensors: Safetensors(contentsOf: path).tensors).restore(to: &model)
    #expect(model(Tensor(rows: [[1, 0, 0]])) == Tensor(rows: [[7, 11]]))
  }
}
