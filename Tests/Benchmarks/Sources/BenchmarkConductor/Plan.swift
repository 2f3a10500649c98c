import BenchmarkProtocol
import BenchmarkReport

/// Everything that is measured: the library's targets, and how speed and noise go with batch, width and threads.
public enum Plan {
  /// - Parameter threads: of every contender; with one there is nothing to hold against one.
  public static func blocks(threads: Int) -> [Block] {
    [
      products, shapes, noise, draws, training, updates, files, robustness(threads: threads),
      allocations, memory,
    ].flatMap { $0 }
      + (threads > 1 ? speedups(threads: threads) : [])
      + [latency, batches, widths].flatMap { $0 }
  }

  /// The network of the training rows.
  static let layers = [784, 1024, 1024, 10]

  static func dimension(_ product: Case.Product) -> String {
    "\(product.batch)·\(product.inputs)·\(product.outputs)"
  }

  static func parameters(_ product: Case.Product) -> [String: Int] {
    ["batch": product.batch, "inputs": product.inputs, "outputs": product.outputs]
  }

  static func name(_ direction: Case.Direction) -> String {
    switch direction {
    case .forward: "forward"
    case .inputGradient: "input gradient"
    case .weightGradient: "weight gradient"
    }
  }
}
