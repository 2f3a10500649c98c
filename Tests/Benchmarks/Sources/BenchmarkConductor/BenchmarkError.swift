/// Why a contender, or the whole run, cannot go on.
public enum BenchmarkError: Error, Equatable, CustomStringConvertible {
  case cannotStart(contender: String, reason: String)
  case ended(contender: String, during: String)
  case noAnswer(contender: String, during: String, seconds: Int)
  case unreadable(contender: String, line: String, reason: String)
  case file(path: String, reason: String)
  case nothingToDo(filter: String)

  public var description: String {
    switch self {
    case .cannotStart(let contender, let reason):
      "\(contender) did not start: \(reason)"
    case .ended(let contender, let activity):
      "\(contender) ended during \(activity)"
    case .noAnswer(let contender, let activity, let seconds):
      "\(contender) gave no answer for \(seconds) s during \(activity)"
    case .unreadable(let contender, let line, let reason):
      "\(contender) answered what cannot be read, \(reason): \(line)"
    case .file(let path, let reason):
      "\(path): \(reason)"
    case .nothingToDo(let filter):
      "no row's name contains \"\(filter)\"; --list lists them"
    }
  }
}
