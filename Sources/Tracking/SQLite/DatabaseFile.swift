import Files
import Foundation
import GRDB

/// The file of an MLflow database, and the folder it lies in.
struct DatabaseFile: Sendable {
  /// The path as it was given, for messages.
  let name: String

  /// The absolute path.
  let path: String

  /// A file that may or may not exist.
  init(_ name: String) {
    self.name = name
    path = URL(fileURLWithPath: name).standardizedFileURL.path
  }

  var folder: String { path.parentPath }

  /// Refuses what SQLite cannot open, or should not.
  func requireUsable() throws(TrackingError) {
    guard DurableFile.isFolder(folder) else {
      throw .inaccessible(path: name, reason: "there is no folder \(folder); make it first")
    }
    try requireNoFileStore()
    guard DurableFile.exists(path) else {
      // Safe: the path is a string.
      guard unsafe access(folder, W_OK) == 0 else {
        throw .inaccessible(path: name, reason: "\(SystemReason())")
      }
      return
    }
    if DurableFile.isFolder(path) {
      throw .inaccessible(path: name, reason: "it is a folder; name a file in it")
    }
    // Safe: the path is a string. SQLite would open what it may not write for reading.
    guard unsafe access(path, R_OK | W_OK) == 0 else {
      throw .inaccessible(path: name, reason: "\(SystemReason())")
    }
    guard let file = FileHandle(forReadingAtPath: path),
      let head = try? file.read(upToCount: Self.head.count) ?? Data()
    else { throw .inaccessible(path: name, reason: "it cannot be read") }
    guard head.isEmpty || head == Self.head else {
      throw refusal("it is no SQLite database; name another file")
    }
  }

  // How every SQLite database begins.
  private static let head = Data("SQLite format 3\0".utf8)

  /// Refuses a folder with a file store, which MLflow would open instead.
  private func requireNoFileStore() throws(TrackingError) {
    let store = folder + "/mlruns"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: store)) ?? []
    let isHiding = names.contains { name in
      name.allSatisfy { $0.isASCII && $0.isNumber }
        && FileManager.default.fileExists(atPath: "\(store)/\(name)/meta.yaml")
    }
    if isHiding { throw .hiddenByFileStore(path: name, folder: store) }
  }

  /// Opens the file; makes the tables where there are none.
  ///
  /// - Throws: `TrackingError`, of which `.otherSchema` for tables that are not MLflow's.
  func open(busySeconds: Double) throws(TrackingError) -> DatabaseQueue {
    try requireUsable()
    var configuration = Configuration()
    configuration.busyMode = .timeout(busySeconds)
    configuration.foreignKeysEnabled = true
    let options = configuration
    return try attempt("open") {
      let queue = try DatabaseQueue(path: path, configuration: options)
      do {
        let isEmpty = { (database: Database) in
          try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
        }
        if try queue.read(isEmpty) {
          // Another process may have made them since.
          try queue.write { if try isEmpty($0) { try Schema.create(in: $0) } }
        }
        try queue.read(requireTables)
        return queue
      } catch {
        try? queue.close()
        throw error
      }
    }
  }

  /// Refuses tables of a database that is there, if rows of ours do not fit into them.
  private func requireTables(_ database: Database) throws {
    let tables = Set(
      try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
    guard tables.isSuperset(of: ["alembic_version", "experiments", "runs"]) else {
      throw refusal("it belongs to another program; name another file")
    }
    guard tables.contains("logged_models") else {
      throw refusal(
        "MLflow 2 made it; upgrade it by mlflow db upgrade sqlite:///\(name) of MLflow 3, or name "
          + "another file")
    }
    let revision =
      try String.fetchOne(database, sql: "SELECT version_num FROM alembic_version") ?? "none"
    for insertion in Insertion.all {
      try require(insertion, in: database, revision: revision)
    }
  }

  private func require(
    _ insertion: Insertion, in database: Database, revision: String
  ) throws {
    let table = insertion.table
    let columns = try Row.fetchAll(database, sql: "PRAGMA table_info(\(table))")
    let names = Set(columns.compactMap { String.fromDatabaseValue($0["name"]) })
    let unknown =
      "of revision \(revision), which this program does not know; track to an MLflow "
      + "server (http://HOST:PORT), or name another file"
    if let missing = insertion.columns.first(where: { !names.contains($0) }) {
      throw refusal("its table \(table) has no column \(missing): it is \(unknown)")
    }
    for column in columns {
      let name = String.fromDatabaseValue(column["name"]) ?? ""
      let isRequired = Bool.fromDatabaseValue(column["notnull"]) ?? false
      let standard: DatabaseValue = column["dflt_value"]
      if isRequired, standard.isNull, !insertion.columns.contains(name) {
        throw refusal("its table \(table) wants a \(name): it is \(unknown)")
      }
    }
  }

  func refusal(_ reason: String) -> TrackingError {
    .otherSchema(path: name, reason: reason)
  }

  /// Turns the errors of SQLite into those of tracking.
  func attempt<Value>(
    _ call: String, _ body: () throws -> Value
  ) throws(TrackingError) -> Value {
    do {
      return try body()
    } catch let error as TrackingError {
      throw error
    } catch let error as DatabaseError {
      throw TrackingError(error, call: call, path: name)
    } catch {
      throw .inaccessible(path: name, reason: "\(error)")
    }
  }
}

extension TrackingError {
  /// What an error of SQLite amounts to for the database at `path`.
  fileprivate init(_ error: DatabaseError, call: String, path: String) {
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    self =
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path)
      case .SQLITE_FULL: .inaccessible(path: path, reason: "no space is left; make room")
      case .SQLITE_NOTADB:
        .otherSchema(
          path: path, reason: "it is no SQLite database; name another file")
      case .SQLITE_CORRUPT:
        .otherSchema(
          path: path, reason: "it is damaged (\(reason)); restore a copy, or name another file")
      case .SQLITE_CONSTRAINT: .refused(backEnd: path, call: call, reason: reason)
      default: .inaccessible(path: path, reason: reason)
      }
  }
}
