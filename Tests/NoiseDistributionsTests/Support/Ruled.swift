import CKernels
import DitherRuntime
import NoiseDistributions
import TestSupport
import Testing

/// A matrix, and what rules make of it and of its gradient.
struct Ruled {
  static let noise = NoiseStream(seed: 11).at(step: 5)
  static let site = "0.input"

  var rules: [NoiseRule]
  var rows = 40
  var columns = 50
  var noise = Ruled.noise

  func prepared() -> PreparedNoise {
    PreparedNoise(rules, stream: noise, site: Ruled.site, rows: rows, columns: columns)
  }

  func forward(_ x: [Float]) -> [Float] {
    unsafe apply(x) { unsafe ck_apply_rules($0, $1, rows, columns, $2, $3) }
  }

  func gradient(_ dy: [Float]) -> [Float] {
    unsafe apply(dy) { unsafe ck_apply_rules_gradient($0, $1, rows, columns, $2, $3) }
  }

  private func apply(
    _ x: [Float],
    _ kernel: (
      UnsafePointer<ck_execution>, ck_rules, UnsafePointer<Float>, UnsafeMutablePointer<Float>
    ) -> ck_status
  ) -> [Float] {
    var y = [Float](repeating: .nan, count: x.count)
    var execution = unsafe Execution.current.kernelExecution
    let noise = unsafe prepared().measuring(x, rows: rows)
    unsafe noise.withRules { rules in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe y.withUnsafeMutableBufferPointer { y in
          check(unsafe kernel(&execution, rules, x.baseAddress!, y.baseAddress!))
        }
      }
    }
    return y
  }

  /// The draws of a rule of the site, by the public API.
  func draws(_ distribution: any NoiseDistribution, slot: Int = 0) -> [Float] {
    noise.draws(from: distribution, site: Ruled.site, slot: slot, rows: rows, columns: columns)
  }

  /// Inputs of every size and sign.
  var inputs: [Float] { (0..<rows * columns).map { Float(($0 * 37) % 101 - 50) / 8 } }
}

extension Ruled {
  /// The hash of output and gradient is `golden`, and their bits are the same on every instruction set, at every thread count
  /// and in a part of the batch.
  func expectReproducible(_ golden: String) {
    let x = inputs
    let y = expectSameBits(of: { forward(x) }, "forward, ", threads: [1, 2, 3, 7])
    let dx = expectSameBits(of: { gradient(x) }, "gradient, ", threads: [1, 2, 3, 7])
    #expect(hash(y + dx) == golden)
    let first = rows / 3 + 1
    var part = self
    part.noise = Ruled.noise.rows(from: first)
    part.rows = rows - first
    let rest = Array(x[(first * columns)...])
    #expect(sameBits(part.forward(rest), Array(y[(first * columns)...])))
    #expect(sameBits(part.gradient(rest), Array(dx[(first * columns)...])))
  }
}
