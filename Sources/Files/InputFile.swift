import Foundation

/// A file that is read as a whole.
public enum InputFile {
  /// The size of a file; nil where there is none, or it is no file but a stream.
  public static func byteCount(of path: String) -> Int? {
    var status = stat()
    // Safe: the path is a string, and the structure is our own.
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// What stands for standard input where a path is asked for.
  public static let standardInput = "-"

  /// All bytes of a file, which may also be a pipe; they are copied once, by the system.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that are read of what is no file and so has no length; where there are
  ///     more, one more is given.
  ///   - isWanted: Whether a stream that begins with these bytes, 64 kB or all, is to be read on.
  /// - Throws: `FilesError.unreadable`.
  public static func bytes(
    of path: String, upTo limit: Int = .max - 1, while isWanted: ([UInt8]) -> Bool = { _ in true }
  ) throws(FilesError) -> [UInt8] {
    let isStandard = path == standardInput
    // Safe: the path is a string that outlives the call.
    let descriptor = isStandard ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: SystemReason()) }
    defer { if !isStandard { close(descriptor) } }
    var bytes: [UInt8] = []
    let byteCount = isStandard ? nil : byteCount(of: path)
    // One byte more, so that the end shows without another part.
    var room = byteCount.map { $0 + 1 } ?? 1 << 16
    while true {
      let (part, reason) = part(of: descriptor, upTo: room)
      if let reason { throw .unreadable(path: path, reason: reason) }
      let isFirst = bytes.isEmpty
      // The first part is all there is of most files; it is kept as it is.
      if isFirst { bytes = part } else { bytes += part }
      if part.count < room { return bytes }
      if byteCount == nil {
        guard !isFirst || isWanted(bytes), bytes.count <= limit else { return bytes }
        room = min(max(bytes.count, 1 << 16), limit - bytes.count + 1)
      } else {
        room = max(bytes.count, 1 << 16)
      }
    }
  }

  /// The next bytes, fewer than `count` at the end alone.
  private static func part(
    of descriptor: Int32, upTo count: Int
  ) -> (bytes: [UInt8], reason: SystemReason?) {
    var reason: SystemReason?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        // Safe: the buffer has room for what is asked for.
        let got = unsafe read(
          descriptor, buffer.baseAddress.map { unsafe $0 + filled }, count - filled)
        if got > 0 {
          filled += got
        } else if got == 0 {
          return
        } else if errno != EINTR {
          reason = SystemReason()
          return
        }
      }
    }
    return (bytes, reason)
  }
}
