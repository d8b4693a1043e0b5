import GRDB
import Synchronization

/// MLflow's own database, an SQLite file, with artifacts in a folder beside it.
///
/// `mlflow ui` in the folder of the file shows what is written, also while it is written. Files of
/// MLflow 3.0 and later are written to, and never altered; MLflow brings ours up to its own version
/// when it opens them. Every call is one transaction.
///
/// A data set is an input of a run once, with the first context that is given: MLflow's tables have
/// no room for another.
final class SQLiteBackEnd: LocalBackEnd {
  let name: String

  let file: DatabaseFile
  let artifacts: LocalArtifacts
  let queue: DatabaseQueue

  /// The URI below which new experiments have their artifacts.
  let artifactLocation: String

  private let isClosed = Atomic(false)
  private let hasWritten = Atomic(false)

  /// Opens a database, or makes one where there is none; an empty file counts as none.
  ///
  /// Its folder must exist. By default artifacts go to the folder `mlartifacts` beside it.
  /// - Throws: `TrackingError.inaccessible`, `.otherSchema`, `.hiddenByFileStore`, `.locked`,
  ///   `.noArtifactAccess`.
  init(
    path: String, displayName: String, artifactLocation: String?, busySeconds: Double
  ) throws(TrackingError) {
    name = displayName
    file = DatabaseFile(path)
    artifacts = LocalArtifacts(folder: file.folder, backEnd: displayName)
    self.artifactLocation =
      artifactLocation ?? ArtifactLocation.file(file.folder + "/mlartifacts")
    _ = try artifacts.path(of: self.artifactLocation)
    queue = try file.open(busySeconds: busySeconds)
  }

  deinit {
    if !isClosed.load(ordering: .relaxed) { try? queue.close() }
  }

  /// Closes the file, after it has gathered the statistics that make MLflow's searches fast.
  func close() throws(TrackingError) {
    // SQLite does not bear a second time.
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    if hasWritten.load(ordering: .relaxed) {
      // They are worth no error: others may be reading or writing.
      try? queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA busy_timeout = 1000")
        try database.execute(sql: "ANALYZE")
      }
    }
    try file.attempt("close") { try queue.close() }
  }

  /// Does something in one transaction.
  func write<Value>(
    _ call: String, _ body: (Database) throws -> Value
  ) throws(TrackingError) -> Value {
    try requireOpen(call)
    let value = try file.attempt(call) { try queue.write(body) }
    hasWritten.store(true, ordering: .relaxed)
    return value
  }

  func read<Value>(
    _ call: String, _ body: (Database) throws -> Value
  ) throws(TrackingError) -> Value {
    try requireOpen(call)
    return try file.attempt(call) { try queue.read(body) }
  }

  private func requireOpen(_ call: String) throws(TrackingError) {
    if isClosed.load(ordering: .relaxed) { throw refusal(call, "it was closed") }
  }
}
