import Foundation
import Synchronization

/// A folder of results, in which files appear only when all of them are complete.
///
/// It has one owner: another process is refused, by name, until this object goes. Files get their
/// names from `publish`, so a run that fails or is stopped leaves the results of the run before it. A
/// link, where a file is to be, is replaced, as others may have put it there.
public final class ResultsFolder: Sendable {
  private static let lockName = ".hemlock-lock"

  private struct Content {
    var files: [(name: String, file: PartialFile)] = []
    var outdated: [String] = []
  }

  private let name: String
  private let path: String
  private let folders: MadeFolders
  private let lock: FileLock
  private let content = Mutex(Content())

  /// Takes a folder, making it where it is missing.
  ///
  /// - Throws: `FilesError.owned`, `.unwritable`, `.unsuitable`.
  public init(_ path: String) throws(FilesError) {
    name = path
    let path = URL(fileURLWithPath: path, isDirectory: true).path
    self.path = path
    folders = try MadeFolders(path)
    lock = try FileLock("\(path)/\(Self.lockName)", on: name)
  }

  deinit { discard() }

  /// Appends text to a file of the folder, beginning it at the first call.
  ///
  /// - Throws: `FilesError.unwritable`, for instance when the disk is full; `.unsuitable`.
  public func append(_ text: String, to name: String) throws(FilesError) {
    try append(Array(text.utf8), to: name)
  }

  /// Appends bytes to a file of the folder, beginning it at the first call.
  ///
  /// - Throws: `FilesError.unwritable`, for instance when the disk is full; `.unsuitable`.
  public func append(_ bytes: [UInt8], to name: String) throws(FilesError) {
    let file = try content.withLock { content throws(FilesError) in
      if let open = content.files.first(where: { $0.name == name }) { return open.file }
      let file = try PartialFile(for: self.path(of: name))
      content.files.append((name, file))
      return file
    }
    try file.append(bytes)
  }

  /// Lets `publish` remove those of the named files that are of an earlier run alone.
  public func removeOthers(of names: [String]) {
    content.withLock { $0.outdated = names }
  }

  /// The path that a file has once it is published.
  public func path(of name: String) -> String { "\(path)/\(name)" }

  /// Checks that nobody else can be writing to the folder.
  ///
  /// - Throws: `FilesError.lost` when the lock was removed, or the folder.
  public func requireOwned() throws(FilesError) {
    guard lock.isStillHeld else { throw .lost(path: name) }
  }

  /// Gives all files their names, replacing those of an earlier run.
  ///
  /// - Throws: `FilesError.unwritable`, `.unsuitable`, `.lost`.
  public func publish() throws(FilesError) {
    try requireOwned()
    try content.withLock { content throws(FilesError) in
      try PartialFile.publish(content.files.map(\.file))
      folders.keep()
      for name in content.outdated where !content.files.contains(where: { $0.name == name }) {
        // Safe: the path is a string. A folder of this name stays.
        unsafe unlink(path(of: name))
      }
      content = Content()
    }
  }

  /// Gives the folder up, and takes back what was not published and the folders that were made for
  /// it; a second time it does nothing.
  public func discard() {
    content.withLock { $0 = Content() }
    lock.release()
    folders.takeBack()
  }
}
