import Foundation

/// The right to write to a folder, which one process has at a time; readers do not need it.
///
/// It is a lock of the system on a file, so it ends with the process however that ends. Another
/// process's is waited for a little: an entry is a matter of milliseconds, or of a few seconds with
/// a large file.
final class FolderLock: Sendable {
  private static let attempts = 100
  private static let pauseMicroseconds: UInt32 = 50_000

  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Throws: `ProvenanceError.locked`, `.unwritable`.
  init(_ folder: String) throws(ProvenanceError) {
    let path = folder + "/lock"
    // Safe: the path is a string. The file stays, so that all lock the same one.
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      // Safe: strerror's text ends in a zero byte and is copied at once.
      throw .unwritable(path: folder, reason: unsafe String(cString: strerror(errno)))
    }
    for attempt in 1...Self.attempts {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        self.descriptor = descriptor
        return
      }
      if attempt < Self.attempts { usleep(Self.pauseMicroseconds) }
    }
    close(descriptor)
    throw .locked(folder: folder)
  }

  deinit { close(descriptor) }
}
