import DitherData
import DitherTensors
import Layers
import NoiseDistributions
import Optimizers

extension TrainingRun {
  /// One step on a batch. Where a number is not finite, the network and the optimizer stay as they were before.
  func step(_ batch: Batch, of batches: Int) throws -> BatchReport {
    let learningRate = trainer.optimizer.learningRate
    // A forward pass in training may change buffers.
    let buffers = currentBuffers
    let (loss, norm): (Double, Double)
    do {
      (loss, norm) = try update(by: batch)
    } catch let fault as NonFiniteFault {
      restore(buffers: buffers, to: &trainer.network)
      throw failure(at: fault.place, isSpoiled: hasNoAnswer(to: batch.inputs))
    }
    for parameter in others { parameter.clearGradient() }
    let report = BatchReport(
      epoch: state.epoch, batch: state.batch, batches: batches, step: state.step, loss: loss,
      learningRate: learningRate, gradientNorm: norm)
    state.finishBatch(loss: loss, rows: batch.labels.count, learningRate: learningRate)
    return report
  }

  private var currentBuffers: [String: Tensor] {
    hasBuffers ? buffers(of: trainer.network) : [:]
  }

  /// The optimizer's step. Returns the loss, and the norm of the gradient before clipping, both of the pass at the weights
  /// that there are.
  private func update(by batch: Batch) throws -> (loss: Double, norm: Double) {
    let (loss, norm) = try addGradients(of: batch)
    noteProven()
    guard let radius = trainer.sharpnessRadius else {
      trainer.optimizer.step()
      return (loss, norm)
    }
    // The second pass is at weights that are not kept, and neither is what it makes of buffers.
    let buffers = currentBuffers
    try trainer.optimizer.sharpnessAwareStep(radius: radius) {
      _ = try addGradients(of: batch)
    }
    restore(buffers: buffers, to: &trainer.network)
    return (loss, norm)
  }

  /// The gradients of a batch, in parts if they are wanted, clipped.
  ///
  /// - Returns: the loss, and the norm before clipping.
  private func addGradients(of batch: Batch) throws -> (loss: Double, norm: Double) {
    let rows = batch.labels.count
    var loss = 0.0
    for range in parts(of: rows, size: trainer.rowsAtOnce ?? rows) {
      loss += Double(try addGradients(of: batch, range))
    }
    trainer.beforeStep?(parameters)
    // Measured in any case: what is not finite must not reach the parameters and what the optimizer keeps of them.
    let norm = clipGradients(
      of: parameters, maximumNorm: trainer.maximumGradientNorm ?? .infinity)
    if !norm.isFinite {
      let name = firstNonFiniteGradient(of: trainer.network) ?? "a parameter of no name"
      throw NonFiniteFault(place: .gradient(name))
    }
    return (loss, norm)
  }

  /// The pass of some rows of a batch through the network and back. Returns their part of the loss.
  private func addGradients(of batch: Batch, _ range: Range<Int>) throws -> Float {
    let rows = batch.labels.count
    let isWhole = range.count == rows
    let inputs = isWhole ? batch.inputs : batch.inputs.rows(range)
    let labels = isWhole ? batch.labels : Array(batch.labels[range])
    let noise = trainer.noise.at(step: state.step).rows(from: range.lowerBound)
    let (outputs, pullback) = trainer.network.forward(inputs, .training(noise))
    let (loss, gradient) = trainer.loss(outputs, labels, rows)
    if !loss.isFinite {
      let pass = Pass.training(noise, gradients: .none)
      throw NonFiniteFault(place: firstNonFinite(in: trainer.network, inputs, pass))
    }
    pullback(gradient)
    return loss
  }
}

/// A number that is not finite, before what the step has done is taken back.
private struct NonFiniteFault: Error {
  var place: TrainingError.Place
}
