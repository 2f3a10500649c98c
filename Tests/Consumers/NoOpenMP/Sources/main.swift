import NoiseDistributions

let draws = NoiseStream(seed: 42).draws(
  from: Gaussian(standardDeviation: 1), site: "0.input", rows: 300, columns: 1000)
// FNV-1a over the draws' bits.
let hash = draws.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, draw in
  (hash ^ UInt64(draw.bitPattern)) &* 0x100_0000_01b3
}
print("\(draws.count) draws, hash \(String(hash, radix: 16))")
