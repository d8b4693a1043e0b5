import Foundation

/// A folder of results, in which files appear only when all of them are complete.
///
/// Everything is first written under names that start with a dot and end in `.partial`; `publish`
/// renames them. A run that fails or is killed leaves the results of the run before it.
public final class ResultsFolder {
  private let folder: URL
  private var pending: [(partial: URL, final: URL)] = []
  private var streams: [String: FileHandle] = [:]
  private var outdated: [URL] = []

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
    for (partial, _) in pending {
      Self.remains(of: partial).forEach { try? FileManager.default.removeItem(at: $0) }
    }
  }

  /// Appends text to a file of the folder, beginning it at the first call.
  ///
  /// - Throws: `ReportingError.unwritable`, for instance when the disk is full.
  public func append(_ text: String, to name: String) throws(ReportingError) {
    try append(Array(text.utf8), to: name)
  }

  /// Appends bytes to a file of the folder, beginning it at the first call.
  ///
  /// - Throws: `ReportingError.unwritable`, for instance when the disk is full.
  public func append(_ bytes: [UInt8], to name: String) throws(ReportingError) {
    let (partial, final) = urls(name)
    do {
      if streams[name] == nil {
        try Data().write(to: partial)
        pending.append((partial, final))
        streams[name] = try FileHandle(forWritingTo: partial)
      }
      try streams[name]?.write(contentsOf: Data(bytes))
    } catch {
      throw .unwritable(path: final.path, reason: Self.reason(error))
    }
  }

  /// The path under which another writer is to make a file of the folder.
  ///
  /// What an earlier run has left there is removed.
  /// The file gets its name with the others, if it is there by then.
  public func reserve(_ name: String) -> String {
    let (partial, final) = urls(name)
    Self.remains(of: partial).forEach { try? FileManager.default.removeItem(at: $0) }
    pending.append((partial, final))
    return partial.path
  }

  /// Lets `publish` remove those of the named files that an earlier run has left and this one has
  /// not written.
  public func removeOthers(of names: [String]) {
    let written = Set(pending.map(\.final))
    outdated = names.map { urls($0).final }.filter { !written.contains($0) }
  }

  /// The path that a file has once it is published.
  public func path(of name: String) -> String { urls(name).final.path }

  /// What is there of a file that is being written, and of files beside it that SQLite needs.
  private static func remains(of partial: URL) -> [URL] {
    let folder = partial.deletingLastPathComponent()
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.contains(partial.lastPathComponent) }
      .map { folder.appendingPathComponent($0) }
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
    for file in outdated { try? FileManager.default.removeItem(at: file) }
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
