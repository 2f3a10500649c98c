import BenchmarkProtocol
import BenchmarkReport
import Foundation

extension Plan {
  /// Large products: the peak is in reach.
  static var products: [Block] {
    let shapes = [512, 1024, 2048].map { Case.Product(batch: $0, inputs: $0, outputs: $0) }
    return (shapes + [Case.Product(batch: 256, inputs: 1024, outputs: 1024)]).flatMap { product in
      rows(product, .products, againstPeak: true, [.ofPeak(0.93)])
    }
  }

  /// Small, flat and odd products: no worse than the best peer anywhere, and better on the whole.
  static var shapes: [Block] {
    let named = [
      (1, 1024, 1024), (8, 1024, 1024), (32, 784, 1024), (64, 4096, 4096), (128, 784, 256),
      (100, 300, 77),
    ].map { Case.Product(batch: $0.0, inputs: $0.1, outputs: $0.2) }
    let blocks = (named + drawnShapes(20)).flatMap { rows($0, .shapes, [.bestPeer(1)]) }
    let mean = PlannedRow("geometric mean of the shapes", .shapes, .mean, [.bestPeer(1.2)])
    return blocks + [Block(mean)]
  }

  /// Shapes whose sides are log-uniform on 1…4096: side i, in the order M, K, N of one shape after the other, is 4096 to
  /// the power of u(i), rounded, where u(i) is the upper 53 bits of the i-th number of SplitMix64 from seed 3, over 2⁵³.
  package static func drawnShapes(_ count: Int) -> [Case.Product] {
    var state: UInt64 = 3
    func side() -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      word ^= word >> 31
      return Int(exp2(12 * Double(word >> 11) * 0x1p-53).rounded())
    }
    return (0..<count).map { _ in Case.Product(batch: side(), inputs: side(), outputs: side()) }
  }

  /// The three directions of a shape, a block each.
  private static func rows(
    _ product: Case.Product, _ group: Group, againstPeak: Bool = false, _ targets: [Target]
  ) -> [Block] {
    Case.Direction.allCases.map { direction in
      Block(
        PlannedRow(
          "\(name(direction)) \(dimension(product))", group,
          .speed(
            .product(direction, product), .gigaflops(operations: product.operations),
            againstPeak: againstPeak), targets, parameters: parameters(product)))
    }
  }
}
