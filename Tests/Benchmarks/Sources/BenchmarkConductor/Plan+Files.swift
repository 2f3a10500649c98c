import BenchmarkProtocol
import BenchmarkReport

extension Plan {
  /// What optimizers take for an update: none longer than Adam, which reads and writes the most, but for those that draw.
  static var updates: [Block] {
    let others = Case.Update.allCases.filter { $0 != .adam }
    return [Block(update(.adam))]
      + others.map { optimizer in
        Block(
          update(optimizer),
          PlannedRow(
            "\(name(optimizer)) over Adam", .updates,
            .cost(
              .update(optimizer, count: updateCount), over: .update(.adam, count: updateCount)),
            draws(optimizer) ? [] : [.atMost(1)], parameters: ["count": updateCount]))
      }
  }

  /// More than caches hold: 64 MiB.
  private static let updateCount = 1 << 24

  private static func update(_ optimizer: Case.Update) -> PlannedRow {
    PlannedRow(
      "update, \(name(optimizer))", .updates,
      .speed(.update(optimizer, count: updateCount), .milliseconds),
      parameters: ["count": updateCount])
  }

  private static func name(_ optimizer: Case.Update) -> String {
    switch optimizer {
    case .sgd: "SGD"
    case .adam: "Adam"
    case .rmsprop: "RMSprop"
    case .adagrad: "Adagrad"
    case .lion: "Lion"
    case .sgld: "SGLD"
    case .preconditionedSGLD: "preconditioned SGLD"
    }
  }

  /// Whether it draws a number for each weight, which takes longer than reading and writing it.
  private static func draws(_ optimizer: Case.Update) -> Bool {
    optimizer == .sgld || optimizer == .preconditionedSGLD
  }

  /// Training from files, and files.
  static var files: [Block] {
    let epoch = Case.Step(layers: layers, batch: 128, optimizer: .adam, noise: true)
    return [
      Block(
        PlannedRow(
          "an epoch of 60,000 images, noise, Adam, batch 128", .files,
          .speed(.epoch(epoch), .seconds), [.peer("PyTorch", 1.5)], parameters: ["batch": 128])),
      file(.images, "60,000 images and their labels from IDX files", 1),
      file(.logMel, "log-mel features of 2,500 recordings", 3),
      file(.saveModel, "a checkpoint of 10 million parameters, saved", 0.3),
      file(.saveRun, "a checkpoint of 10 million parameters with Adam's state, saved", 0.3),
      file(.loadModel, "a checkpoint of 10 million parameters, loaded"),
      file(.loadRun, "a checkpoint of 10 million parameters with Adam's state, loaded"),
    ]
  }

  private static func file(_ work: Case.Files, _ name: String, _ limit: Double? = nil) -> Block {
    Block(
      PlannedRow(
        name, .files, .speed(.files(work), .seconds), limit.map { [.atMost($0)] } ?? []))
  }
}
