import DitherData
import Foundation

/// A folder that keeps the last two checkpoints of a run, so that there is always one to go on from.
///
/// A checkpoint is written beside the others, brought to the disk, and renamed to `latest.safetensors` when it is whole; the one
/// before becomes `previous.safetensors`. A program that is killed at any moment of this leaves a checkpoint that loads, and
/// a full disk leaves those that are there.
///
/// ```swift
/// let model = Sequential(seed: 7) { Linear(inputs: 8, outputs: 2) }
/// let folder = CheckpointFolder("/tmp/digits-run")
/// try folder.save(Checkpoint(of: model, step: 100, noiseSeed: 42))
/// let (checkpoint, passedOver) = try folder.load()
/// assert(checkpoint.step == 100 && passedOver == nil)
/// ```
///
/// One program writes to it at a time.
public struct CheckpointFolder: Hashable, Sendable {
  /// The folder's path.
  public let path: String

  /// A folder, which ``save(_:)`` makes if it is not there.
  public init(_ path: String) { self.path = path }

  /// The path of the newest checkpoint.
  public var latest: String { file("latest.safetensors") }
  /// The path of the one before.
  public var previous: String { file("previous.safetensors") }

  private func file(_ name: String) -> String {
    URL(fileURLWithPath: path).appendingPathComponent(name).path
  }

  /// Keeps a checkpoint as the newest, and the newest so far as the one before; if that is damaged, while the one before it
  /// loads, it goes instead.
  ///
  /// To know that, the newest so far is read, unless this program has saved or loaded it and it has not changed since. What a killed
  /// program left of a save is removed.
  ///
  /// - Throws: ``CheckpointError/file(_:)``; those that were there are left as they were.
  public func save(_ checkpoint: Checkpoint) throws(CheckpointError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .file(.notWritten(file: path, reason: error.localizedDescription))
    }
    PartialFile.removeAll(for: latest)
    PartialFile.removeAll(for: previous)
    try checkpoint.write(to: latest, keepingOldAs: isLatestKept ? previous : nil)
    WholeFiles.note(FileIdentity(latest), at: latest)
  }

  /// Whether the newest may take the place of the one before: it loads, or that does not.
  private var isLatestKept: Bool {
    guard let found = FileIdentity(latest) else { return true }
    return WholeFiles.contain(found, at: latest) || Self.loads(latest) || !Self.loads(previous)
  }

  private static func loads(_ path: String) -> Bool {
    (try? Checkpoint(contentsOf: path)) != nil
  }

  /// The newest checkpoint; the one before, if the newest is missing or damaged. (A run that goes on from it comes to the same
  /// bits: it takes some steps again.)
  ///
  /// - Returns: the checkpoint, whose ``Checkpoint/file`` says which it is, and why the newest was passed over, if there is one
  ///   and it was.
  /// - Throws: what reading the newest throws, if the one before cannot be read either, or if the newest is of another version
  ///   of the noise stream or of checkpoints: the older one would be too.
  public func load() throws(CheckpointError) -> (
    checkpoint: Checkpoint, passedOver: CheckpointError?
  ) {
    let problem: CheckpointError
    do throws(CheckpointError) {
      // Before it is read: what changes it meanwhile makes it another.
      let found = FileIdentity(latest)
      let checkpoint = try Checkpoint(contentsOf: latest)
      WholeFiles.note(found, at: latest)
      return (checkpoint, nil)
    } catch {
      problem = error
    }
    switch problem {
    case .streamVersion, .formatVersion: throw problem
    default: break
    }
    guard let checkpoint = try? Checkpoint(contentsOf: previous) else { throw problem }
    if case .file(.missing) = problem { return (checkpoint, nil) }
    return (checkpoint, problem)
  }
}
