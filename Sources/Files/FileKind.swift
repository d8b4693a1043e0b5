import Foundation

/// What a path leads to.
enum FileKind {
  /// Nothing, or a link that is replaced like a file.
  case nothing
  /// A file, with its permissions.
  case regular(mode_t)
  /// A device that takes a stream of bytes, or a FIFO.
  case stream
  /// Something else.
  case other(String)

  /// What there is at a path, where `follows` says whether at the end of a symbolic link.
  init(of path: String, follows: Bool) {
    var status = stat()
    // Safe: the path is a string, and the structure is our own.
    guard unsafe (follows ? stat(path, &status) : lstat(path, &status)) == 0 else {
      self = .nothing
      return
    }
    self =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular(status.st_mode & 0o7777)
      case S_IFLNK: .nothing
      case S_IFIFO, S_IFCHR: .stream
      case S_IFDIR: .other("a folder")
      case S_IFSOCK: .other("a socket")
      default: .other("a block device")
      }
  }

  /// The permissions of the file at a path; nil where there is none.
  ///
  /// - Throws: `FilesError.unsuitable` when there is something that is no file.
  static func mode(of path: String) throws(FilesError) -> mode_t? {
    switch FileKind(of: path, follows: false) {
    case .nothing: return nil
    case .regular(let mode): return mode
    case .stream: throw .unsuitable(path: path, kind: "a device or FIFO")
    case .other(let kind): throw .unsuitable(path: path, kind: kind)
    }
  }
}
