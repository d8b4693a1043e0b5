import Foundation

/// Writes files that others see whole or not at all.
enum AtomicFile {
  /// Puts bytes at a path, in place of a file that is there; makes the folders to it.
  ///
  /// - Throws: `TrackingError.inaccessible`.
  static func write(_ content: [UInt8], to path: String) throws(TrackingError) {
    let folder = (path as NSString).deletingLastPathComponent
    try makeFolder(folder)
    let draft = folder + "/.\(Identifier.unique()).partial"
    do {
      try Data(content).write(to: URL(fileURLWithPath: draft))
    } catch {
      try? FileManager.default.removeItem(atPath: draft)
      throw .inaccessible(path: path, reason: error.fileReason)
    }
    // Safe: the paths are strings. POSIX's rename replaces a file in one step.
    guard unsafe rename(draft, path) == 0 else {
      let reason = TrackingError.systemReason(errno)
      try? FileManager.default.removeItem(atPath: draft)
      throw .inaccessible(path: path, reason: reason)
    }
  }

  /// Puts text at a path, in place of a file that is there.
  ///
  /// - Throws: `TrackingError.inaccessible`.
  static func write(_ text: String, to path: String) throws(TrackingError) {
    try write(Array(text.utf8), to: path)
  }

  /// The text at a path; nil when there is no file.
  ///
  /// - Throws: `TrackingError.inaccessible`.
  static func text(at path: String) throws(TrackingError) -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    } catch {
      throw .inaccessible(path: path, reason: error.fileReason)
    }
  }

  /// Makes a folder and those it lies in.
  ///
  /// - Throws: `TrackingError.inaccessible`.
  static func makeFolder(_ path: String) throws(TrackingError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .inaccessible(path: path, reason: error.fileReason)
    }
  }
}

extension TrackingError {
  /// The system's words for an error number.
  static func systemReason(_ code: Int32) -> String {
    // Safe: strerror's text ends in a zero byte and is copied at once.
    unsafe String(cString: strerror(code))
  }
}

extension Error {
  /// Why Foundation could not read or write a file, in the system's words where it has some.
  fileprivate var fileReason: String {
    let error = self as NSError
    let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError ?? error
    return cause.domain == NSPOSIXErrorDomain
      ? TrackingError.systemReason(Int32(cause.code)) : error.localizedDescription
  }
}
