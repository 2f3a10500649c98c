import Foundation

/// How a contender is started.
public struct ContenderSpecification: Codable, Equatable, Sendable {
  public var name: String
  /// The program and its arguments. A program that is a bare name is looked for in PATH.
  public var command: [String]
  /// Added to the environment of every contender.
  public var environment: [String: String]?

  public init(name: String, command: [String], environment: [String: String]? = nil) {
    self.name = name
    self.command = command
    self.environment = environment
  }

  /// As one would type it.
  public var commandLine: String {
    let assignments = (environment ?? [:]).sorted { $0.key < $1.key }.map {
      "\($0.key)=\($0.value)"
    }
    return (assignments + command).joined(separator: " ")
  }
}

extension ContenderSpecification {
  /// The list in a JSON file: `[{"name": "OpenBLAS", "command": ["python", "blas.py", "openblas"]}, …]`.
  ///
  /// - Parameters:
  ///   - file: its path.
  ///   - python: what takes the place of the command `python`: an interpreter, or the directory of a virtual
  ///     environment; nil leaves it to PATH.
  public static func list(file: URL, python: String?) throws(BenchmarkError)
    -> [ContenderSpecification]
  {
    var specifications: [ContenderSpecification]
    do {
      specifications = try JSONDecoder().decode(
        [ContenderSpecification].self, from: Data(contentsOf: file))
    } catch {
      throw .file(path: file.path, reason: "\(error)")
    }
    guard let python else { return specifications }
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: python, isDirectory: &isDirectory)
    let url = URL(fileURLWithPath: python)
    let interpreter = exists && isDirectory.boolValue ? url.appending(path: "bin/python") : url
    for index in specifications.indices where specifications[index].command.first == "python" {
      // Not resolved: what a virtual environment's link points to is outside of it.
      specifications[index].command[0] = interpreter.path
    }
    return specifications
  }
}
