import Foundation
import Synchronization

/// The right to write something, which one process has at a time; readers do not need it.
///
/// It is a lock of the system on a file of its own, so it ends with the process however that ends.
/// The file says who has it, and goes when the lock is given up; one that a killed process has left
/// is taken over.
public final class FileLock: Sendable {
  private static let pauseMicroseconds: UInt32 = 50_000

  private let path: String
  private let identity: FileIdentity
  private let descriptor: Mutex<Int32?>
  private let token: Unfinished.Token

  /// Takes the lock.
  ///
  /// - Parameters:
  ///   - protected: What it protects, for messages.
  ///   - patienceSeconds: How long another process is waited for.
  /// - Throws: `FilesError.owned`, `.unsuitable` when the file is no lock of this program,
  ///   `.unwritable`.
  public init(
    _ path: String, on protected: String, patienceSeconds: Double = 0
  ) throws(FilesError) {
    let end = ContinuousClock.now + .seconds(patienceSeconds)
    while true {
      do {
        var taken: (descriptor: Int32, identity: FileIdentity)?
        token = try Unfinished.begin { () throws(FilesError) in
          let (descriptor, identity) = try Self.take(path, on: protected)
          taken = (descriptor, identity)
          return { if Self.isFile(path, identity) { unsafe unlink(path) } }
        }
        guard let taken else { preconditionFailure("A lock without a file") }
        (self.path, identity) = (path, taken.identity)
        descriptor = Mutex(taken.descriptor)
        return
      } catch {
        guard case .owned = error, ContinuousClock.now < end else { throw error }
        usleep(Self.pauseMicroseconds)
      }
    }
  }

  deinit { release() }

  /// Whether some process has the lock in a file.
  public static func isHeld(_ path: String) -> Bool {
    // Safe: the path is a string.
    let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Whether nobody has removed the file of the lock, beside which another process would get in.
  public var isStillHeld: Bool {
    descriptor.withLock { $0 != nil } && Self.isFile(path, identity)
  }

  /// Gives the right up.
  public func release() {
    descriptor.withLock { descriptor in
      guard let open = descriptor else { return }
      // Removed first, so that no one locks a file about to go.
      Unfinished.takeBack(token)
      close(open)
      descriptor = nil
    }
  }

  /// Locks the file at a path, making it where it is missing, without waiting.
  private static func take(
    _ path: String, on protected: String
  ) throws(FilesError) -> (descriptor: Int32, identity: FileIdentity) {
    while true {
      // Safe: the path is a string.
      let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
      guard descriptor >= 0 else {
        throw errno == ELOOP
          ? .unsuitable(path: path, kind: "a symbolic link")
          : .unwritable(path: protected, reason: SystemReason())
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let reason = SystemReason()
        let owner = text(in: descriptor).flatMap(owner)
        close(descriptor)
        throw reason.code == EWOULDBLOCK
          ? .owned(path: protected, owner: owner)
          : .unwritable(path: protected, reason: reason)
      }
      // The owner before may have removed the file between our two calls.
      if let identity = FileIdentity(descriptor: descriptor), isFile(path, identity) {
        guard sign(descriptor) else {
          close(descriptor)
          throw .unsuitable(path: path, kind: "no lock of this program")
        }
        return (descriptor, identity)
      }
      close(descriptor)
    }
  }

  private static func isFile(_ path: String, _ identity: FileIdentity) -> Bool {
    FileIdentity(path: path) == identity
  }

  /// Says in the file who has the lock; false for a file with another content.
  private static func sign(_ descriptor: Int32) -> Bool {
    guard let before = text(in: descriptor), before.isEmpty || owner(before) != nil else {
      return false
    }
    let line = "process \(getpid()) on \(HostName.current) since \(Date().ISO8601Format())\n"
    // On a full disk the lock is as good without it.
    if ftruncate(descriptor, 0) == 0 {
      let bytes = Array(line.utf8)
      // Safe: the array outlives the call, and its count is given.
      _ = unsafe pwrite(descriptor, bytes, bytes.count, 0)
    }
    return true
  }

  /// The beginning of a file, as much as a signature can have; nil where it cannot be read.
  private static func text(in descriptor: Int32) -> String? {
    var bytes = [UInt8](repeating: 0, count: 256)
    // Safe: the array has room for its count.
    let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
    return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// What a signature says; nil for another text.
  private static func owner(_ text: String) -> String? {
    guard text.hasPrefix("process "), text.hasSuffix("\n"),
      text.utf8.dropLast().allSatisfy({ (32..<127).contains($0) })
    else { return nil }
    return String(text.dropLast())
  }
}
