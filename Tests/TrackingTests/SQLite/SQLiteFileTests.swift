import Foundation
import GRDB
import TestSupport
import Testing
import Tracking

/// Files that the database cannot be, and those that it can.
struct SQLiteFileTests {
  private let folder = TemporaryFolder("sqlite file")

  private func open(_ name: String = "mlflow.db") throws(TrackingError) -> any BackEnd {
    try TrackingURI.sqlite(path: folder.path(name)).opened(name, busySeconds: 0.1)
  }

  /// Opens a file that is refused, which stays as it is, and returns the refusal.
  private func refusal(_ name: String = "mlflow.db") throws -> TrackingError? {
    let before = FileManager.default.contents(atPath: folder.path(name))
    do throws(TrackingError) {
      try open(name).close()
      return nil
    } catch {
      #expect(FileManager.default.contents(atPath: folder.path(name)) == before)
      #expect(!"\(error)".contains("\n"))
      return error
    }
  }

  private func database(_ sql: String) throws {
    let queue = try DatabaseQueue(path: folder.path("mlflow.db"))
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  private func isOtherSchema(_ error: TrackingError?, _ text: String) -> Bool {
    guard let error, case .otherSchema(_, let reason) = error else { return false }
    return reason.contains(text)
  }

  private func isInaccessible(_ error: TrackingError?) -> Bool {
    guard let error, case .inaccessible = error else { return false }
    return true
  }

  @Test func emptyFiles() throws {
    try Data().write(to: folder.url.appendingPathComponent("mlflow.db"))
    try open().close()
    try open().close()
  }

  @Test func textFiles() throws {
    for text in ["x", String(repeating: "text\n", count: 1000)] {
      try Data(text.utf8).write(to: folder.url.appendingPathComponent("mlflow.db"))
      #expect(isOtherSchema(try refusal(), "no SQLite database"))
    }
  }

  @Test func otherPrograms() throws {
    try database("CREATE TABLE flowers (name TEXT)")
    #expect(isOtherSchema(try refusal(), "another program"))
  }

  @Test func mlflow2() throws {
    try open().close()
    try database(
      """
      PRAGMA foreign_keys = 0;
      DROP TABLE logged_model_metrics; DROP TABLE logged_model_params;
      DROP TABLE logged_model_tags; DROP TABLE logged_models;
      UPDATE alembic_version SET version_num = '0584bdc529eb'
      """)
    #expect(isOtherSchema(try refusal(), "mlflow db upgrade sqlite:///"))
  }

  @Test func missingColumns() throws {
    try open().close()
    try database("ALTER TABLE runs RENAME COLUMN deleted_time TO gone_time")
    #expect(isOtherSchema(try refusal(), "no column deleted_time"))
  }

  @Test func moreColumns() throws {
    try open().close()
    try database(
      "ALTER TABLE params ADD COLUMN workspace TEXT NOT NULL DEFAULT 'x'; "
        + "ALTER TABLE tags ADD COLUMN owner TEXT")
    try open().close()
    try database(
      "DROP TABLE input_tags; "
        + "CREATE TABLE input_tags (input_uuid TEXT, name TEXT, value TEXT, kind TEXT NOT NULL)")
    #expect(isOtherSchema(try refusal(), "wants a kind"))
  }

  @Test func folders() throws {
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("mlflow.db"), withIntermediateDirectories: true)
    #expect(isInaccessible(try refusal()))
    #expect(isInaccessible(try refusal("missing/mlflow.db")))
  }

  @Test func readOnlyFiles() throws {
    let path = folder.path("mlflow.db")
    try open().close()
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    // The superuser may write everything but what the system itself keeps.
    if !FileManager.default.isWritableFile(atPath: path) { #expect(isInaccessible(try refusal())) }
    do throws(TrackingError) {
      _ = try TrackingURI.sqlite(path: "/proc/mlflow.db").opened("x")
      Issue.record("a database was made in /proc")
    } catch {
      #expect(isInaccessible(error))
    }
  }

  @Test func fileStoresThatHideIt() throws {
    let store = folder.url.appendingPathComponent("mlruns/12")
    try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
    try open().close()
    try Data().write(to: store.appendingPathComponent("meta.yaml"))
    guard case .hiddenByFileStore = try refusal() else {
      Issue.record("it was opened")
      return
    }
  }

  @Test func lockedFiles() throws {
    let backEnd = try open()
    let other = try DatabaseQueue(path: folder.path("mlflow.db"))
    try other.inDatabase { database in
      try database.execute(sql: "BEGIN EXCLUSIVE")
      let locked = TrackingError.locked(path: folder.path("mlflow.db"))
      #expect(throws: locked) { try backEnd.experiment(named: "x", tags: [:]) }
      #expect(try refusal() == locked)
      try database.execute(sql: "ROLLBACK")
    }
    _ = try backEnd.experiment(named: "x", tags: [:])
  }
}
