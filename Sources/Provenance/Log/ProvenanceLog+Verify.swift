import Datasets
import Documents
import Files

/// What a look at a log and its files has shown.
package struct ProvenanceVerification: Sendable, Encodable {
  /// The folder of the log.
  package let folder: String

  /// Number of entries that are what was written.
  package let entryCount: Int

  /// Number of versions they speak of.
  package let versionCount: Int

  /// The files that were compared with what the log last said of them.
  package let files: [String]

  /// The hash of the last entry; kept elsewhere, it fixes all there is up to it.
  package let head: ContentHash

  /// What is not as it was written.
  package let findings: [ProvenanceFinding]

  /// Whether nothing is broken.
  package let isIntact: Bool

  private enum CodingKeys: String, CodingKey {
    case folder, files, head, findings, isIntact
    case entryCount = "entries"
    case versionCount = "versions"
  }
}

extension ProvenanceLog {
  /// Checks every entry, every version that is kept, and files against the last that was said of them.
  ///
  /// - Parameters:
  ///   - file: The one file to compare; nil for all the log names that are there.
  ///   - expectedHead: A hash of which an entry must be.
  /// - Throws: `ProvenanceError.noLog`, `.unreadable`, `.unknownFile`.
  package func verify(
    file: String? = nil, expectedHead: ContentHash? = nil
  ) throws(ProvenanceError) -> ProvenanceVerification {
    let chain = try existingChain()
    var findings = chain.findings
    if let expectedHead, !chain.entries.contains(where: { $0.hash == expectedHead }) {
      findings.append(
        broken: .chain, "entry \(expectedHead.short)",
        "no entry has this hash, so the log is not the one it was taken from")
    }
    let versions = Self.versions(of: chain.entries)
    for version in versions { try check(version.record, &findings) }
    try checkFolder(versions.map(\.record), isWhole: chain.isOnlyTorn, &findings)
    var files: [String] = []
    if let file {
      let (record, entry) = try latest(of: file, in: chain.entries)
      files = [file]
      try compare(file, with: record, of: entry, &findings)
    } else {
      files = try checkFiles(chain.entries, &findings)
    }
    return ProvenanceVerification(
      folder: folder, entryCount: chain.entries.count, versionCount: versions.count, files: files,
      head: chain.lastHash, findings: findings, isIntact: !findings.contains(where: \.isBroken))
  }

  /// Compares all files that entries name and that are there.
  private func checkFiles(
    _ entries: [ProvenanceEntry], _ findings: inout [ProvenanceFinding]
  ) throws(ProvenanceError) -> [String] {
    var latest: [String: (VersionRecord, ProvenanceEntry)] = [:]
    var order: [String] = []
    for entry in entries {
      for record in entry.inputs + entry.outputs {
        if latest.updateValue((record, entry), forKey: record.file) == nil {
          order.append(record.file)
        }
      }
    }
    var files: [String] = []
    for name in order {
      guard let (record, entry) = latest[name] else { continue }
      let place = path(of: record)
      guard record.isFile else { continue }
      guard DurableFile.exists(location(of: name)) else {
        findings.append(.note(.file, place, "it is not there any more"))
        continue
      }
      files.append(place)
      try compare(place, with: record, of: entry, &findings)
    }
    return files
  }

  private func compare(
    _ file: String, with record: VersionRecord, of entry: ProvenanceEntry,
    _ findings: inout [ProvenanceFinding]
  ) throws(ProvenanceError) {
    guard let bytes = try LogFile.bytes(of: file) else {
      throw .unreadable(path: file, reason: "there is no such file")
    }
    guard ContentHash(of: bytes) != record.version else { return }
    let what = "version \(record.version.short) of entry \(entry.sequence)"
    guard let leaves = try store.leaves(record.version),
      MerkleTree(leaves: leaves).root == record.root
    else {
      findings.append(
        broken: .file, file, "it is not \(what), whose row hashes are not there to tell rows")
      return
    }
    let content = record.isStored ? try store.content(record.version) : nil
    let kept = content.flatMap { ContentHash(of: $0) == record.version ? $0 : nil }
    findings += Self.differences(
      bytes, called: file, from: record, what, leaves: leaves, content: kept)
  }

  /// What keeps bytes from being a version, row by row where they can be divided.
  private static func differences(
    _ bytes: [UInt8], called name: String, from record: VersionRecord, _ what: String,
    leaves: [ContentHash], content: [UInt8]?
  ) -> [ProvenanceFinding] {
    let now: CSVRecords
    do {
      now = try CSVRecords(content: bytes, file: name, dialect: record.dialect)
    } catch {
      return [.broken(.file, name, "it is not \(what), and cannot be divided into rows: \(error)")]
    }
    let before = content.flatMap {
      try? CSVRecords(content: $0, file: name, dialect: record.dialect)
    }
    let diff = TableDiff(
      from: TableDiff.Side(leaves: leaves, records: before, hasHeader: record.hasHeader),
      to: TableDiff.Side(TableVersion(now)))
    guard !diff.isEmpty else {
      return [
        .broken(
          .file, name,
          "it is not \(what): all rows are the same, but not the bytes around them (line ends, a byte order "
            + "mark, other lines, or how it is encoded or compressed)")
      ]
    }
    var findings = [
      ProvenanceFinding.broken(.file, name, "it is not \(what): \(diff.summary)")
    ]
    if diff.headerDiffers {
      findings.append(broken: .row, "\(name) header", diff.headerText)
    }
    return findings + diff.rows.map { .broken(.row, "\(name) \($0.place)", $0.text) }
  }

  private func check(
    _ record: VersionRecord, _ findings: inout [ProvenanceFinding]
  ) throws(ProvenanceError) {
    let name = record.version.short
    let leaves = try store.leaves(record.version)
    let areWhole =
      leaves.map { $0.count == record.recordCount && MerkleTree(leaves: $0).root == record.root }
      ?? false
    let content = record.isStored ? try store.content(record.version) : nil
    let isIntact = content.map { ContentHash(of: $0) == record.version } ?? false
    if !areWhole {
      findings.append(
        broken: .rowHashes, "row hashes \(name)",
        damage(to: leaves, of: record, content: isIntact ? content : nil))
    }
    guard record.isStored, !isIntact else { return }
    guard let content else {
      findings.append(broken: .object, "object \(name)", "it is gone")
      return
    }
    guard areWhole, let leaves else {
      findings.append(broken: .object, "object \(name)", "it is not what was kept")
      return
    }
    findings += Self.differences(
      content, called: "object \(name)", from: record, "the version it was kept as",
      leaves: leaves, content: nil
    ).map { .broken($0.kind == .file ? .object : $0.kind, $0.place, $0.problem) }
  }

  /// Which of the hashes of rows that are kept are wrong, as far as can be told.
  private func damage(
    to leaves: [ContentHash]?, of record: VersionRecord, content: [UInt8]?
  ) -> String {
    guard let leaves else { return "they are gone or cut off" }
    guard leaves.count == record.recordCount else {
      return "there are \(leaves.count) of \(record.recordCount)"
    }
    guard let content,
      let records = try? CSVRecords(
        content: content, file: record.file, dialect: record.dialect)
    else { return "they do not give the root of the log" }
    let right = TableVersion(records).tree.leaves
    let wrong = zip(leaves, right).enumerated().filter { $0.element.0 != $0.element.1 }
      .map { $0.offset + (record.hasHeader ? 0 : 1) }
    let names = wrong.prefix(8).map { $0 == 0 ? "the header" : "row \($0)" }
    return "wrong for " + names.joined(separator: ", ")
      + (wrong.count > names.count ? " and \(wrong.count - names.count) more" : "")
  }

  /// Notes what lies in the folder that no entry names.
  private func checkFolder(
    _ records: [VersionRecord], isWhole: Bool, _ findings: inout [ProvenanceFinding]
  ) throws(ProvenanceError) {
    let own = Set(["log.jsonl", "head", "lock", "objects", "rows"])
    for name in try LogFile.names(in: folder) where !own.contains(name) {
      findings.append(.note(.folder, name, "it is no part of the log"))
    }
    var named: Set<String> = []
    for record in records {
      for path in [store.objectPath(record.version), store.rowsPath(record.version)] {
        named.insert(String(path.dropFirst(folder.utf8.count + 1)))
      }
    }
    // In a log with broken entries, versions that only those name are not known.
    for file in try store.files() where isWhole && !named.contains(file) {
      findings.append(
        .note(.folder, file, "no entry names it; writing one was interrupted, or it was removed"))
    }
    if DurableFile.exists(headPath) { return }
    if DurableFile.exists(logPath) {
      findings.append(
        broken: .head, "head",
        "it is gone, so that the last entries could be cut off without a trace")
    }
  }
}

extension TableDiff {
  /// How many rows differ, in words.
  package var summary: String {
    let counts: [(Int, String)] = [
      (count(.changed), "changed"), (count(.added), "added"), (count(.removed), "removed"),
      (count(.moved), "moved"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { number, verb in
      "\(number) \(number == 1 ? "row" : "rows") \(verb)"
    }
    return ((headerDiffers ? ["the header changed"] : []) + parts).joined(separator: ", ")
  }

  /// What is new about the header, in words.
  package var headerText: String {
    let parts = [("new columns", addedColumns), ("gone", removedColumns)]
      .filter { !$0.1.isEmpty }
      .map { "\($0.0) " + $0.1.map(\.quotedExcerpt).joined(separator: ", ") }
    return parts.isEmpty ? "it is not the one that was recorded" : parts.joined(separator: "; ")
  }
}

extension TableDiff.Row {
  /// The row, by its number now, or before where it is gone.
  package var place: String { "row \(new ?? old ?? 0)" }

  /// What happened to it, in words.
  package var text: String {
    switch kind {
    case .removed: "it is gone"
    case .added: "it was not there"
    case .moved: "it was row \(old ?? 0)"
    case .changed:
      (old == new ? "" : "it was row \(old ?? 0); ")
        + (fields?.map {
          "\($0.column.quotedExcerpt) is \($0.new.quotedExcerpt), was \($0.old.quotedExcerpt)"
        }.joined(separator: ", ") ?? "it is not what was recorded")
    }
  }
}
