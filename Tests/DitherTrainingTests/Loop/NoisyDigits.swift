import DitherData
import DitherTensors
import Foundation
import NoiseDistributions
import Synchronization

/// The digits as batches that are made when they are wanted, and a note of each that was begun.
struct NoisyDigits: BatchSource {
  let data = DigitRun.data.training
  /// Of the noise on the inputs, another in each batch; 0 for the digits as they are.
  var standardDeviation: Float = 0.2
  var batchesAhead = 1
  /// The batch that cannot be made.
  var failing = -1
  /// Whether making takes a time of its own for each batch.
  var isSlow = false
  let work = Work()

  struct Unreadable: Error, Equatable { var number: Int }

  var name: String { "noisy digits" }
  var count: Int { data.count }

  func batch(of rows: [Int], epoch: Int, number: Int) throws -> Batch {
    work.begin(number)
    defer { work.end() }
    if isSlow { usleep(UInt32(number * 7 % 5) * 1000) }
    if number == failing { throw Unreadable(number: number) }
    let batch = data.batch(of: rows, epoch: epoch, number: number)
    if standardDeviation == 0 { return batch }
    let draws = NoiseStream(seed: 5).at(step: number).draws(
      from: Gaussian(standardDeviation: standardDeviation), site: "augmentation",
      rows: rows.count, columns: 64)
    return Batch(
      inputs: batch.inputs + Tensor(draws, shape: [rows.count, 64]), labels: batch.labels)
  }
}

/// What a source has begun, and how much of it is in work.
final class Work: Sendable {
  private let state = Mutex<(begun: [Int], inWork: Int)>(([], 0))

  var begun: [Int] { state.withLock { $0.begun } }
  var inWork: Int { state.withLock { $0.inWork } }

  func begin(_ number: Int) {
    state.withLock {
      $0.begun.append(number)
      $0.inWork += 1
    }
  }

  func end() { state.withLock { $0.inWork -= 1 } }
}
