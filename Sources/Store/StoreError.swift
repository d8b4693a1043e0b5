import Documents

/// A store that cannot be opened, written or read.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
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

  /// What is wrong, where, and what to do, in one line.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path.quotedExcerpt) does not exist; name the store of a sweep"
    case .folder(let path):
      "\(path.quotedExcerpt) is a folder; name a file in it"
    case .notADatabase(let path):
      "\(path.quotedExcerpt) is not an SQLite database; name a store of a sweep or a new file"
    case .notAStore(let path):
      "\(path.quotedExcerpt) is the SQLite database of another program; "
        + "name a store of a sweep or a new file"
    case .otherSchema(let path, let found, let expected):
      "\(path.quotedExcerpt) is a store of layout \(found), and this program has layout "
        + "\(expected); use the program that wrote it, or a new file"
    case .otherEngine(let path, let found, let expected):
      "\(path.quotedExcerpt) holds results of engine \(found), and this program has engine "
        + "\(expected), whose results differ; use the program that wrote it, or a new file"
    case .otherStudy(let path, let key, let stored, let wanted):
      "\(path.quotedExcerpt) belongs to another study: \(key) is \(stored ?? "not there") in the "
        + "store and \(wanted ?? "not there") in this study; use a new file"
    case .damaged(let path, let reason):
      "\(path.quotedExcerpt) is damaged: \(reason); restore a copy, or use a new file"
    case .unequalBlock(let path, let block, let cell, let column):
      "\(path.quotedExcerpt) already has block \(block), with other results: \(column) of cell "
        + "\(cell) differs; results must not depend on the run, so one of the two is wrong"
    case .locked(let path, let owner):
      "\(path.quotedExcerpt) is being written by \(owner ?? "another process"); "
        + "wait until it has ended, or use another file"
    case .diskFull(let path):
      "\(path.quotedExcerpt) cannot grow: no space is left; "
        + "make room and run again, finished blocks are kept"
    case .inaccessible(let path, let reason):
      "\(path.quotedExcerpt) cannot be used: \(reason)"
    }
  }
}
