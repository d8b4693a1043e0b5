/// A file or folder that cannot be read or written.
public enum FilesError: Error, Equatable, Sendable {
  /// The system does not let it be read.
  case unreadable(path: String, reason: SystemReason)

  /// The system does not let it be written.
  case unwritable(path: String, reason: SystemReason)

  /// There is something of another kind, such as a socket.
  case unsuitable(path: String, kind: String)

  /// A folder cannot be made, because a file is in the way.
  case obstructed(path: String, obstacle: String)

  /// A file of results would replace the data it is made from.
  case wouldReplace(path: String, data: String)

  /// There is a file already.
  case exists(path: String)

  /// Another process is writing; `owner` says which, where it has said so.
  case owned(path: String, owner: String?)

  /// The lock on it, or all of it, was removed or moved meanwhile.
  case lost(path: String)
}

extension FilesError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in one line.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .unsuitable(let path, let kind):
      "\(path) cannot be written: it is \(kind); choose another name"
    case .obstructed(let path, let obstacle):
      "\(path) cannot be written: \(obstacle) is a file, not a folder"
    case .wouldReplace(let path, let data):
      "results in \(path) would replace \(data), the data; choose another folder"
    case .exists(let path): "\(path) is there already; choose another name"
    case .owned(let path, let owner):
      "\(path) is being written by \(owner ?? "another process"); wait until it has ended, or "
        + "choose another place"
    case .lost(let path):
      "\(path), or the lock on it, was removed or moved while it was being written; run again"
    }
  }
}
