import DitherRuntime

/// Samples that are made into batches when these are wanted: what a trainer trains on.
///
/// ``LabelledData`` lie in memory. A source of one's own reads its samples, or changes them anew in each epoch: it makes a batch of
/// the numbers of its samples, in the background, while the one before it is trained on.
///
/// ```swift
/// /// Samples with other noise in each epoch.
/// struct NoisyData: BatchSource {
///   let clean: LabelledData
///   let noise: NoiseStream
///
///   var name: String { "noisy \(clean.name)" }
///   var count: Int { clean.count }
///
///   func batch(of rows: [Int], epoch: Int, number: Int) throws -> Batch {
///     let batch = clean.batch(of: rows, epoch: epoch, number: number)
///     let (rows, columns) = (batch.inputs.shape[0], batch.inputs.shape[1])
///     let draws = noise.at(step: number).draws(
///       from: Gaussian(standardDeviation: 0.1), site: "augmentation", rows: rows, columns: columns)
///     return Batch(
///       inputs: batch.inputs + Tensor(draws, shape: [rows, columns]), labels: batch.labels)
///   }
/// }
/// ```
///
/// A batch must be a function of what it is asked for, whatever was asked for before: so a run has the same bits whenever its batches
/// become ready, and from whichever it goes on.
public protocol BatchSource: Sendable {
  /// What to call the data.
  var name: String { get }
  /// The number of samples, each of which is in an epoch once.
  var count: Int { get }
  /// How many batches may be ready or in work beside the one in use: 1 by default. With 0 each is made when its turn comes, on the
  /// caller's threads; it pays where rows are only copied.
  var batchesAhead: Int { get }

  /// Makes a batch. Of those made ahead this runs on another thread than the caller's, one after the other, with one thread for
  /// each operation.
  ///
  /// - Parameters:
  ///   - rows: the numbers of its samples, each in 0 ..< ``count``, in their order.
  ///   - epoch: from 0.
  ///   - number: of the batch among all of the run, from 0: epoch · (batches of an epoch) + (place in the epoch). As the step of a
  ///     stream it gives noise that is another in each batch and each epoch.
  /// - Returns: a row for each of `rows`; fewer or more stop the program.
  /// - Throws: what ends the run, as it is, when the batch's turn has come.
  func batch(of rows: [Int], epoch: Int, number: Int) throws -> Batch
}

extension BatchSource {
  public var batchesAhead: Int { 1 }

  /// The batches of an epoch from a place on, made ready as ``batchesAhead`` says.
  package func preparation(of order: BatchOrder, from place: Int) -> Preparation<Batch> {
    require(
      batchesAhead >= 0,
      "BatchSource \"\(name)\": batchesAhead is \(batchesAhead); expected 0 or more")
    return Preparation(place..<order.count, ahead: batchesAhead) { place in
      let rows = order[place]
      let batch = try self.batch(
        of: rows, epoch: order.epoch, number: order.epoch * order.count + place)
      require(
        batch.labels.count == rows.count,
        "BatchSource \"\(self.name)\": batch \(place) of epoch \(order.epoch) has \(batch.labels.count) rows; expected the \(rows.count) asked for"
      )
      return batch
    }
  }
}

extension LabelledData: BatchSource {
  /// 0: rows in memory are copied faster than a thread takes over.
  public var batchesAhead: Int { 0 }

  /// The rows at some indices. Stops at one that is not there.
  public func batch(of rows: [Int], epoch: Int, number: Int) -> Batch {
    Batch(inputs: inputs.rows(at: rows), labels: rows.map { labels[$0] })
  }
}
