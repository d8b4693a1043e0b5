import Files

extension SweepStore {
  /// Checks that a store that is being written is still the file at its path, and that no one else
  /// can be writing it; what it gets would be lost otherwise, without a word.
  ///
  /// - Throws: `StoreError.inaccessible` when it, or its lock, was removed or moved.
  public func requireInPlace() throws(StoreError) {
    guard let lock else { return }
    let isThere = place != nil && FileIdentity(path: file.path) == place
    let lost = !isThere ? "it" : lock.isStillHeld ? nil : "its lock"
    guard let lost else { return }
    throw .inaccessible(
      path: file.name,
      reason: "\(lost) was removed, moved or replaced while it was being written; run again")
  }

  /// Whether some process is writing the store.
  public var isBeingWritten: Bool { FileLock.isHeld(file.path + "-lock") }
}

extension StoreFile {
  /// The right to write the store, which one process has at a time.
  ///
  /// SQLite's own locks last for one transaction only. One who looks whether it is held has it for a moment,
  /// which is waited for.
  /// - Throws: `StoreError.locked`, `.inaccessible`, `.diskFull`.
  func lock() throws(StoreError) -> FileLock {
    try attempt { try FileLock(path + "-lock", on: name, patienceSeconds: 0.2) }
  }
}
