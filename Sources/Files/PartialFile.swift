public import Foundation

/// A file on its way: it has a temporary name in the folder of its target until it is whole.
///
/// It goes when it is not published, at a signal too; what a killed process has left goes with the next
/// one in the folder. It has the mode of the file it will replace.
public final class PartialFile: Sendable {
  /// What SQLite puts beside a file, and the lock of a store.
  static let companions = ["-wal", "-shm", "-journal", "-lock"]

  /// The temporary path.
  public let path: String

  /// The path that the file is to have.
  public let target: String

  private let descriptor: Int32?
  private let token: Unfinished.Token

  /// Makes an empty file.
  ///
  /// - Parameter mode: Its permissions; by default those of a file that is there.
  /// - Throws: `FilesError.unwritable`, `.unsuitable` when something is there that is no file.
  public init(for target: String, mode: mode_t? = nil) throws(FilesError) {
    let kept = try FileKind.mode(of: target)
    let path = Self.path(for: target)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    var descriptor: Int32 = -1
    token = try Unfinished.begin { () throws(FilesError) in
      // Safe here and below: paths are strings that outlive the call.
      descriptor = unsafe open(path, flags, mode ?? (kept == nil ? 0o666 : 0o600))
      guard descriptor >= 0 else { throw .unwritable(path: target, reason: SystemReason()) }
      return { Self.remove(path) }
    }
    if mode == nil, let kept { fchmod(descriptor, kept) }
    // For as long as it is open, nobody takes it for left over.
    flock(descriptor, LOCK_EX | LOCK_NB)
    (self.path, self.target, self.descriptor) = (path, target, descriptor)
  }

  /// Only thinks of a name, under which another writer, such as SQLite, is to make the file.
  ///
  /// - Throws: `FilesError.unsuitable`.
  public init(reservedFor target: String) throws(FilesError) {
    _ = try FileKind.mode(of: target)
    let path = Self.path(for: target)
    (self.path, self.target, descriptor) = (path, target, nil)
    token = Unfinished.begin { { Self.remove(path) } }
  }

  deinit {
    Unfinished.takeBack(token)
    if let descriptor { close(descriptor) }
  }

  /// Writes bytes behind those before.
  ///
  /// - Throws: `FilesError.unwritable`.
  public func append(_ bytes: [UInt8]) throws(FilesError) {
    guard let descriptor else { preconditionFailure("Another writer has \(path)") }
    try Self.write(bytes, to: descriptor, named: target)
  }

  /// Gives files their names, replacing what is there; a signal comes before all or after.
  ///
  /// - Parameters:
  ///   - files: The files. One that was reserved and never made is left out.
  ///   - isForced: Whether they are on the disk at the end, to outlast a loss of power.
  /// - Throws: `FilesError.unwritable`, `.unsuitable`.
  public static func publish(_ files: [PartialFile], isForced: Bool = true) throws(FilesError) {
    var whole: [PartialFile] = []
    for file in files {
      let mode = try FileKind.mode(of: file.target)
      guard file.descriptor != nil || FileIdentity(path: file.path) != nil else { continue }
      if file.descriptor == nil, let mode { unsafe chmod(file.path, mode) }
      if isForced { try file.force() }
      whole.append(file)
    }
    try Unfinished.finish(whole.map(\.token)) { () throws(FilesError) in
      for file in whole {
        guard unsafe rename(file.path, file.target) == 0 else {
          throw .unwritable(path: file.target, reason: SystemReason())
        }
      }
    }
    if isForced { for folder in Set(whole.map { parent(of: $0.target) }) { try force(folder) } }
  }

  /// Gives the file its name unless there is one of this name.
  func publishAsNew() throws(FilesError) {
    try force()
    guard unsafe link(path, target) == 0 else {
      throw errno == EEXIST
        ? .exists(path: target) : .unwritable(path: target, reason: SystemReason())
    }
    try Self.force(Self.parent(of: target))
  }

  static func write(
    _ bytes: [UInt8], to descriptor: Int32, named name: String
  ) throws(FilesError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Safe: the buffer outlives the call.
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || errno != EINTR {
        throw .unwritable(path: name, reason: SystemReason(count == 0 ? ENOSPC : errno))
      }
    }
  }

  /// Forces the names in a folder to the disk.
  static func force(_ folder: String) throws(FilesError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unwritable(path: folder, reason: SystemReason()) }
    defer { close(descriptor) }
    // Some file systems cannot do it for folders and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .unwritable(path: folder, reason: SystemReason())
    }
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func force() throws(FilesError) {
    guard let descriptor else { return }
    guard fsync(descriptor) == 0 else {
      throw .unwritable(path: target, reason: SystemReason())
    }
  }

  /// A path for a new file, in a folder without what killed runs have left.
  private static func path(for target: String) -> String {
    let folder = parent(of: target)
    PartialName.clearLeftOvers(in: folder)
    return "\(folder)/\(PartialName.unique())"
  }

  private static func remove(_ path: String) {
    for ending in [""] + companions { unsafe unlink(path + ending) }
  }
}
