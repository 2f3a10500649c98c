import DitherData
import DitherTensors
import Layers

extension TrainingRun {
  func loop() throws -> TrainingOutcome {
    for parameter in parameters + others { parameter.clearGradient() }
    while state.epoch < epochs {
      if isOver { return .stoppedEarly }
      if let outcome = try trainEpoch() { return outcome }
    }
    return isOver ? .stoppedEarly : .completed
  }

  /// One epoch, or what is left of it. Returns why the run ends here, if it does.
  private func trainEpoch() throws -> TrainingOutcome? {
    let start = display.elapsed
    try keepStart()
    let order = BatchOrder(
      rows: data.count, size: trainer.batchSize, seed: trainer.shuffleSeed, epoch: state.epoch,
      dropsIncompleteBatch: trainer.dropsIncompleteBatch)
    let batches = data.preparation(of: order, from: state.batch)
    // Whatever ends the epoch, nothing of the source's runs after it.
    defer { batches.stop() }
    while state.batch < order.count {
      if trainer.save != nil && Interrupt.isRequested { return .interrupted }
      let report = try step(try next(of: batches), of: order.count)
      if trainer.showsProgress { display.update(progress) }
      if trainer.afterBatch?(report) == .stop { return .stoppedByCallback }
    }
    try requireFinite()
    let record = EpochRecord(
      epoch: state.epoch, step: state.step, learningRate: state.learningRate,
      loss: state.meanLoss ?? 0, validation: try validate(), seconds: display.elapsed - start)
    state.finishEpoch(record)
    if bestPlace == state.history.count - 1 {
      best = ModelTensors(trainer.network).values
      state.bestEpoch = record.epoch
    }
    try log?.append(record)
    if trainer.afterEpoch?(record) == .stop { return .stoppedByCallback }
    if state.epoch % trainer.epochsBetweenSaves == 0 && state.epoch < epochs && !isOver {
      try save()
    }
    return nil
  }

  private func next(of batches: Preparation<Batch>) throws -> Batch {
    do {
      // There are as many as the order has.
      return try batches.next()!
    } catch {
      throw BatchFault(error: error)
    }
  }

  var bestPlace: Int? {
    trainer.earlyStopping?.best(in: state.history, higherIsBetter: higherIsBetter)
  }

  private var isOver: Bool {
    trainer.earlyStopping?.isOver(state.history, higherIsBetter: higherIsBetter) ?? false
  }

  /// The figures of the validation data.
  private func validate() throws -> [String: Double] {
    guard let validation else { return [:] }
    var metrics: [any Metric] = [MeanLoss(trainer.loss)] + trainer.metrics
    var isAnswered = true
    forEachBatch(of: validation, size: trainer.batchSize, trainer.network) { outputs, labels in
      isAnswered = isAnswered && outputs.isFinite
      for index in metrics.indices { metrics[index].add(outputs, labels) }
    }
    if !metrics[0].value.isFinite {
      throw failure(at: .validationLoss, isSpoiled: !isAnswered)
    }
    var figures: [String: Double] = [:]
    for metric in metrics where metric.value.isFinite { figures[metric.name] = metric.value }
    return figures
  }

  private func progress(elapsed: Double) -> ProgressLine {
    let left = epochs * state.batches - state.epoch * state.batches - state.batch
    let name = trainer.metrics.first?.name ?? "loss"
    return ProgressLine(
      epoch: state.epoch, epochs: epochs, batch: state.batch, batches: state.batches,
      loss: state.meanLoss,
      figure: state.history.last?.validation[name].map { (name: name, value: $0) },
      learningRate: state.learningRate,
      secondsLeft: elapsed / Double(state.step - firstStep) * Double(left))
  }
}

/// What making a batch threw.
struct BatchFault: Error {
  var error: any Error
}
