import Foundation

/// A folder of results, in which files appear only when all of them are complete.
///
/// Everything is first written under names that start with a dot and end in `.partial`; `publish`
/// renames them. A run that fails or is killed leaves the results of the run before it.
public final class ResultsFolder {
  private let folder: URL
  private var pending: [(partial: URL, final: URL)] = []
  private var streams: [String: FileHandle] = [:]

  /// Opens a folder, making it where it is missing.
  ///
  /// - Throws: `ReportingError.unwritable` when it cannot be made or written to.
  public init(_ path: String) throws(ReportingError) {
    folder = URL(fileURLWithPath: path, isDirectory: true)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let probe = folder.appendingPathComponent(".probe.partial")
      try Data().write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      throw .unwritable(path: path, reason: Self.reason(error))
    }
  }

  deinit {
    for (partial, _) in pending { try? FileManager.default.removeItem(at: partial) }
  }

  /// Appends text to a file of the folder, beginning it at the first call.
  ///
  /// - Throws: `ReportingError.unwritable`, for instance when the disk is full.
  public func append(_ text: String, to name: String) throws(ReportingError) {
    let (partial, final) = urls(name)
    do {
      if streams[name] == nil {
        try Data().write(to: partial)
        pending.append((partial, final))
        streams[name] = try FileHandle(forWritingTo: partial)
      }
      try streams[name]?.write(contentsOf: Data(text.utf8))
    } catch {
      throw .unwritable(path: final.path, reason: Self.reason(error))
    }
  }

  /// Gives all files their names, replacing those of an earlier run.
  ///
  /// - Throws: `ReportingError.unwritable`.
  public func publish() throws(ReportingError) {
    for (partial, final) in pending {
      do {
        try streams[final.lastPathComponent]?.synchronize()
        try streams[final.lastPathComponent]?.close()
      } catch {
        throw .unwritable(path: final.path, reason: Self.reason(error))
      }
      // POSIX's rename replaces in one step: a reader sees the old file or the new one.
      guard unsafe rename(partial.path, final.path) == 0 else {
        throw .unwritable(
          path: final.path, reason: Self.reason(POSIXError(.init(rawValue: errno) ?? .EIO)))
      }
    }
    pending = []
    streams = [:]
  }

  private func urls(_ name: String) -> (partial: URL, final: URL) {
    (folder.appendingPathComponent(".\(name).partial"), folder.appendingPathComponent(name))
  }

  /// The system's own words for what went wrong, such as `Permission denied`.
  private static func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    let posix = [underlying, error].compactMap { $0.map { $0 as NSError } }
      .first { $0.domain == NSPOSIXErrorDomain }
    guard let posix else { return error.localizedDescription }
    // Safe: strerror's text ends in a zero byte and is copied at once.
    return unsafe String(cString: strerror(Int32(posix.code)))
  }
}
