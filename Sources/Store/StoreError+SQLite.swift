import Files
import Foundation
import GRDB

extension StoreError {
  /// What an error of SQLite amounts to for the file at `path`.
  init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    self =
      switch error.resultCode {
      case .SQLITE_FULL: .diskFull(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path, owner: nil)
      case .SQLITE_NOTADB: .notADatabase(path: path)
      // A statement of ours that makes no sense to SQLite meets tables that are not ours.
      case .SQLITE_CORRUPT, .SQLITE_ERROR: .damaged(path: path, reason: reason)
      default: .inaccessible(path: path, reason: reason)
      }
  }

  /// What a reason of the system amounts to for the file at `path`.
  init(_ reason: SystemReason, path: String) {
    self =
      reason.code == ENOSPC
      ? .diskFull(path: path) : .inaccessible(path: path, reason: "\(reason)")
  }

  /// What an error of files amounts to for the file at `path`.
  init(_ error: FilesError, path: String) {
    self =
      switch error {
      case .owned(_, let owner): .locked(path: path, owner: owner)
      case .unreadable(_, let reason), .unwritable(_, let reason): Self(reason, path: path)
      default: .inaccessible(path: path, reason: "\(error)")
      }
  }
}
