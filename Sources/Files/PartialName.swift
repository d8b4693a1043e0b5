import Foundation

/// The name of a temporary file: `.hemlock-HOST-PROCESS-RANDOM.partial`.
///
/// Nobody can guess it, and it tells whether the process that made the file is still there.
struct PartialName {
  private static let (prefix, suffix) = (".hemlock-", ".partial")

  /// Whether the process that made the file was one of this machine and is gone.
  let isLeftOver: Bool

  static func unique() -> String {
    let random = UUID().uuidString.filter { $0 != "-" }
    return "\(prefix)\(HostName.current)-\(getpid())-\(random)\(suffix)"
  }

  /// What a name says that this program gave; nil for another.
  ///
  /// `PartialFile.companions` may end it.
  init?(_ name: String) {
    var name = name[...]
    if let ending = PartialFile.companions.first(where: name.hasSuffix) {
      name = name.dropLast(ending.count)
    }
    guard name.hasPrefix(Self.prefix), name.hasSuffix(Self.suffix) else { return nil }
    let parts = name.dropFirst(Self.prefix.count).dropLast(Self.suffix.count)
      .split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let random = parts.last, random.utf8.count == 32,
      random.allSatisfy(\.isHexDigit), let process = pid_t(parts[parts.count - 2]), process > 0
    else { return nil }
    let isGone = kill(process, 0) != 0 && errno == ESRCH
    isLeftOver = isGone && parts.dropLast(2).joined(separator: "-") == HostName.current
  }

  /// Removes the temporary files of this machine's killed processes from a folder.
  static func clearLeftOvers(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where PartialName(name)?.isLeftOver == true {
      // Safe here and below: paths are strings.
      let path = "\(folder)/\(name)"
      let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      // Containers can have a name and a volume in common, and each its own processes.
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unsafe unlink(path) }
      close(descriptor)
    }
  }
}
