import DitherRuntime
import NoiseDistributions

/// How long is trained, from which seeds, and with what around it.
struct RunSettings: Encodable {
  var epochs: Int?
  var batch: Int?
  var dropIncomplete: Bool?
  var seed: UInt64?
  var splitSeed: UInt64?
  var noiseSeed: UInt64?
  var patience: Int?
  var stopOn: String?
  var saveEvery: Int?
  var threads: Int?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case epochs, batch, dropIncomplete, seed, splitSeed, noiseSeed, patience, stopOn, saveEvery
    case threads
  }

  enum Figure: String, CaseIterable {
    case loss, accuracy
  }

  mutating func override(by other: RunSettings) {
    // Seeds that are that of the run, given or not, follow it.
    if other.seed != nil {
      if splitSeed == seed { splitSeed = nil }
      if noiseSeed == seed { noiseSeed = nil }
    }
    epochs.override(by: other.epochs)
    batch.override(by: other.batch)
    dropIncomplete.override(by: other.dropIncomplete)
    seed.override(by: other.seed)
    splitSeed.override(by: other.splitSeed)
    noiseSeed.override(by: other.noiseSeed)
    patience.override(by: other.patience)
    stopOn.override(by: other.stopOn)
    saveEvery.override(by: other.saveEvery)
    threads.override(by: other.threads)
  }

  mutating func resolve() throws(UsageError) {
    epochs = epochs ?? 20
    batch = batch ?? 128
    dropIncomplete = dropIncomplete ?? false
    seed = seed ?? 0
    splitSeed = splitSeed ?? seed
    noiseSeed = noiseSeed ?? seed
    saveEvery = saveEvery ?? 1
    try require(epochs, in: 0...1_000_000, CodingKeys.epochs)
    try require(batch, in: 1...(1 << 24), CodingKeys.batch)
    try require(patience, in: 1...1_000_000, CodingKeys.patience)
    try require(saveEvery, in: 1...1_000_000, CodingKeys.saveEvery)
    try require(threads, in: 1...Execution.maximumThreads, CodingKeys.threads)
    if patience != nil {
      stopOn = stopOn ?? Figure.loss.rawValue
      _ = try figure
    } else if stopOn != nil {
      throw UsageError("--stop-on without --patience; expected the epochs to wait for")
    }
  }

  var figure: Figure {
    get throws(UsageError) { try choice(stopOn ?? "loss", CodingKeys.stopOn) }
  }
}

/// Runs `body` on so many threads, or on as many as there are.
func onThreads<Result>(_ threads: Int?, _ body: () throws -> Result) throws -> Result {
  guard let threads else { return try body() }
  try require(threads, in: 1...Execution.maximumThreads, RunSettings.CodingKeys.threads)
  return try withThreads(threads, body)
}
