import CKernels
import DitherRuntime
import Foundation
import Testing

@Suite("Reductions in a fixed order")
struct ReductionsTests {
  /// The stated order: sixteen chains by place mod 16, then a tree 8, 4, 2, 1.
  static func chainsAndTree<Value: BinaryFloatingPoint>(_ values: ArraySlice<Value>) -> Value {
    var chains = [Value](repeating: 0, count: 16)
    var place = 0
    for value in values {
      chains[place & 15] += value
      place += 1
    }
    for width in [8, 4, 2, 1] {
      for index in 0..<width { chains[index] += chains[index + width] }
    }
    return chains[0]
  }

  static let shapes = [
    (0, 5), (1, 1), (2, 3), (3, 4), (4, 5), (5, 7), (6, 8), (7, 9), (9, 15), (3, 16), (13, 17),
    (5, 31), (4, 33),
    (70, 10), (2, 63), (3, 64), (1, 65), (11, 100), (2, 257),
  ]
  /// Enough for seven threads, by rows and by columns.
  static let largeShapes = [(2_621, 101), (67, 4_001)]

  @Test("A row's sum is sixteen chains and a tree", arguments: LinearRun.all)
  func rowSums(_ run: LinearRun) {
    var generator = LinearGenerator(state: 91)
    var execution = unsafe run.execution
    for (rows, columns) in run.threads == 1 ? Self.shapes : Self.largeShapes {
      let values = generator.values(rows * columns)
      var x = FencedFloats(values)
      var sums = FencedFloats(count: rows)
      unsafe x.withPointer { x in
        unsafe sums.withPointer { sums in unsafe ck_row_sums(&execution, rows, columns, x, sums) }
      }
      let expected = (0..<rows).map {
        Self.chainsAndTree(values[$0 * columns..<($0 + 1) * columns])
      }
      #expect(
        sums.isIntact && firstBitDifference(sums.values, expected) == nil, "\(rows)×\(columns)")
    }
  }

  @Test("A column's sum is one chain from the stored value", arguments: LinearRun.all)
  func columnSums(_ run: LinearRun) {
    var generator = LinearGenerator(state: 92)
    var execution = unsafe run.execution
    for (rows, columns) in run.threads == 1 ? Self.shapes : Self.largeShapes {
      let values = generator.values(rows * columns)
      let stored = generator.values(columns)
      var x = FencedFloats(values)
      var sums = FencedFloats(stored)
      unsafe x.withPointer { x in
        unsafe sums.withPointer { sums in unsafe ck_column_sums(&execution, rows, columns, x, sums)
        }
      }
      var expected = stored
      for (place, value) in values.enumerated() { expected[place % columns] += value }
      #expect(
        sums.isIntact && firstBitDifference(sums.values, expected) == nil, "\(rows)×\(columns)")
    }
  }

  @Test(
    "Sums of everything are parts by length alone, each sixteen chains and a tree in double",
    arguments: LinearRun.all)
  func wholeSums(_ run: LinearRun) {
    var generator = LinearGenerator(state: 93)
    var execution = unsafe run.execution
    let lengths =
      run.threads == 1 ? [0, 1, 15, 16, 17, 100, 4_095, 4_096, 4_097, 10_000] : [300_001]
    for count in lengths {
      let values = generator.values(count)
      let part = max(4_096, ((count + 63) / 64 + 15) / 16 * 16)
      var sum = 0.0
      var squares = 0.0
      for begin in stride(from: 0, to: count, by: part) {
        let doubles = values[begin..<min(begin + part, count)].map { Double($0) }
        sum += Self.chainsAndTree(doubles[...])
        squares += Self.chainsAndTree(doubles.map { $0 * $0 }[...])
      }
      var x = FencedFloats(values)
      let received = unsafe x.withPointer { unsafe ck_sum(&execution, count, $0) }
      #expect(received.bitPattern == sum.bitPattern, "\(count)")
      let receivedSquares = unsafe x.withPointer { unsafe ck_sum_of_squares(&execution, count, $0) }
      #expect(receivedSquares.bitPattern == squares.bitPattern, "\(count)")
    }
  }

  @Test("A row's greatest is the first of the greatest, a NaN before all", arguments: LinearRun.all)
  func rowMaxima(_ run: LinearRun) {
    var generator = LinearGenerator(state: 94)
    var execution = unsafe run.execution
    for (rows, columns) in run.threads == 1 ? Self.shapes : Self.largeShapes {
      // Few different values, so that the greatest comes more than once; some rows with special ones.
      let values = (0..<rows * columns).map { place -> Float in
        let word = generator.next()
        return place / columns % 3 == 0
          ? specialFloats[Int(word % UInt64(specialFloats.count))] : Float(word % 7) - 3
      }
      var x = FencedFloats(values)
      var maxima = FencedFloats(count: rows)
      var indices = [Int32](repeating: -1, count: rows + 1)
      unsafe x.withPointer { x in
        unsafe maxima.withPointer { maxima in
          unsafe ck_row_maxima(&execution, rows, columns, x, maxima, &indices)
        }
      }
      #expect(maxima.isIntact && indices[rows] == -1)
      for row in 0..<rows {
        let slice = values[row * columns..<(row + 1) * columns]
        var first = slice.startIndex
        for place in slice.indices where !slice[first].isNaN {
          if slice[place].isNaN || slice[place] > slice[first] { first = place }
        }
        #expect(Int(indices[row]) == first - slice.startIndex, "row \(row) of \(rows)×\(columns)")
        #expect(maxima.values[row].bitPattern == quieted(slice[first]).bitPattern, "row \(row)")
      }
    }
  }

  @Test(
    "The greatest of a row of more elements than an Int32 counts",
    .enabled(if: ProcessInfo.processInfo.environment["DITHER_LONG_TESTS"] == "1"),
    arguments: InstructionSet.available)
  func longRow(_ set: InstructionSet) {
    // Reserved only: what is not written is the system's page of zeros.
    let columns = 1 << 31 + 100
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard
      let address = unsafe mmap(nil, columns * 4, PROT_READ | PROT_WRITE, Int32(flags), -1, 0),
      unsafe address != MAP_FAILED
    else {
      Issue.record("the system reserves no \(columns * 4) bytes")
      return
    }
    defer { unsafe munmap(address, columns * 4) }
    let x = unsafe address.assumingMemoryBound(to: Float.self)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for place in [columns - 1, 1 << 31, 1 << 30] {
      unsafe x[place] += 1 + Float(columns - place)
      var maximum: Float = 0
      unsafe ck_row_maxima(&execution, 1, columns, x, &maximum, nil)
      #expect(unsafe maximum == x[place])
    }
  }

  @Test("Either result of the row maxima may be left out")
  func halfOfRowMaxima() {
    var execution = unsafe LinearRun.plain.execution
    let x: [Float] = [1, 3, 2, 9, 8, 9]
    var maxima: [Float] = [0, 0]
    var indices: [Int32] = [0, 0]
    unsafe ck_row_maxima(&execution, 2, 3, x, &maxima, nil)
    unsafe ck_row_maxima(&execution, 2, 3, x, nil, &indices)
    #expect(maxima == [3, 9] && indices == [1, 0])
  }

  @Test(
    "Infinities and NaN go through sums; the NaN is the quiet one",
    arguments: InstructionSet.available)
  func specialSums(_ set: InstructionSet) {
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    let x: [Float] = [
      1, .infinity, 2, .infinity, -.infinity, 3, Float(bitPattern: 0xFFC0_1234), 0, 0, -0.0, -0.0,
      -0.0,
    ]
    var rows: [Float] = [0, 0, 0, 0]
    unsafe ck_row_sums(&execution, 4, 3, x, &rows)
    #expect(rows.map { $0.bitPattern } == [Float.infinity.bitPattern, quietNaN, quietNaN, 0])
    var columns: [Float] = [0, 0, 0]
    unsafe ck_column_sums(&execution, 4, 3, x, &columns)
    #expect(
      columns[0].bitPattern == quietNaN && columns[1].bitPattern == quietNaN && columns[2] == 5)
    #expect(unsafe ck_sum(&execution, 3, x) == .infinity)
    #expect(unsafe ck_sum(&execution, 6, x).isNaN)
  }
}
