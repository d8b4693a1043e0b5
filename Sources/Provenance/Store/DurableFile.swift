import Foundation

/// Files that are there whole or not at all, also after a crash at any moment.
///
/// Content goes to a file beside, is forced to the disk, and gets its name in one step; then the
/// folder is forced to the disk, without which the name could be lost.
enum DurableFile {
  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(ProvenanceError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: reason(error))
    }
  }

  /// Writes a file, replacing one of this name.
  static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t = 0o644
  ) throws(ProvenanceError) {
    let partial = try writePartial(bytes, beside: path, mode: mode)
    // Safe here and below: paths are strings that outlive the call.
    guard unsafe rename(partial, path) == 0 else { throw failure(path, removing: partial) }
    try syncFolder(of: path)
  }

  /// Writes a file that is not there yet; two that do so at once do not replace each other.
  ///
  /// - Throws: `ProvenanceError.exists`, `.unwritable`.
  static func create(_ path: String, with bytes: [UInt8]) throws(ProvenanceError) {
    let partial = try writePartial(bytes, beside: path, mode: 0o644)
    guard unsafe link(partial, path) == 0 else {
      if errno == EEXIST {
        unsafe unlink(partial)
        throw .exists(path: path)
      }
      throw failure(path, removing: partial)
    }
    unsafe unlink(partial)
    try syncFolder(of: path)
  }

  /// Adds bytes at the end of a file in one call of the system, and forces them to the disk.
  ///
  /// Where not all of them could be written, none stay.
  static func append(_ bytes: [UInt8], to path: String) throws(ProvenanceError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    // Safe: the array outlives the call, and its count is given.
    let written = unsafe write(descriptor, bytes, bytes.count)
    guard written == bytes.count, fsync(descriptor) == 0 else {
      let error = failure(path, code: written < 0 || written == bytes.count ? errno : ENOSPC)
      _ = ftruncate(descriptor, size)
      throw error
    }
    if size == 0 { try syncFolder(of: path) }
  }

  /// Cuts a file off.
  static func truncate(_ path: String, to size: Int) throws(ProvenanceError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(size)) == 0, fsync(descriptor) == 0 else {
      throw failure(path)
    }
  }

  /// All bytes of a file; nil where there is none.
  static func bytes(of path: String) throws(ProvenanceError) -> [UInt8]? {
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      return Array(try handle.readToEnd() ?? Data())
    } catch {
      if code(of: error) == ENOENT { return nil }
      throw .unreadable(path: path, reason: reason(error))
    }
  }

  /// Whether there is a file or folder of this name.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// The names in a folder, ascending; none where there is no folder.
  static func names(in folder: String) throws(ProvenanceError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      if !exists(folder) { return [] }
      throw .unreadable(path: folder, reason: reason(error))
    }
  }

  private static func writePartial(
    _ bytes: [UInt8], beside path: String, mode: mode_t
  ) throws(ProvenanceError) -> String {
    let url = URL(fileURLWithPath: path)
    let partial =
      url.deletingLastPathComponent().path + "/.\(url.lastPathComponent).\(getpid()).partial"
    // What a process of the same number has left behind may be read-only.
    unsafe unlink(partial)
    let descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    do {
      try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        .write(contentsOf: Data(bytes))
    } catch {
      unsafe unlink(partial)
      throw .unwritable(path: path, reason: reason(error))
    }
    guard fsync(descriptor) == 0 else { throw failure(path, removing: partial) }
    return partial
  }

  private static func syncFolder(of path: String) throws(ProvenanceError) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder) }
    defer { close(descriptor) }
    // Some file systems cannot do it for folders and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure(folder) }
  }

  private static func failure(
    _ path: String, code: Int32 = errno, removing partial: String? = nil
  ) -> ProvenanceError {
    if let partial { unsafe unlink(partial) }
    // Safe: strerror's text ends in a zero byte and is copied at once.
    return .unwritable(path: path, reason: unsafe String(cString: strerror(code)))
  }

  private static func code(of error: any Error) -> Int32? {
    let outer = error as NSError
    let cause = outer.userInfo[NSUnderlyingErrorKey] as? NSError ?? outer
    return cause.domain == NSPOSIXErrorDomain ? Int32(cause.code) : nil
  }

  /// The system's own words for what went wrong.
  static func reason(_ error: any Error) -> String {
    // Safe: as above.
    code(of: error).map { unsafe String(cString: strerror($0)) }
      ?? (error as NSError).localizedDescription
  }
}
