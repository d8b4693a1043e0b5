import Datasets
package import Foundation

/// A folder with a log of what was done to files, and the versions it speaks of.
///
/// * `log.jsonl`: one `ProvenanceEntry` a line, only ever appended to
/// * `head`: number and hash of the last entry
/// * `objects/`, `rows/`: see `VersionStore`
/// * `lock`: held while writing
///
/// Versions are on the disk before the entry that names them is written, in one call of the system,
/// and the head follows. A process that is killed leaves versions that no entry names, a last line
/// that is cut off, or a head that is one entry behind: none of them hides or changes an entry.
package struct ProvenanceLog: Sendable {
  /// The folder.
  package let folder: String

  /// The log of a folder, which need not be there yet.
  package init(_ folder: String) {
    self.folder = folder
  }

  /// The folder of the log that is used for a file unless another is named.
  package static func standardFolder(beside file: String) -> String {
    let parent = URL(fileURLWithPath: file).deletingLastPathComponent().relativePath
    let path = ".hemlock/provenance"
    return file.contains("/") ? "\(parent)/\(path)" : path
  }

  var store: VersionStore { VersionStore(folder: folder) }
  var logPath: String { folder + "/log.jsonl" }
  var headPath: String { folder + "/head" }

  /// What became of a step.
  package struct Recorded: Sendable {
    /// The entry that was written.
    package let entry: ProvenanceEntry
    /// What an interrupted process had left and was put right.
    package let repair: String?
  }

  /// Records a step: keeps the versions it names, and appends an entry.
  ///
  /// Every command that changes, divides or looks at rows calls it. Nothing happens to the files.
  ///
  /// - Throws: `ProvenanceError.unwritable`, `.unreadable`, `.locked`, and `.broken` when the log is
  ///   not what was written.
  @discardableResult
  package func record(
    _ step: ProvenanceStep, program: String, at time: Date = Date()
  ) throws(ProvenanceError) -> Recorded {
    try LogFile.makeFolder(folder)
    let lock = try LogFile.lock(folder)
    defer { withExtendedLifetime(lock) {} }
    var chain = try chain()
    let repair = try repair(&chain)
    func kept(_ tables: [ProvenanceStep.Table]) throws(ProvenanceError) -> [VersionRecord] {
      try tables.map { table throws(ProvenanceError) in
        try store.keep(table.version, withContent: step.storesContent)
        return VersionRecord(table.version, file: name(of: table), isStored: step.storesContent)
      }
    }
    let entry = ProvenanceEntry(
      sequence: chain.lineCount + 1, time: time.ISO8601Format(), step,
      inputs: try kept(step.inputs), outputs: try kept(step.outputs), program: program,
      previous: chain.lastHash)
    try LogFile.append(entry.line + [UInt8(ascii: "\n")], to: logPath)
    try LogFile.replace(headPath, with: LogHead(entry).bytes)
    return Recorded(entry: entry, repair: repair)
  }

  /// The entries, all of which must be what was written.
  ///
  /// - Throws: `ProvenanceError.noLog`, `.unreadable`, `.broken`.
  package func entries() throws(ProvenanceError) -> [ProvenanceEntry] {
    let chain = try existingChain()
    if !chain.isOnlyTorn { throw broken(chain) }
    return chain.entries
  }

  /// The log as it lies there, if there is one.
  func existingChain() throws(ProvenanceError) -> LogChain {
    let chain = try chain()
    guard chain.lineCount > 0 || !chain.tail.isEmpty || !chain.isOnlyTorn else {
      throw .noLog(folder: folder)
    }
    return chain
  }

  /// The log as it lies there.
  func chain() throws(ProvenanceError) -> LogChain {
    // The head first: one that another process writes in between is not ahead of the log then.
    let head = try LogFile.bytes(of: headPath)
    return LogChain(log: try LogFile.bytes(of: logPath) ?? [], head: head)
  }

  private func broken(_ chain: LogChain) -> ProvenanceError {
    let finding = chain.findings.first { $0.isBroken && $0.kind != .tornLine }
    return .broken(
      folder: folder, place: finding?.place ?? "", problem: finding?.problem ?? "")
  }

  /// Completes or removes a last line that an interrupted process has left.
  private func repair(_ chain: inout LogChain) throws(ProvenanceError) -> String? {
    guard chain.isOnlyTorn else { throw broken(chain) }
    guard !chain.tail.isEmpty else { return nil }
    let number = chain.lineCount + 1
    let isComplete = chain.unfinishedEntry != nil
    if isComplete {
      try LogFile.append([UInt8(ascii: "\n")], to: logPath)
    } else {
      try LogFile.truncate(logPath, to: chain.completeByteCount)
    }
    let length = chain.tail.count
    chain = try self.chain()
    return isComplete
      ? "entry \(number) lacked its line break, because writing it was interrupted; it has it now"
      : "the last \(length) bytes of the log, the beginning of an entry \(number) whose writing was "
        + "interrupted, were removed"
  }

  /// A table as entries call it.
  private func name(of table: ProvenanceStep.Table) -> String {
    table.path.map { Self.path(from: folder, to: $0) } ?? table.version.records.file
  }

  /// The path of a file from a folder, so that both can be moved together.
  static func path(from folder: String, to file: String) -> String {
    let url = URL(fileURLWithPath: file)
    let parent = url.deletingLastPathComponent().resolvingSymlinksInPath().standardizedFileURL
    let target = parent.pathComponents + [url.lastPathComponent]
    let base = URL(fileURLWithPath: folder, isDirectory: true).resolvingSymlinksInPath()
      .standardizedFileURL.pathComponents
    let shared = zip(base, target).prefix { $0.0 == $0.1 }.count
    let up = Array(repeating: "..", count: base.count - shared)
    // With a slash in any case, which the names of data that are no file do not have.
    return (up.isEmpty ? ["."] : up).joined(separator: "/") + "/"
      + target[shared...].joined(separator: "/")
  }

  /// Where a file is that an entry names.
  func location(of file: String) -> String {
    file.hasPrefix("/") ? file : folder + "/" + file
  }
}
