import Foundation

/// Writes a file that takes the place of the one at `path` when it is complete and on the disk.
///
/// It is written beside, under a name that no other writer has (``PartialFile``), with the permissions of the file that it replaces.
/// A program or a machine that stops at any moment leaves the old file or the new one, whole; the part that a killed program has
/// written stays beside. A failure leaves the old file where it was, and what has the name `previous`, and nothing beside; one at
/// the very end, where the folder cannot be brought to the disk, leaves the new file, whole.
///
/// - Parameters:
///   - previous: the name that the old file gets, in the place of what had it; nil to let it go.
///   - write: writes the contents.
package func replaceFile(
  at path: String, keepingOldAs previous: String? = nil,
  _ write: (FileWriter) throws(SystemCallFailure) -> Void
) throws(SystemCallFailure) {
  let partial = PartialFile.path(for: path)
  let file = try FileWriter(partial)
  file.takePermissions(of: path)
  do throws(SystemCallFailure) {
    try write(file)
    try file.finish()
    try exchange(partial, path, previous)
  } catch {
    _ = unsafe unlink(partial)
    throw error
  }
  try synchronizeFolder(of: path)
}

private func exchange(
  _ partial: String, _ path: String, _ previous: String?
) throws(SystemCallFailure) {
  guard let previous, unsafe access(path, F_OK) == 0 else { return try rename(partial, path) }
  let aside = PartialFile.path(for: previous)
  do throws(SystemCallFailure) {
    try link(path, aside)
  } catch {
    if !error.isOfFileSystem { throw error }
    return try exchangeByRenaming(partial, path, previous)
  }
  do throws(SystemCallFailure) {
    try rename(partial, path)
    try rename(aside, previous)
  } catch {
    _ = unsafe unlink(aside)
    throw error
  }
}

/// The same on a file system where a file has one name: a failure may cost what had the name `previous`.
private func exchangeByRenaming(
  _ partial: String, _ path: String, _ previous: String
) throws(SystemCallFailure) {
  try rename(path, previous)
  do throws(SystemCallFailure) {
    try rename(partial, path)
  } catch {
    _ = unsafe Foundation.rename(previous, path)
    throw error
  }
}

private func link(_ old: String, _ new: String) throws(SystemCallFailure) {
  _ = try SystemCall.link.make { Int(unsafe Foundation.link(old, new)) }
}

private func rename(_ old: String, _ new: String) throws(SystemCallFailure) {
  _ = try SystemCall.rename.make { Int(unsafe Foundation.rename(old, new)) }
}

/// Writes the names in a folder to the disk itself, so that a renamed file is still so after a loss of power. Not every file
/// system can, and not every folder may be opened; the file is whole anyhow.
private func synchronizeFolder(of path: String) throws(SystemCallFailure) {
  let folder = PartialFile.folder(of: path)
  do throws(SystemCallFailure) {
    let descriptor = Int32(
      try SystemCall.open.make { Int(unsafe Foundation.open(folder, O_RDONLY | O_CLOEXEC)) })
    defer { _ = Foundation.close(descriptor) }
    _ = try SystemCall.synchronize.make { Int(fsync(descriptor)) }
  } catch {
    if !error.isOfFileSystem { throw error }
  }
}

extension SystemCallFailure {
  /// Whether this is something that the file system does not do, or not for this user.
  fileprivate var isOfFileSystem: Bool {
    [EINVAL, ENOTSUP, EOPNOTSUPP, ENOSYS, EPERM, EACCES, EMLINK].contains(number)
  }
}
