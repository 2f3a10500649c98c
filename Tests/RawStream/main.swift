// Writes the raw words of the stream to standard output, in the byte order of the machine, until nobody reads any more:
//
//     RawStream [SEED [SITE [COLUMNS]]] | dieharder -g 200 -a
//
// Row after row of a matrix of 1,024 columns (or of COLUMNS), 2³² rows of step 0, then of step 1.
import NoiseDistributions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

let arguments = CommandLine.arguments.dropFirst()
let seed = arguments.first.map { UInt64($0) } ?? 1
let site = arguments.dropFirst().first ?? "raw"
let columns = arguments.dropFirst(2).first.map { Int($0) } ?? 1024
guard let seed, let columns, columns > 0, columns <= NoiseStream.maximumColumns,
  arguments.count <= 3
else {
  let usage = Array("usage: RawStream [SEED [SITE [COLUMNS]]]\n".utf8)
  _ = unsafe usage.withUnsafeBytes { unsafe write(2, $0.baseAddress!, $0.count) }
  exit(2)
}

// Whole blocks of words: the rows are a multiple of 4.
let rows = max(4, (1 << 20) / columns / 4 * 4)
var words = [UInt32](repeating: 0, count: rows * columns)
for step in 0... {
  for first in stride(from: 0, through: NoiseStream.maximumRows - rows, by: rows) {
    let address = NoiseStream(seed: seed).at(step: step).rows(from: first)
      .address(of: site, rows: rows, columns: columns)
    var span = words.mutableSpan
    address.fillWords(&span)
    unsafe words.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = unsafe write(1, bytes.baseAddress! + written, bytes.count - written)
        if count <= 0 { exit(0) }
        written += count
      }
    }
  }
}
