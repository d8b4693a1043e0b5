import Foundation
import Synchronization

/// A file that a user names for a result.
///
/// A file is replaced when the new one is whole, behind symbolic links, and its permissions stay. What
/// is no file but takes bytes is written into: FIFOs, character devices such as `/dev/null`, and the
/// open streams `/dev/stdout`, `/dev/stderr` and `/dev/fd/N`. Folders, sockets and disks are refused.
public final class OutputFile: Sendable {
  private enum Target {
    case file(String)
    case stream(String)
    case open(Int32)
  }

  private let path: String
  private let target: Target
  private let madeFolders: MadeFolders?
  private let partial = Mutex<PartialFile?>(nil)
  private let descriptor = Mutex<Int32?>(nil)

  /// Checks that there can be a file, and makes the folder where it is missing.
  ///
  /// - Throws: `FilesError.obstructed`, `.unsuitable`, `.unwritable`.
  public init(_ path: String) throws(FilesError) {
    self.path = path
    target = try Self.target(path)
    guard case .file(let file) = target else {
      madeFolders = nil
      return
    }
    let folder = PartialFile.parent(of: file)
    if let obstacle = ResultsPath.obstacle(to: folder) {
      throw .obstructed(path: folder, obstacle: obstacle)
    }
    madeFolders = try MadeFolders(folder)
    // Safe: the path is a string.
    guard unsafe access(folder, W_OK | X_OK) == 0 else {
      throw .unwritable(path: path, reason: SystemReason())
    }
  }

  deinit {
    // The file first, as folders go only when they are empty.
    partial.withLock { $0 = nil }
    madeFolders?.takeBack()
    if let open = descriptor.withLock({ $0 }) { close(open) }
  }

  /// Appends text.
  ///
  /// - Throws: `FilesError.unwritable`, for instance when the disk is full.
  public func append(_ text: String) throws(FilesError) { try append(Array(text.utf8)) }

  /// Appends bytes.
  ///
  /// - Throws: `FilesError.unwritable`, for instance when the disk is full.
  public func append(_ bytes: [UInt8]) throws(FilesError) {
    guard case .file(let file) = target else {
      return try PartialFile.write(bytes, to: stream(), named: path)
    }
    let open = try partial.withLock { partial throws(FilesError) in
      if let partial { return partial }
      let made = try PartialFile(for: file)
      partial = made
      return made
    }
    try open.append(bytes)
  }

  /// Gives the file its name.
  ///
  /// - Throws: `FilesError.unwritable`.
  public func publish() throws(FilesError) {
    guard let whole = partial.withLock({ $0.take() }) else { return }
    try PartialFile.publish([whole])
    madeFolders?.keep()
  }

  private func stream() throws(FilesError) -> Int32 {
    try descriptor.withLock { descriptor throws(FilesError) in
      if let descriptor { return descriptor }
      let opened =
        switch target {
        case .open(let number): fcntl(number, F_DUPFD_CLOEXEC, 0)
        // Safe: the path is a string.
        case .stream(let file), .file(let file): unsafe open(file, O_WRONLY | O_CLOEXEC)
        }
      guard opened >= 0 else { throw .unwritable(path: path, reason: SystemReason()) }
      descriptor = opened
      return opened
    }
  }

  /// What a path leads to at the end of its links, which need not be there.
  private static func target(_ path: String) throws(FilesError) -> Target {
    var file = path
    for _ in 0..<40 {
      if let number = stream(file) { return .open(number) }
      guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: file) else {
        break
      }
      file = link.hasPrefix("/") ? link : PartialFile.parent(of: file) + "/" + link
    }
    switch FileKind(of: file, follows: true) {
    case .nothing, .regular: return .file(file)
    case .stream: return .stream(file)
    case .other(let kind): throw .unsuitable(path: path, kind: kind)
    }
  }

  /// The number of an open stream that a path names.
  private static func stream(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      let prefix = ["/dev/fd/", "/proc/self/fd/"].first(where: path.hasPrefix)
      return prefix.flatMap { Int32(path.dropFirst($0.count)) }
    }
  }
}
