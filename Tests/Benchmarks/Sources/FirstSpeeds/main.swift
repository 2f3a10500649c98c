import DitherRuntime
import DitherTensors
import Foundation
import Layers
import NoiseDistributions
import Peak

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  FileHandle.standardError.write(Data((Options.usage + "\n").utf8))
  exit(2)
}

// MARK: What is measured

let side = 1024
let product = Double(2 * side * side * side)
let square = Linear(inputs: side, outputs: side, bias: false).initialized(seed: 1)
let squareInput = gaussian(rows: side, columns: side, seed: 2)
let squareGradient = gaussian(rows: side, columns: side, seed: 3)
let inputPullback = square.forward(squareInput, .withoutNoise(gradients: .input)).pullback
let weightPullback = square.forward(squareInput, .withoutNoise(gradients: .parameters)).pullback

let plain = Linear(inputs: side, outputs: side).initialized(seed: 1)
let noisy = plain.noise(.adding(Gaussian(standardDeviation: 0.1)), on: .input)
let batch = gaussian(rows: 256, columns: side, seed: 4)

let drawCount = 1 << 20
var draws = [Float](repeating: 0, count: drawCount)

func gaussian(rows: Int, columns: Int, seed: UInt64) -> Tensor {
  Tensor(
    NoiseStream(seed: seed).draws(
      from: Gaussian(standardDeviation: 1), site: "benchmark", rows: rows, columns: columns),
    shape: [rows, columns])
}

func fill(step: Int) {
  var span = draws.mutableSpan
  NoiseStream(seed: 5).at(step: step).fill(
    &span, from: Gaussian(standardDeviation: 1), site: "benchmark", rows: side, columns: side)
}

// MARK: The rounds

var torch: Torch?
if let python = options.python {
  let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../torch_normal.py").standardizedFileURL.path
  torch = Torch(python: python, script: script, count: drawCount, threads: options.threads)
  if torch == nil {
    FileHandle.standardError.write(Data("\(python) could not time torch\n".utf8))
    exit(1)
  }
}

var peak = Series()
var forward = Series()
var inputGradient = Series()
var weightGradient = Series()
var oneThread = Series()
var allThreads = Series()
var torchNormal = Series()
var torchRatio = Series()
var noisyRatio = Series()

/// Enough to take about 20 ms on one core of today.
let peakIterations: Int64 = 3_000_000

withThreads(options.threads) {
  // One round more than counted: the first warms caches, the pool and the threads.
  for round in 0...options.rounds {
    let atPeak = peak_fused_multiply_adds(Int32(options.threads), peakIterations)
    let rates = [
      seconds { _ = square(squareInput) },
      seconds { _ = inputPullback(squareGradient) },
      seconds { _ = weightPullback(squareGradient) },
    ].map { product / $0 / atPeak }

    let one = withThreads(1) { seconds { fill(step: round) } } / Double(drawCount) * 1e9
    let all = seconds { fill(step: round) } / Double(drawCount) * 1e9
    let theirs = torch?.measure()

    let stream = NoiseStream(seed: 6).at(step: round)
    let withNoise = seconds { _ = noisy.forward(batch, .sampling(stream)) }
    let without = seconds { _ = plain(batch) }

    square.weight.clearGradient()
    if round == 0 { continue }
    peak.add(atPeak)
    forward.add(rates[0])
    inputGradient.add(rates[1])
    weightGradient.add(rates[2])
    oneThread.add(one)
    allThreads.add(all)
    noisyRatio.add(withNoise / without)
    if let theirs {
      torchNormal.add(theirs)
      torchRatio.add(theirs / all)
    }
  }
}
torch?.stop()

// MARK: The table

func row(_ name: String, _ series: Series, _ format: (Double) -> String) {
  let value = format(series.median)
  print(
    name.padding(toLength: 52, withPad: " ", startingAt: 0)
      + String(repeating: " ", count: max(0, 14 - value.count)) + value
      + String(format: "   ± %2.0f %%", series.spread * 50))
}
func decimals(_ value: Double) -> String { String(format: "%.3f", value) }
func percent(_ value: Double) -> String { String(format: "%.1f %%", value * 100) }

print(
  """
  \(options.threads) threads, kernels \(Execution.current.instructionSet), peak by \(String(cString: peak_instruction_set())), \
  medians of \(options.rounds) rounds ± half the quartiles' distance
  """)
row("peak of fused multiply-adds, GFLOP/s", peak) { String(format: "%.0f", $0 / 1e9) }
row("linear forward 1024×1024×1024, of the peak", forward, percent)
row("linear input gradient, of the peak", inputGradient, percent)
row("linear weight gradient, of the peak", weightGradient, percent)
row("Gaussian draws on one thread, ns a draw", oneThread, decimals)
row("Gaussian draws on all threads, ns a draw", allThreads, decimals)
if let torch {
  row("PyTorch \(torch.version) normal_, ns a draw", torchNormal, decimals)
  row("PyTorch's time over ours (all threads)", torchRatio, decimals)
}
row("input noise at 256×1024×1024, of the plain layer's time", noisyRatio) { percent($0 - 1) }
