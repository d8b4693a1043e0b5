import Files
import Foundation
import GRDB

/// The file of a store, and those that SQLite and we keep beside it.
struct StoreFile: Sendable {
  /// How a file is opened.
  enum Access {
    /// As it lies there, without a look at other processes; makes no file beside it.
    case snapshot
    /// For reading, where nothing can be written.
    case readOnly
    /// For reading, where files beside it may be made and are cleared away at the end.
    case reading
    /// For writing.
    case writing
  }

  /// The path as it was given, for messages.
  let name: String

  /// The absolute path, without symbolic links.
  let path: String

  /// A file that may or may not exist.
  init(_ name: String) {
    self.name = name
    path = URL(fileURLWithPath: name).resolvingSymlinksInPath().path
  }

  /// Number of bytes; nil when there is no file.
  var size: Int? { size(of: path) }

  /// Whether SQLite keeps finished transactions in its log beside the file.
  var hasLog: Bool { size(of: path + "-wal") ?? 0 > 0 }

  /// The access for reading that works on these files as they are.
  var readingAccess: Access {
    let folder = path.parentPath
    // Safe: the paths are strings.
    let isWritable = unsafe access(path, W_OK) == 0 && access(folder, W_OK) == 0
    return isWritable ? .reading : hasLog ? .readOnly : .snapshot
  }

  /// Refuses whatever is neither a file nor nothing, such as a folder or a device.
  ///
  /// - Throws: `StoreError.folder`, `.inaccessible`.
  func requireFileOrNothing() throws(StoreError) {
    switch attributes(path)?[.type] as? FileAttributeType {
    case nil, .typeRegular: break
    case .typeDirectory: throw .folder(path: name)
    default: throw .inaccessible(path: name, reason: "it is not a regular file")
    }
  }

  /// Refuses a file that is no store at all, before SQLite gets to change anything.
  ///
  /// - Throws: `StoreError.notADatabase`, `.notAStore`, `.inaccessible`.
  func requireStore() throws(StoreError) {
    // Safe: the path is a string.
    guard unsafe access(path, R_OK) == 0 else { throw StoreError(SystemReason(), path: name) }
    // SQLite takes less than a page for an empty database.
    guard size ?? 0 >= 512 else { throw .notADatabase(path: name) }
    do {
      try use(.snapshot) { database in
        let id = try Int.fetchOne(database, sql: "PRAGMA application_id")
        guard id == StoreSchema.applicationID else { throw StoreError.notAStore(path: name) }
      }
    } catch .damaged where hasLog {
      // A checkpoint that was cut short; the log has what is missing.
    }
  }

  /// The content with what a study wants beside it, nothing of which is written; nil where there is no store.
  ///
  /// - Precondition: No one else is writing, for which the lock of writers stands.
  /// - Throws: `StoreError`, where the file cannot take the study.
  func content(extendedBy wanted: StoreContent) throws(StoreError) -> StoreContent? {
    guard size ?? 0 > 0 else { return nil }
    try requireStore()
    return try use(hasLog ? .readOnly : .snapshot) { database in
      try check(database)
      return try StoreContent(from: database).extended(by: wanted, in: database, of: self)
    }
  }

  /// Checks layout, engine and pages of an open store.
  ///
  /// - Throws: `StoreError.otherSchema`, `.otherEngine`, `.damaged`.
  /// - Complexity: Reads the whole file.
  func check(_ database: Database) throws {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard ([StoreSchema.version] + StoreSchema.olderVersions).contains(version) else {
      throw StoreError.otherSchema(path: name, found: version, expected: StoreSchema.version)
    }
    // SQLite reads zeros where the last page is cut off.
    let pageSize = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
    guard hasLog || (size ?? 0).isMultiple(of: pageSize) else {
      throw StoreError.damaged(path: name, reason: "its last page is cut off")
    }
    let fault = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer"
    guard fault == "ok" else {
      let line = fault.split(separator: "\n").joined(separator: " ")
      throw StoreError.damaged(path: name, reason: line)
    }
  }

  /// Opens the file, does something with it, and closes it.
  @discardableResult
  func use<Value: Sendable>(
    _ access: Access, _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    let connection = try StoreConnection(self, access)
    defer { connection.close() }
    return try connection.use { try $0.inDatabase(body) }
  }

  /// Opens the file, for a `StoreConnection`.
  func open(_ access: Access) throws(StoreError) -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.readonly = access == .snapshot || access == .readOnly
    configuration.prepareDatabase { database in
      switch access {
      case .snapshot, .readOnly: break
      case .reading: try database.execute(sql: "PRAGMA query_only = 1")
      case .writing:
        // After a loss of power the last blocks may be missing, never parts of one.
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 256")
      }
    }
    return try attempt {
      let url = URL(fileURLWithPath: path).absoluteString + "?immutable=1"
      return try DatabaseQueue(
        path: access == .snapshot ? url : path, configuration: configuration)
    }
  }

  /// Turns the errors of SQLite and of rows into those of stores.
  func attempt<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, path: name)
    } catch let error as FilesError {
      throw StoreError(error, path: name)
    } catch let error as FieldReader.Mismatch {
      throw .damaged(path: name, reason: "\(error.column) does not hold what was written")
    } catch {
      throw .damaged(path: name, reason: "\(error)")
    }
  }

  /// The right to write the store, which one process has at a time.
  ///
  /// SQLite's own locks last for one transaction only. One who looks whether it is held has it for a moment,
  /// which is waited for.
  /// - Throws: `StoreError.locked`, `.inaccessible`, `.diskFull`.
  func lock() throws(StoreError) -> FileLock {
    try attempt { try FileLock(path + "-lock", on: name, patienceSeconds: 0.2) }
  }

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

  private func size(of path: String) -> Int? {
    (attributes(path)?[.size] as? NSNumber)?.intValue
  }

  private func attributes(_ path: String) -> [FileAttributeKey: Any]? {
    try? FileManager.default.attributesOfItem(atPath: path)
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
