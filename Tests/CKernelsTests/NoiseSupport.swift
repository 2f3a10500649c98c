import CKernels
import DitherRuntime
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A distribution with its parameters, by name.
struct DrawCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var distribution: ck_distribution
  var a: Float = 0
  var b: Float = 0
  var c: Float = 0
  var probability = 0.0

  var draw: ck_draw {
    var draw = unsafe ck_draw()
    unsafe draw.distribution = distribution
    unsafe draw.a = a
    unsafe draw.b = b
    unsafe draw.c = c
    unsafe draw.inversion = Inversion.halves.kernel
    unsafe draw.chance = ck_chance_make(probability)
    return unsafe draw
  }

  /// Those that plain Swift computes exactly, with the kernels' own logarithm of one number.
  static let exact = [
    DrawCase(testDescription: "unit", distribution: CK_UNIT),
    DrawCase(testDescription: "uniform", distribution: CK_UNIFORM, a: -0.3, b: 1.7),
    DrawCase(testDescription: "bernoulli, 16 bits", distribution: CK_BERNOULLI, probability: 0.3),
    DrawCase(
      testDescription: "bernoulli, 32 bits", distribution: CK_BERNOULLI, probability: 0.995),
    DrawCase(testDescription: "never", distribution: CK_BERNOULLI, probability: 0),
    DrawCase(testDescription: "always", distribution: CK_BERNOULLI, probability: 1),
    saltAndPepper,
    DrawCase(
      testDescription: "salt and pepper, 32 bits", distribution: CK_SALT_AND_PEPPER, a: -1, b: 2,
      probability: 0.01),
    DrawCase(
      testDescription: "salt or pepper", distribution: CK_SALT_AND_PEPPER, a: -1, b: 2,
      probability: 1),
    DrawCase(
      testDescription: "impulse", distribution: CK_SALT_AND_PEPPER, a: 2, b: 2, probability: 0.4),
    DrawCase(testDescription: "laplace", distribution: CK_LAPLACE, b: 1.5),
    DrawCase(testDescription: "logistic", distribution: CK_LOGISTIC, b: 1.5),
    DrawCase(testDescription: "exponential", distribution: CK_EXPONENTIAL_DRAW, b: 1.5),
    DrawCase(testDescription: "triangular", distribution: CK_TRIANGULAR, a: -0.3, b: 1.7, c: 1.1),
    DrawCase(
      testDescription: "triangular, falling", distribution: CK_TRIANGULAR, a: -0.3, b: 1.7, c: -0.3),
    DrawCase(testDescription: "poisson", distribution: CK_POISSON),
  ]
  static let saltAndPepper = DrawCase(
    testDescription: "salt and pepper, 16 bits", distribution: CK_SALT_AND_PEPPER, a: -1, b: 2,
    probability: 0.4)
  static let gaussian = DrawCase(
    testDescription: "gaussian", distribution: CK_GAUSSIAN, a: 0.5, b: 2)
  static let logNormal = DrawCase(
    testDescription: "log-normal", distribution: CK_LOG_NORMAL, a: -0.1, b: 0.5)
  static let all = exact + [gaussian, logNormal]
}

/// The table of a distribution of whole numbers, for as long as the process runs.
@safe final class Inversion: @unchecked Sendable {
  let thresholds: [UInt32]
  private let kernelThresholds: UnsafePointer<UInt32>
  private let guide: UnsafePointer<UInt32>

  /// 0, 1 … 22 with probabilities of 2⁻¹, 2⁻² … 2⁻²³, and 23 with that of 22.
  static let halves = Inversion(
    (1...23).map { (j: Int) -> UInt32 in (1 << 23) - (1 << UInt32(23 - j)) } + [1 << 23])

  private init(_ thresholds: [UInt32]) {
    self.thresholds = thresholds
    let copy = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: thresholds.count)
    _ = unsafe copy.initialize(from: thresholds)
    unsafe kernelThresholds = UnsafePointer(copy.baseAddress!)
    let entries = UnsafeMutablePointer<UInt32>.allocate(capacity: Int(CK_INVERSION_GUIDES))
    unsafe ck_inversion_guide(kernelThresholds, entries)
    unsafe guide = UnsafePointer(entries)
  }

  var kernel: ck_inversion {
    unsafe ck_inversion(thresholds: kernelThresholds, guide: guide, first: 0)
  }
}

/// A tile of draws somewhere in a matrix, in memory of its own stride.
struct NoiseTile: CustomStringConvertible {
  var address: ck_address
  var rows: Int
  var columns: Int
  var stride: Int

  var description: String {
    "\(rows)×\(columns) at (\(address.row), \(address.column)) of width \(address.width), plane \(address.plane), stride \(stride)"
  }

  /// Any place in a matrix of this width.
  init(width: Int, maximumRows: Int, _ generator: inout LinearGenerator) {
    address = ck_address(
      key: generator.next(), step: generator.next(),
      row: UInt32.random(in: 0...1000, using: &generator),
      column: UInt32.random(in: 0..<UInt32(width), using: &generator), width: UInt32(width),
      plane: UInt32.random(in: 0...255, using: &generator))
    rows = Int.random(in: 1...maximumRows, using: &generator)
    columns = Int.random(in: 1...width - Int(address.column), using: &generator)
    stride = columns + Int.random(in: 0...3, using: &generator)
  }

  init(_ address: ck_address, rows: Int, columns: Int) {
    self.address = address
    (self.rows, self.columns, self.stride) = (rows, columns, columns)
  }

  static let margin = 80

  /// The tile, row by row, as `body` wrote it, which must have left all other memory alone.
  private func written<Element: BitwiseCopyable & Equatable>(
    canary: Element, _ body: (UnsafeMutablePointer<Element>) -> Void
  ) -> [Element] {
    // Without gaps it is one long row.
    let (rows, columns) = stride == columns ? (1, rows * columns) : (rows, columns)
    let span = (rows - 1) * stride + columns
    var memory = [Element](repeating: canary, count: span + 2 * Self.margin)
    unsafe memory.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress! + Self.margin) }
    var tile: [Element] = []
    tile.reserveCapacity(rows * columns)
    var next = 0
    var untouched = true
    for row in 0..<rows {
      let start = Self.margin + row * stride
      untouched = untouched && memory[next..<start].allSatisfy { $0 == canary }
      tile += memory[start..<start + columns]
      next = start + columns
    }
    #expect(untouched && memory[next...].allSatisfy { $0 == canary }, "\(self): wrote outside")
    return tile
  }

  func words(_ run: LinearRun) -> [UInt32] {
    var (execution, address) = unsafe (run.execution, address)
    return unsafe written(canary: 0xA5A5_A5A5) { out in
      unsafe check(ck_fill_words(&execution, &address, rows, columns, out, stride))
    }
  }

  func draws(_ draw: ck_draw, _ run: LinearRun) -> [Float] {
    var (execution, address, draw) = unsafe (run.execution, address, draw)
    return unsafe written(canary: -12345) { out in
      unsafe check(ck_fill(&execution, &draw, &address, rows, columns, out, stride))
    }
  }

  /// One value an element, by its row and column in the whole matrix.
  func map<Value>(_ value: (UInt32, UInt32) -> Value) -> [Value] {
    (0..<rows * columns).map {
      value(address.row + UInt32($0 / columns), address.column + UInt32($0 % columns))
    }
  }
}

/// Whether two results hold the same bits.
func sameBits(_ a: [Float], _ b: [Float]) -> Bool {
  unsafe a.count == b.count
    && a.withUnsafeBytes { a in
      unsafe b.withUnsafeBytes { b in
        unsafe a.isEmpty || memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0
      }
    }
}

/// FNV-1a, 64 bits, of the little-endian words of a result.
func fingerprint(_ values: [Float]) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  unsafe values.withUnsafeBytes { bytes in
    var i = 0
    while i < bytes.count {
      unsafe hash = (hash ^ UInt64(bytes[i])) &* 0x100_0000_01B3
      i &+= 1
    }
  }
  return hash
}

/// Widths at and around every edge of the layouts.
let noiseWidths = [1, 2, 3, 7, 10, 16, 31, 32, 33, 48, 64, 65, 100, 127, 128, 129, 200, 257, 784]
