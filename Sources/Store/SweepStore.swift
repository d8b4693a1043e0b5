import Files
import Foundation
import GRDB
public import Sweeps
import Synchronization

/// The results of a study in an SQLite file, block by block.
///
/// A store belongs to one set of data, split, scaler and first seed. Conditions, models and seeds are open:
/// what is asked for beside what is there extends it. A process killed at any moment leaves what it had
/// committed. One process writes; others may read meanwhile.
///
/// While it is open for writing there are three files beside it (`-wal` and `-shm` of SQLite, `-lock`
/// of ours), which `close` clears away. An empty file counts as none: it becomes a store.
public final class SweepStore: Sendable {
  /// What the store says of its study.
  public let plan: StoredPlan

  /// The attacks, each once.
  public let attacks: [StoredAttack]

  /// The cells in the order in which they were asked for.
  public let cells: [StudyCell]

  let file: StoreFile
  let connection: StoreConnection
  private let isClosed = Atomic(false)
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
    let wanted = StoreContent(
      study, StoredPlan(study, firstSeed: firstSeed, program: program, version: version))
    let extended = try file.content(extendedBy: wanted)
    if extended == nil { try file.create(wanted) }
    let content = extended ?? wanted
    // Safe: the path is a string. SQLite would open what it may not write for reading.
    guard unsafe access(file.path, W_OK) == 0 else { throw StoreError(SystemReason(), path: path) }
    (plan, attacks, cells) = (content.plan, content.attacks, content.cells)
    self.file = file
    place = FileIdentity(path: file.path)
    connection = try StoreConnection(file, .writing)
    try connection.use {
      try $0.inTransaction(.immediate) { database in
        try content.replaceShorter(in: database)
        return .commit
      }
    }
  }

  /// Checks that the file at a path, if there is one, can hold results of a study; nothing is changed.
  ///
  /// - Throws: `StoreError`, as `init(writing:)` does.
  public static func check(
    _ path: String, takes study: Study, firstSeed: UInt32
  ) throws(StoreError) {
    let file = StoreFile(path)
    try file.requireFileOrNothing()
    let plan = StoredPlan(study, firstSeed: firstSeed, program: "", version: "")
    _ = try file.content(extendedBy: StoreContent(study, plan))
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
    let content = try file.use(file.hasLog ? .readOnly : file.readingAccess) { database in
      try file.check(database)
      return try StoreContent(from: database)
    }
    (plan, attacks, cells) = (content.plan, content.attacks, content.cells)
    self.file = file
    connection = try StoreConnection(file, file.readingAccess)
    (lock, place) = (nil, nil)
  }

  /// Moves all blocks into the one file and closes it; nothing can be done with it afterwards.
  ///
  /// - Throws: `StoreError.diskFull` or `.inaccessible` when the blocks had to stay in the log beside
  ///   the file, where they are safe; and what `requireInPlace` throws.
  public func close() throws(StoreError) {
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    defer {
      connection.close()
      lock?.release()
    }
    guard lock != nil else { return }
    try requireInPlace()
    try connection.use { queue in
      try queue.writeWithoutTransaction { database in _ = try database.checkpoint(.passive) }
    }
  }

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

  /// The places in the store of the cells of a study, in the order of the study.
  ///
  /// - Precondition: The store was opened for it.
  public func places(of study: Study) -> [Int] {
    let places = Dictionary(
      cells.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return study.storedCells.map { cell in
      guard let place = places[cell] else { preconditionFailure("\(cell) is not in this store") }
      return place
    }
  }

  /// What the last command wanted of the store; nil for one of before commands said so.
  public func request() throws(StoreError) -> StoredRequest? {
    let request = try read { database in try StoredRequest.read(from: database) }
    guard request?.cells.allSatisfy(cells.indices.contains) ?? true else {
      throw .damaged(path: file.name, reason: "request.cells does not hold what was written")
    }
    return request
  }

  /// How far the last writer came; nil where none has said so.
  public func progress() throws(StoreError) -> StoredProgress? {
    try read { database in try StoredProgress.read(from: database) }
  }

  /// Says what is wanted of the store from now on.
  ///
  /// - Precondition: It is open for writing, for the study.
  func want(_ request: StudyRequest, of study: Study, fitCount: Int) throws(StoreError) {
    let stored = StoredRequest(request: request, cells: places(of: study), fitCount: fitCount)
    try connection.use { try $0.write { database in try stored.replace(in: database) } }
  }

  /// Keeps the file from growing beyond a number of pages, as a full disk would; tests use it.
  package func limitSize(pageCount: Int) throws(StoreError) {
    try connection.use {
      try $0.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA max_page_count = \(pageCount)")
      }
    }
  }
}
