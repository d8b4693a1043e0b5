import Files

/// Writes files that others see whole or not at all; what cannot be is `TrackingError.inaccessible`.
enum AtomicFile {
  /// Puts bytes at a path, in place of a file that is there; makes the folders to it.
  static func write(_ content: [UInt8], to path: String) throws(TrackingError) {
    try makeFolder(path.parentPath)
    // MLflow's own files are not forced to the disk either.
    try attempt(try DurableFile.replace(path, with: content, isForced: false))
  }

  static func write(_ text: String, to path: String) throws(TrackingError) {
    try write(Array(text.utf8), to: path)
  }

  /// The text at a path; nil when there is no file.
  static func text(at path: String) throws(TrackingError) -> String? {
    try attempt(try DurableFile.bytes(of: path)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes a folder and those it lies in.
  static func makeFolder(_ path: String) throws(TrackingError) {
    try attempt(try DurableFile.makeFolder(path))
  }

  private static func attempt<Value>(
    _ value: @autoclosure () throws(FilesError) -> Value
  ) throws(TrackingError) -> Value {
    do {
      return try value()
    } catch {
      throw TrackingError(error)
    }
  }
}

extension TrackingError {
  fileprivate init(_ error: FilesError) {
    self =
      switch error {
      case .unreadable(let path, let reason), .unwritable(let path, let reason):
        .inaccessible(path: path, reason: "\(reason)")
      case .unsuitable(let path, let kind): .inaccessible(path: path, reason: "it is \(kind)")
      case .obstructed(let path, _), .wouldReplace(let path, _), .exists(let path),
        .owned(let path, _), .lost(let path):
        .inaccessible(path: path, reason: "\(error)")
      }
  }
}
