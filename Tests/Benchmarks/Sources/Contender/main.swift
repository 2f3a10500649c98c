// The library as a contender, on its public interface alone.
import BenchmarkProtocol
import DitherRuntime

let threads = benchmarkThreads(else: Execution.current.threads)

let shared = SharedLayer()

let greeting = Greeting(
  name: "Dither", version: "0.1.0",
  settings: "\(threads) threads, \(Execution.current.instructionSet)"
    + (BenchmarkFolder.imagesName.map { ", images: \($0)" } ?? ""))
try withThreads(threads) {
  try serve(greeting) { asked in
    switch asked {
    case .product(let direction, let product): productWorkload(direction, product)
    case .noisyForward(let noise, let product): noisyForwardWorkload(noise, product, shared)
    case .fill(let distribution, let count): try fillWorkload(distribution, count: count)
    case .step(let step): stepWorkload(step)
    case .scaledStep(let scale, let step): stepWorkload(step, scale)
    case .inference(let layers, let batch):
      inferenceWorkload(layers: layers, batch: batch, threads: threads)
    case .allocations(let step): try allocationsWorkload(step)
    case .memory(let step): try memoryWorkload(step)
    case .epoch(let step): try epochWorkload(step)
    case .files(let work): try filesWorkload(work)
    case .update(let update, let count): try updateWorkload(update, count: count)
    case .smoothing(let layers, let draws): smoothingWorkload(layers: layers, draws: draws)
    case .study: throw Unsupported("the program is started by the conductor")
    case .peak, .bandwidth: throw Unsupported("measured by the machine's own contender")
    }
  }
}
