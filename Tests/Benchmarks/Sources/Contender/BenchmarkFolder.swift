import BenchmarkProtocol
import Foundation

/// The files that `Tests/Benchmarks/data.sh` has prepared, and where checkpoints go.
enum BenchmarkFolder {
  private static let environment = ProcessInfo.processInfo.environment

  private static var path: String? { environment["DITHER_BENCH_FOLDER"] }

  /// Which images are there; nil without any.
  static var imagesName: String? {
    guard let path else { return nil }
    return ["Fashion-MNIST", "synthetic"].first {
      FileManager.default.fileExists(atPath: "\(path)/\($0)")
    }
  }

  /// The files of the images and of their labels.
  static func images() throws -> (inputs: String, labels: String) {
    guard let path, let name = imagesName else {
      throw Unsupported("no images: DITHER_BENCH_FOLDER names no folder that has some")
    }
    let folder = "\(path)/\(name)"
    return ("\(folder)/train-images-idx3-ubyte", "\(folder)/train-labels-idx1-ubyte")
  }

  /// The first so many recordings of the Free Spoken Digit Dataset.
  static func recordings(_ count: Int) throws -> [String] {
    let folder = (environment["DITHER_DATA"] ?? ".") + "/fsdd/recordings"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let recordings = names.filter { $0.hasSuffix(".wav") }.sorted().prefix(count)
    guard recordings.count == count else {
      throw Unsupported("fewer than \(count) recordings in fsdd/recordings of DITHER_DATA")
    }
    return recordings.map { "\(folder)/\($0)" }
  }

  /// A folder of this process's own.
  static func temporary() throws -> TemporaryFolder {
    guard let path else { throw Unsupported("no folder for checkpoints: DITHER_BENCH_FOLDER") }
    return TemporaryFolder(path: "\(path)/\(UUID().uuidString)")
  }
}

/// A folder that goes with the object.
final class TemporaryFolder {
  let path: String

  init(path: String) { self.path = path }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
