import BenchmarkReport

/// A report with rows in every group, made up.
enum Sample {
  static let peers = ["PyTorch", "OpenBLAS"]

  static let report = Report(
    machine: .init(
      processor: "a processor", system: "a system", clock: 2.445, caches: ["L1 32K", "L2 512K"],
      threads: 2, instructionSet: "AVX2", peak: 200,
      memoryStores: 18, cacheStores: 61.5),
    date: "2026-11-26", commit: "af81162", rounds: 11,
    contenders: [
      .init(name: "Dither", version: "0.1.0", settings: "2 threads", command: "Contender"),
      .init(name: "PyTorch", version: "2.15.0", settings: "bound", command: "python torch_peer.py"),
      .init(name: "OpenBLAS", version: "0.3.34", settings: "bound | close", command: "python c.py"),
    ],
    leftOut: [.init(name: "BLIS", reason: "no library")],
    rows: products + shapes + others)

  static let products = [512, 1024].flatMap { side in
    ["forward", "input gradient", "weight gradient"].map { direction in
      row(
        "\(direction) \(side)·\(side)·\(side)", .products, 180, "GFLOP/s",
        parameters: ["batch": side, "inputs": side, "outputs": side], ofPeak: 0.9,
        target: "≥ 0.93 of the peak", met: false)
    }
  }

  static let shapes =
    [(1, 1024, 1024), (100, 300, 77), (3, 1, 2)].flatMap { shape in
      ["forward", "input gradient", "weight gradient"].map { direction in
        row(
          "\(direction) \(shape.0)·\(shape.1)·\(shape.2)", .shapes, 60, "GFLOP/s",
          parameters: ["batch": shape.0, "inputs": shape.1, "outputs": shape.2],
          target: "≥ the best peer", met: true)
      }
    } + [
      Row(
        case: "geometric mean of the shapes", group: .shapes, ours: 60, unit: "GFLOP/s",
        ratio: ["PyTorch": 1.5, "OpenBLAS": 1.25, "best of each": 1.125],
        target: "≥ 1.2× the best peer", met: false)
    ]

  static let others: [Row] = [
    row(
      "Gaussian on the input 256·1024·1024", .noise, 1.03, "× plain", target: "≤ 1.04", met: true),
    row("fill, Gaussian", .draws, 0.25, "ns a draw", target: "≥ 12× PyTorch", met: true),
    row("step, Adam, batch 32", .training, 1.5, "ms"),
    row("noise in a step, Adam, batch 32", .training, 1.05, "× plain"),
    row("update, RMSprop", .updates, 8, "ms"),
    row("RMSprop over Adam", .updates, 0.75, "× plain", target: "≤ 1", met: true),
    row("an epoch", .files, 5.5, "s", target: "≥ 1.5× PyTorch", met: true),
    row("smoothing draws", .robustness, 1.5, "s", target: "≤ 2", met: true),
    Row(case: "a study", group: .robustness, ours: 75, unit: "s", target: "≤ 90", met: true),
    Row(
      case: "large allocations, step", group: .allocations, ours: 0, unit: "a step", target: "0",
      met: true),
    Row(case: "peak memory, Adam, batch 128", group: .memory, ours: 81.2, unit: "MB"),
    Row(case: "2 threads, forward 512·512·512", group: .threads, ours: 1.95, unit: "× one thread"),
    row("frozen 64-128-10, one row", .latency, 2.5, "µs"),
    row("layer, batch 1", .batch, 20, "GFLOP/s", parameters: ["batch": 1]),
    row("layer, batch 2048", .batch, 190, "GFLOP/s", parameters: ["batch": 2048]),
    row("Gaussian on the input, width 64", .width, 1.5, "× plain", parameters: ["inputs": 64]),
  ]

  /// A row in which each peer takes twice, four times … the library's time or reaches as small a part of its speed.
  static func row(
    _ name: String, _ group: Group, _ ours: Double, _ unit: String,
    parameters: [String: Int]? = nil, ofPeak: Double? = nil, target: String? = nil,
    met: Bool? = nil
  ) -> Row {
    let isSpeed = unit == "GFLOP/s"
    return Row(
      case: name, group: group, ours: ours,
      peers: ["PyTorch": isSpeed ? ours / 4 : ours * 4, "OpenBLAS": isSpeed ? ours / 2 : ours * 2],
      unit: unit, ratio: unit.hasPrefix("×") ? nil : ["PyTorch": 4, "OpenBLAS": 2], ofPeak: ofPeak,
      target: target, met: met,
      parameters: parameters)
  }
}
