import Foundation
import GRDB

extension StoreError {
  /// What an error of SQLite amounts to for the file at `path`.
  init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .diskFull(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path)
      case .SQLITE_NOTADB: .notADatabase(path: path)
      // A statement of ours that makes no sense to SQLite meets tables that are not ours.
      case .SQLITE_CORRUPT, .SQLITE_ERROR: .damaged(path: path, reason: reason)
      default: .inaccessible(path: path, reason: reason)
      }
  }

  /// What an error number of the system amounts to for the file at `path`.
  init(errno code: Int32, path: String) {
    // Safe: strerror's text ends in a zero byte and is copied at once.
    let reason = unsafe String(cString: strerror(code))
    self = code == ENOSPC ? .diskFull(path: path) : .inaccessible(path: path, reason: reason)
  }
}
