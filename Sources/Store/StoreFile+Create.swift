import Files
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
    try attempt {
      let partial = try PartialFile(reservedFor: path)
      do throws(StoreError) {
        try StoreFile(partial.path).fill(content)
      } catch {
        throw error.renamed(to: name)
      }
      try PartialFile.publish([partial])
    }
  }

  private func fill(_ content: StoreContent) throws(StoreError) {
    let width = content.plan.countWidth
    try use(.writing) { database in
      try database.execute(sql: "PRAGMA page_size = \(StoreSchema.pageSize(width: width))")
      try database.inTransaction {
        try StoreSchema.create(in: database, width: width)
        try content.insert(into: database)
        return .commit
      }
      try database.execute(sql: "PRAGMA journal_mode = WAL")
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
