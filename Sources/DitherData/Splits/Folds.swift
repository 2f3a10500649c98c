import DitherRuntime

/// The data split in parts of nearly equal size, each of which is the test part once, while the others together are the training
/// part (k-fold cross-validation). A fold's rows are copied when it is asked for.
public struct Folds: RandomAccessCollection, Sendable {
  private let data: LabelledData
  private let folds: Int
  /// For each row, the fold that tests it.
  private let fold: [Int]

  init(_ data: LabelledData, folds: Int, fold: [Int]) {
    (self.data, self.folds, self.fold) = (data, folds, fold)
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { folds }

  /// Both parts in the order of the data.
  public subscript(position: Int) -> (training: LabelledData, test: LabelledData) {
    require(
      position >= 0 && position < folds,
      "Folds: fold \(position); expected one of \(folds), 0..<\(folds)")
    return data.parted(fold.map { $0 == position })
  }
}

extension LabelledData {
  /// Folds with the same share of each class, to within one row, and the same size, to within one: a function of the data, their
  /// number and the seed.
  ///
  /// ```swift
  /// for (training, test) in data.stratifiedFolds(5, seed: 1) {
  ///   print(training.count, test.count)
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - count: the number of folds, 2 to the number of rows.
  ///   - seed: another seed gives other folds.
  public func stratifiedFolds(_ count: Int, seed: UInt64) -> Folds {
    require(count >= 2, "stratifiedFolds: \(count) folds; expected at least 2")
    require(
      count <= self.count,
      "stratifiedFolds: \(count) folds of \(self.count) rows; expected at most as many as rows")
    var fold = [Int](repeating: 0, count: self.count)
    // Dealt like cards, one class after the other without a new start.
    for (place, row) in shuffledRows(site: "folds", seed: seed).joined().enumerated() {
      fold[row] = place % count
    }
    return Folds(self, folds: count, fold: fold)
  }

  /// Folds that no group is divided among, with the same number of groups to within one: a function of the data, the groups, the
  /// folds' number and the seed.
  ///
  /// - Parameters:
  ///   - count: the number of folds, 2 to the number of groups.
  ///   - groups: the group of each row.
  ///   - seed: another seed gives other folds.
  public func groupedFolds(_ count: Int, by groups: [some Hashable], seed: UInt64) -> Folds {
    require(count >= 2, "groupedFolds: \(count) folds; expected at least 2")
    let (numbers, groupCount) = numbered(groups, "groupedFolds")
    require(
      count <= groupCount,
      "groupedFolds: \(count) folds of \(groupCount) groups; expected at most as many as groups")
    var fold = [Int](repeating: 0, count: groupCount)
    let order = Permutation(seed: seed, site: "group folds").shuffled(Array(0..<groupCount))
    for (place, group) in order.enumerated() { fold[group] = place % count }
    return Folds(self, folds: count, fold: numbers.map { fold[$0] })
  }
}
