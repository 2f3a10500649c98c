import DitherRuntime

/// What the command line asks for.
struct Options {
  var threads = Execution.current.threads
  var rounds = 31
  var python: String?

  static let usage =
    "usage: FirstSpeeds [--threads N] [--rounds N] [--python PYTHON-THAT-IMPORTS-TORCH]"

  /// Nil if an option is unknown or its value is not a positive number.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch (option, Int(value)) {
      case ("--python", _): python = value
      case ("--threads", let number?) where number > 0: threads = number
      case ("--rounds", let number?) where number > 0: rounds = number
      default: return nil
      }
    }
  }
}
