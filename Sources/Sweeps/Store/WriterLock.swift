import Foundation
import Synchronization

/// The right to write a store, which one process has at a time; readers do not need it.
///
/// It is a lock of the system on a file of its own beside the store, so it ends with the process
/// however that ends. SQLite's own locks last for one transaction only.
final class WriterLock: Sendable {
  private let path: String
  private let descriptor: Mutex<Int32?>

  /// Takes the lock without waiting.
  ///
  /// - Throws: `StoreError.locked`, `.inaccessible` or `.diskFull`.
  init(_ file: StoreFile) throws(StoreError) {
    let path = file.path + "-lock"
    while true {
      // Safe here and below: the path is a string and the structures are our own.
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else { throw StoreError(errno: errno, path: file.name) }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        Glibc.close(descriptor)
        throw code == EWOULDBLOCK
          ? .locked(path: file.name) : StoreError(errno: code, path: file.name)
      }
      // The owner before may have removed the file between our two calls.
      var (locked, present) = (stat(), stat())
      let isPresent = unsafe fstat(descriptor, &locked) == 0 && stat(path, &present) == 0
      if isPresent && locked.st_ino == present.st_ino {
        self.path = path
        self.descriptor = Mutex(descriptor)
        return
      }
      Glibc.close(descriptor)
    }
  }

  deinit { release() }

  /// Gives the right up.
  func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      // Safe: the path is a string. Removed first, so that no one locks a file about to go.
      unsafe unlink(path)
      Glibc.close(open)
      descriptor = nil
    }
  }
}
