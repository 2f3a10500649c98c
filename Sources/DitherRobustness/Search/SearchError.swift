/// What ends a search that cannot be made, or cannot go on. All but ``noNoiseFailed(replicate:)`` and ``stateNotWritten(file:reason:)``
/// come before anything is trained. Its description is one line that says what was found and what was expected.
public enum SearchError: Error, Hashable, Sendable {
  /// The budget does not pay for one epoch of each candidate and the trainings that every search ends with.
  case budgetTooSmall(budget: Int, needed: Int)
  /// The data have fewer rows than the folds that they are to be split into.
  case fewerRowsThanFolds(data: String, rows: Int, folds: Int)
  /// The data have fewer rows than are needed.
  case tooFewRows(data: String, rows: Int, expected: Int)
  /// All rows of the data have one class: there is nothing to learn.
  case oneClass(data: String, label: Int)
  /// The two parts of the data do not have the same features or classes.
  case otherData(what: String, training: Int, validation: Int)
  /// The network takes another number of features than the data have.
  case otherInputs(network: Int, features: Int)
  /// The network cannot answer with each class of the data.
  case tooFewOutputs(network: Int, classes: Int)
  /// The network without noise met a number that is not finite: there is nothing to compare with.
  case noNoiseFailed(replicate: Int)
  /// The file holds the state of another search.
  case otherSearch(file: String, what: String, found: String, expected: String)
  /// The file holds no state of a search.
  case malformedState(file: String, reason: String)
  /// The state cannot be read, for the reason the system gives.
  case stateUnreadable(file: String, reason: String)
  /// The state cannot be written, for the reason the system gives.
  case stateNotWritten(file: String, reason: String)
}

extension SearchError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .budgetTooSmall(let budget, let needed):
      "the search has a budget of \(budget) epochs; expected at least \(needed), or fewer candidates, finalists, replicates or epochs"
    case .fewerRowsThanFolds(let data, let rows, let folds):
      "\(data): \(rows) rows for \(folds) folds; expected at least as many rows as folds, and 2 folds"
    case .tooFewRows(let data, let rows, let expected):
      "\(data): \(rows) rows; expected at least \(expected)"
    case .oneClass(let data, let label):
      "\(data): all rows have the class \(label); expected at least two classes"
    case .otherData(let what, let training, let validation):
      "the validation data have \(validation) \(what); expected \(training), as the training data"
    case .otherInputs(let network, let features):
      "the network takes \(network) features; expected \(features), as the data have"
    case .tooFewOutputs(let network, let classes):
      "the network has \(network) outputs; expected at least \(classes), one for each class of the data"
    case .noNoiseFailed(let replicate):
      "training without noise met a number that is infinite or NaN (replicate \(replicate)); expected it to succeed, perhaps at a smaller learning rate"
    case .otherSearch(let file, let what, let found, let expected):
      "\(file): the state of another search: its \(what) is \(found); expected \(expected)"
    case .malformedState(let file, let reason): "\(file): no state of a search (\(reason))"
    case .stateUnreadable(let file, let reason): "\(file): cannot be read (\(reason))"
    case .stateNotWritten(let file, let reason): "\(file): cannot be written (\(reason))"
    }
  }
}
