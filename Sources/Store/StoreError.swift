/// A store that cannot be opened, written or read.
public enum StoreError: Error, Equatable, Sendable {
  /// There is no such file.
  case missing(path: String)

  /// The path is that of a folder.
  case folder(path: String)

  /// The file holds something else than an SQLite database.
  case notADatabase(path: String)

  /// The file is an SQLite database of another program.
  case notAStore(path: String)

  /// The store was written by a program that lays stores out differently.
  case otherSchema(path: String, found: Int, expected: Int)

  /// The store was written by a program whose results have other bits.
  case otherEngine(path: String, found: Int, expected: Int)

  /// The store belongs to another study: the first thing that differs, and both its values.
  ///
  /// A value is nil where there is none.
  case otherStudy(path: String, key: String, stored: String?, wanted: String?)

  /// The content cannot be what was written.
  case damaged(path: String, reason: String)

  /// A block is there already, with other results: the first cell and column that differ.
  case unequalBlock(path: String, block: Int, cell: Int, column: String)

  /// Another process is writing; `owner` says which, where it has said so.
  case locked(path: String, owner: String?)

  /// No space is left for what is to be written.
  case diskFull(path: String)

  /// The system does not let the file be read or written.
  case inaccessible(path: String, reason: String)
}

extension StoreError {
  /// Whether the outside world is at fault, so that the same command may work later.
  public var isInputOutput: Bool {
    switch self {
    case .missing, .folder, .locked, .diskFull, .inaccessible: true
    case .notADatabase, .notAStore, .otherSchema, .otherEngine, .otherStudy, .damaged,
      .unequalBlock:
      false
    }
  }
}
