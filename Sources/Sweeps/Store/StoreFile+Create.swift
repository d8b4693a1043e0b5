import Foundation
import GRDB

extension StoreFile {
  /// Makes a store without blocks, all at once: a process that is killed leaves none.
  ///
  /// - Precondition: The caller has the lock of writers.
  /// - Throws: `StoreError.damaged` when a log without its store lies there, `.diskFull`,
  ///   `.inaccessible`.
  func create(_ content: StoreContent) throws(StoreError) {
    // SQLite would play the log of the lost store back into the new one.
    if hasLog {
      throw .damaged(path: name, reason: "it is empty or gone, but its log, \(name)-wal, is not")
    }
    let url = URL(fileURLWithPath: path)
    let draft = StoreFile(
      url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).partial")
    draft.remove()
    defer { draft.remove() }
    do {
      let width = content.plan.countWidth
      try draft.use(.writing) { database in
        try database.execute(sql: "PRAGMA page_size = \(StoreSchema.pageSize(width: width))")
        try database.inTransaction {
          try StoreSchema.create(in: database, width: width)
          try content.insert(into: database)
          return .commit
        }
        try database.execute(sql: "PRAGMA journal_mode = WAL")
      }
    } catch {
      throw error.renamed(to: name)
    }
    // Safe: the paths are strings. POSIX's rename replaces an empty file in one step.
    guard unsafe rename(draft.path, path) == 0 else {
      throw StoreError(errno: errno, path: name)
    }
  }

  private func remove() {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }
}

extension StoreError {
  /// The same for the file that a draft was to become.
  fileprivate func renamed(to path: String) -> StoreError {
    switch self {
    case .diskFull: .diskFull(path: path)
    case .inaccessible(_, let reason): .inaccessible(path: path, reason: reason)
    default: self
    }
  }
}
