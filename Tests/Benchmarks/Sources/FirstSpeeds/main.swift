import DitherRuntime
import Foundation
import Peak

func stop(_ message: String, code: Int32) -> Never {
  FileHandle.standardError.write(Data((message + "\n").utf8))
  exit(code)
}

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  stop(Options.usage, code: 2)
}
var workload = Workload()
var torch: Torch?
if let python = options.python {
  torch = Torch(python: python, count: workload.drawCount, threads: options.threads)
  if torch == nil { stop("\(python) could not time torch", code: 1) }
}

var peak = Series()
var forward = Series()
var inputGradient = Series()
var weightGradient = Series()
var oneThread = Series()
var allThreads = Series()
var torchNormal = Series()
var torchRatio = Series()
var noiseCost = Series()

withThreads(options.threads) {
  // One round more than counted: the first warms caches, the pool and the threads. All quantities take their turn in
  // each round, so that whatever else the machine does falls on all of them.
  for round in 0...options.rounds {
    let atPeak = workload.peak(threads: options.threads)
    let products = workload.products()
    let one = withThreads(1) { workload.drawing(step: round) }
    let all = workload.drawing(step: round)
    let theirs = torch?.measure()
    let noiseOverPlain = workload.noiseOverPlain(step: round)
    if round == 0 { continue }
    peak.add(atPeak)
    forward.add(products.forward / atPeak)
    inputGradient.add(products.inputGradient / atPeak)
    weightGradient.add(products.weightGradient / atPeak)
    oneThread.add(one)
    allThreads.add(all)
    noiseCost.add(noiseOverPlain - 1)
    if let theirs {
      torchNormal.add(theirs)
      torchRatio.add(theirs / all)
    }
  }
}
torch?.stop()

func row(_ name: String, _ series: Series, scale: Double = 1, unit: String, decimals: Int = 1) {
  func figure(_ value: Double) -> String { String(format: "%.\(decimals)f", value * scale) }
  func padded(_ text: String, _ width: Int) -> String {
    text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
  }
  let (low, high) = series.quartiles
  let median = padded("\(figure(series.median)) \(unit)", 18)
  print(padded(name, 46) + median + "\(figure(low)) … \(figure(high))")
}

let instructionSet = String(cString: peak_instruction_set())
print(
  "threads \(options.threads), kernels \(Execution.current.instructionSet), peak measured with \(instructionSet); "
    + "median and quartiles of \(options.rounds) rounds")
row("peak of fused multiply-adds", peak, scale: 1e-9, unit: "GFLOP/s")
row("linear forward, 1024×1024×1024", forward, scale: 100, unit: "% of peak")
row("linear input gradient", inputGradient, scale: 100, unit: "% of peak")
row("linear weight gradient", weightGradient, scale: 100, unit: "% of peak")
row("Gaussian draws, one thread", oneThread, unit: "ns", decimals: 3)
row("Gaussian draws, all threads", allThreads, unit: "ns", decimals: 3)
if let torch {
  row("PyTorch \(torch.version) normal_", torchNormal, unit: "ns", decimals: 3)
  row("PyTorch's time over ours, all threads", torchRatio, unit: "times")
}
row("cost of Gaussian input noise, 256×1024×1024", noiseCost, scale: 100, unit: "%")
