import Sweeps
import Synchronization

/// The store that is to be closed, once, at the end or when the program is stopped.
final class OpenStore: Sendable {
  private let store = Mutex<SweepStore?>(nil)

  /// Remembers the store.
  func keep(_ opened: SweepStore) { store.withLock { $0 = opened } }

  /// Closes it; blocks that cannot be moved out of its log are safe there.
  func close() throws(StoreError) {
    try store.withLock { store throws(StoreError) in
      defer { store = nil }
      try store?.close()
    }
  }
}
