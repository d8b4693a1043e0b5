public import Foundation

/// Files that are there whole or not at all, also after a crash at any moment.
///
/// Content goes to a file beside, is forced to the disk, and gets its name in one step; then the
/// folder is forced to the disk, without which the name could be lost.
public enum DurableFile {
  /// Makes a folder and those above it.
  ///
  /// - Throws: `FilesError.unwritable`.
  public static func makeFolder(_ path: String) throws(FilesError) {
    try MadeFolders(path).keep()
  }

  /// Writes a file, replacing one of this name.
  ///
  /// - Parameters:
  ///   - path: The file; its folder must exist.
  ///   - mode: Its permissions; by default those of the file that is replaced.
  ///   - isForced: Whether it is on the disk at the end, to outlast a loss of power.
  /// - Throws: `FilesError.unwritable`, `.unsuitable`.
  public static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t? = nil, isForced: Bool = true
  ) throws(FilesError) {
    let partial = try PartialFile(for: path, mode: mode)
    try partial.append(bytes)
    try PartialFile.publish([partial], isForced: isForced)
  }

  /// Writes a file that is not there yet; two that do so at once do not replace each other.
  ///
  /// - Throws: `FilesError.exists`, `.unwritable`.
  public static func create(_ path: String, with bytes: [UInt8]) throws(FilesError) {
    guard !exists(path) else { throw .exists(path: path) }
    let partial = try PartialFile(for: path)
    try partial.append(bytes)
    try partial.publishAsNew()
  }

  /// Adds bytes at the end of a file in one call of the system, and forces them to the disk.
  ///
  /// Where not all of them could be written, none stay.
  /// - Throws: `FilesError.unwritable`.
  public static func append(_ bytes: [UInt8], to path: String) throws(FilesError) {
    // Safe here and below: paths are strings that outlive the call.
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: SystemReason()) }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    // Safe: the array outlives the call, and its count is given.
    let written = unsafe write(descriptor, bytes, bytes.count)
    guard written == bytes.count, fsync(descriptor) == 0 else {
      let reason = SystemReason(written < 0 || written == bytes.count ? errno : ENOSPC)
      _ = ftruncate(descriptor, size)
      throw .unwritable(path: path, reason: reason)
    }
    if size == 0 { try PartialFile.force(PartialFile.parent(of: path)) }
  }

  /// Cuts a file off.
  ///
  /// - Throws: `FilesError.unwritable`.
  public static func truncate(_ path: String, to size: Int) throws(FilesError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: SystemReason()) }
    defer { close(descriptor) }
    guard ftruncate(descriptor, off_t(size)) == 0, fsync(descriptor) == 0 else {
      throw .unwritable(path: path, reason: SystemReason())
    }
  }

  /// All bytes of a file; nil where there is none.
  ///
  /// - Throws: `FilesError.unreadable`.
  public static func bytes(of path: String) throws(FilesError) -> [UInt8]? {
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      return Array(try handle.readToEnd() ?? Data())
    } catch {
      let reason = SystemReason(error)
      if [ENOENT, ENOTDIR].contains(reason.code) { return nil }
      throw .unreadable(path: path, reason: reason)
    }
  }

  /// Whether there is a file or folder of this name.
  public static func exists(_ path: String) -> Bool { FileIdentity(path: path) != nil }

  /// Whether there is a folder of this name.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    // Safe: the path is a string, and the structure is our own.
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, ascending; none where there is no folder.
  ///
  /// - Throws: `FilesError.unreadable`.
  public static func names(in folder: String) throws(FilesError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      if !exists(folder) { return [] }
      throw .unreadable(path: folder, reason: SystemReason(error))
    }
  }
}
