import Files
import GRDB
import Synchronization

/// A connection to the file of a store, closed once: when it is given up, or by a signal, which may come
/// while another thread is at work with it.
final class StoreConnection: Sendable {
  private final class Slot: Sendable {
    let queue = Mutex<DatabaseQueue?>(nil)

    /// Closes what is there; SQLite does not bear a second time.
    func close() { try? queue.withLock { $0.take() }?.close() }
  }

  private let file: StoreFile
  private let slot = Slot()
  private let token: Unfinished.Token

  /// Opens a file.
  ///
  /// - Throws: `StoreError.notADatabase`, `.damaged`, `.inaccessible`, `.diskFull`.
  init(_ file: StoreFile, _ access: StoreFile.Access) throws(StoreError) {
    self.file = file
    token = try Unfinished.begin { [slot] () throws(StoreError) in
      let queue = try file.open(access)
      slot.queue.withLock { $0 = queue }
      return { slot.close() }
    }
  }

  deinit { close() }

  /// Does something with the database.
  ///
  /// - Precondition: `body` calls nothing of `Unfinished`, and not this.
  /// - Throws: `StoreError.inaccessible` when it was closed.
  func use<Value: Sendable>(_ body: (DatabaseQueue) throws -> Value) throws(StoreError) -> Value {
    try slot.queue.withLock { queue throws(StoreError) in
      guard let queue else { throw .inaccessible(path: file.name, reason: "it was closed") }
      return try file.attempt { try body(queue) }
    }
  }

  /// Closes it; the last of a file clears away what SQLite keeps beside it.
  func close() { Unfinished.takeBack(token) }
}
