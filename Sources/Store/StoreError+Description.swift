import Documents

extension StoreError: CustomStringConvertible {
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
