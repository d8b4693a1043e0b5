import Datasets
import Files
import Foundation
import GRDB
import Synchronization

/// The results of a study in an SQLite file, block by block.
///
/// A store belongs to one study and first seed; the number of seeds is open, so a study can be
/// continued. A block is one transaction: a process killed at any moment leaves the blocks it had
/// committed. One process writes; others may read meanwhile.
///
/// While it is open for writing there are three files beside it (`-wal` and `-shm` of SQLite, `-lock`
/// of ours), which `close` clears away. An empty file counts as none: it becomes a store.
public final class SweepStore: Sendable {
  /// What the store says of its study.
  public let plan: StoredPlan

  /// The attacks, each once.
  public let attacks: [StoredAttack]

  /// The cells: conditions outermost, models innermost.
  public let cells: [StoredCell]

  let file: StoreFile
  private let isClosed = Atomic(false)
  let queue: DatabaseQueue
  let lock: FileLock?
  let place: FileIdentity?

  /// Opens the store of a study for writing, making it where there is none.
  ///
  /// A file that is refused is left as it is.
  /// - Parameters:
  ///   - path: The file; its folder must exist.
  ///   - study: What it holds results of.
  ///   - firstSeed: The first of all seeds, 0 unless another is given.
  ///   - program: The name of the program, for people.
  ///   - version: Its version.
  /// - Throws: `StoreError`, every case but `missing` and `unequalBlock`.
  /// - Complexity: Reads the whole file to see that it is not damaged.
  public init(
    writing path: String, _ study: Study, firstSeed: UInt32 = 0, program: String, version: String
  ) throws(StoreError) {
    let file = StoreFile(path)
    try file.requireFileOrNothing()
    lock = try file.lock()
    let wanted = StoredPlan(study, firstSeed: firstSeed, program: program, version: version)
    let cells = study.storedCells
    if file.size ?? 0 == 0 {
      try file.create(wanted, study.storedAttacks, cells)
      plan = wanted
    } else {
      try file.requireStore()
      plan = try file.use(file.inspectingAccess) { database in
        try file.check(database)
        return try file.plan(in: database, of: wanted)
      }
    }
    attacks = study.storedAttacks
    self.cells = cells
    self.file = file
    // Safe: the path is a string. SQLite would open what it may not write for reading.
    guard unsafe access(file.path, W_OK) == 0 else { throw StoreError(errno: errno, path: path) }
    place = FileIdentity(path: file.path)
    queue = try file.connect(.writing)
  }

  /// Opens a store for reading only, whatever its study.
  ///
  /// - Throws: `StoreError.missing`, `.folder`, `.notADatabase`, `.notAStore`, `.otherSchema`,
  ///   `.damaged`, `.inaccessible`.
  /// - Complexity: Reads the whole file to see that it is not damaged.
  public init(reading path: String) throws(StoreError) {
    let file = StoreFile(path)
    try file.requireFileOrNothing()
    guard let size = file.size else { throw .missing(path: path) }
    if size == 0 { throw .notADatabase(path: path) }
    try file.requireStore()
    // The last to close a store that was left with a log folds the log in: not before the check.
    (plan, attacks, cells) = try file.use(file.hasLog ? .readOnly : file.readingAccess) {
      database in
      try file.check(database)
      return (
        try StoredPlan(from: database), try StoredAttack.all(from: database),
        try StoredCell.all(from: database)
      )
    }
    self.file = file
    queue = try file.connect(file.readingAccess)
    (lock, place) = (nil, nil)
  }

  deinit {
    if !isClosed.load(ordering: .relaxed) { try? queue.close() }
  }

  /// Whether it was opened for writing.
  public var isWritable: Bool { lock != nil }

  /// Moves all blocks into the one file and closes it; nothing can be done with it afterwards.
  ///
  /// - Throws: `StoreError.diskFull` or `.inaccessible` when the blocks had to stay in the log beside
  ///   the file, where they are safe; and what `requireInPlace` throws.
  public func close() throws(StoreError) {
    // SQLite does not bear a second time.
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    defer {
      try? queue.close()
      lock?.release()
    }
    guard isWritable else { return }
    try requireInPlace()
    try file.attempt {
      try queue.writeWithoutTransaction { database in _ = try database.checkpoint(.passive) }
    }
  }

  /// Keeps the file from growing beyond a number of pages, as a full disk would; tests use it.
  package func limitSize(pageCount: Int) throws(StoreError) {
    try file.attempt {
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA max_page_count = \(pageCount)")
      }
    }
  }
}

extension StoreFile {
  /// The plan of the store, which must be that of the study wanted.
  ///
  /// - Throws: `StoreError.otherEngine`, `.otherStudy`, `.damaged`.
  fileprivate func plan(in database: Database, of wanted: StoredPlan) throws -> StoredPlan {
    let stored = try StoredPlan(from: database)
    guard stored.engineVersion == wanted.engineVersion else {
      throw StoreError.otherEngine(
        path: name, found: stored.engineVersion, expected: wanted.engineVersion)
    }
    guard stored.identity != wanted.identity else { return stored }
    let ours = try leaves(of: wanted.identity, in: database)
    let theirs = try leaves(of: stored.identity, in: database)
    let differing = (theirs + ours).first { leaf in
      !theirs.contains { $0 == leaf } || !ours.contains { $0 == leaf }
    }
    let key = differing?.key ?? "identity"
    throw StoreError.otherStudy(
      path: name, key: key, stored: theirs.first { $0.key == key }?.value,
      wanted: ours.first { $0.key == key }?.value)
  }

  /// The numbers and texts of a JSON document with their paths, such as `conditions[0].level`.
  private func leaves(
    of json: String, in database: Database
  ) throws -> [(key: String, value: String)] {
    let sql = "SELECT substr(fullkey, 3), atom FROM json_tree(?) WHERE atom IS NOT NULL"
    return try Row.fetchAll(database, sql: sql, arguments: [json]).map { row in
      let atom: DatabaseValue = row[1]
      let key: String = row[0]
      return (
        key.filter { $0 != "\"" }, String.fromDatabaseValue(atom)?.quotedExcerpt ?? "\(atom)"
      )
    }
  }
}
