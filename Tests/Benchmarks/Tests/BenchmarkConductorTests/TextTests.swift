import BenchmarkConductor
import BenchmarkReport
import Testing

@Suite("What a terminal shows")
struct TextTests {
  @Test("The progress line fits the terminal, however narrow", arguments: [0, 1, 10, 40, 79])
  func progressLine(width: Int) {
    let line = ProgressLine.line(
      "forward 1024·1024·1024", share: 0.5, elapsed: 61, width: width)
    #expect(line.count <= width)
  }

  @Test("The progress line says the share, the time left and what is going on")
  func progressText() {
    #expect(
      ProgressLine.line("fill", share: 0.25, elapsed: 21, width: 79) == "25 % 1:03 left  fill")
    #expect(ProgressLine.line("starting JAX", share: nil, elapsed: 1, width: 79) == "starting JAX")
  }

  @Test("The report shows each row with its figures, its target and whether it is met")
  func report() {
    let report = Report(
      machine: .init(processor: "a processor", system: "a system", threads: 2, peak: 195.5),
      rounds: 11,
      contenders: [
        .init(name: "Dither", version: "1", settings: "2 threads", command: "Contender"),
        .init(name: "JAX", version: "2", settings: "jit", command: "python jax_jit.py"),
      ],
      leftOut: [.init(name: "BLIS", reason: "no library")],
      rows: [
        Row(
          case: "forward 8·8·8", group: .products, ours: 180.25, peers: ["JAX": 171.2],
          unit: "GFLOP/s", ratio: ["JAX": 1.0625], ofPeak: 0.921, target: "≥ 0.93 of the peak",
          met: false),
        Row(case: "fill", group: .draws, ours: 0.25, unit: "ns a draw"),
      ])
    let lines = report.text.split(separator: "\n").map(String.init)
    let row = lines.first { $0.hasPrefix("forward 8·8·8") } ?? ""
    for part in ["180", "GFLOP/s", "171", "1.062×", "0.921", "≥ 0.93 of the peak", "missed"] {
      #expect(row.contains(part), "\(part) in \(row)")
    }
    #expect(lines.contains { $0.hasPrefix("fill") && $0.contains("0.250  ns a draw") })
    #expect(lines.contains("left out: BLIS: no library"))
    #expect(lines.last?.hasPrefix("1 targets: 0 met, 1 missed") == true)
  }
}
