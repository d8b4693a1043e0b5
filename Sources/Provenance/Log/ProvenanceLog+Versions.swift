package import Datasets
import Documents
import Files
import Foundation

extension ProvenanceLog {
  /// A version, and the entries that speak of it.
  package struct KnownVersion: Sendable, Encodable {
    /// What the log keeps of it, as the last entry that has its content says.
    package fileprivate(set) var record: VersionRecord

    /// The entries it comes out of, or is first named by.
    package fileprivate(set) var entries: [ProvenanceEntry]

    private enum CodingKeys: String, CodingKey {
      case record = "version"
      case entries
    }
  }

  /// All versions, in the order in which they first occur.
  package static func versions(of entries: [ProvenanceEntry]) -> [KnownVersion] {
    var known: [KnownVersion] = []
    var places: [ContentHash: Int] = [:]
    for entry in entries {
      let outputs = Set(entry.outputs.map(\.version))
      for record in entry.inputs + entry.outputs {
        guard let place = places[record.version] else {
          places[record.version] = known.count
          known.append(KnownVersion(record: record, entries: [entry]))
          continue
        }
        if record.isStored || !known[place].record.isStored { known[place].record = record }
        if outputs.contains(record.version), known[place].entries.last?.sequence != entry.sequence {
          known[place].entries.append(entry)
        }
      }
    }
    return known
  }

  /// The one version whose hash begins with `prefix`, four digits at least.
  ///
  /// - Throws: `ProvenanceError.unknownVersion`, `.ambiguousVersion`, and what `entries` throws.
  package func version(_ prefix: String) throws(ProvenanceError) -> KnownVersion {
    let known = Self.versions(of: try entries())
    let matches =
      prefix.utf8.count < 4
      ? [] : known.filter { $0.record.version.hexadecimal.hasPrefix(prefix) }
    guard let match = matches.first else {
      throw .unknownVersion(prefix, known: known.suffix(8).map(\.record.version.short))
    }
    guard matches.count == 1 else {
      throw .ambiguousVersion(prefix, matches: matches.map(\.record.version.short))
    }
    return match
  }

  /// Whether a text names a file rather than a version.
  package static func isFile(_ text: String) -> Bool { DurableFile.exists(text) }

  /// The version that a file is now, or that a text begins.
  ///
  /// - Throws: `ProvenanceError.unknownFile` for a file that is none, and as `version`.
  package func knownVersion(_ text: String) throws(ProvenanceError) -> KnownVersion {
    guard Self.isFile(text) else { return try version(text) }
    guard let bytes = try LogFile.bytes(of: text) else { return try version(text) }
    let hash = ContentHash(of: bytes)
    guard
      let known = Self.versions(of: try entries()).first(where: { $0.record.version == hash })
    else { throw .unknownFile(path: text, folder: folder) }
    return known
  }

  /// A file, or a version that a text begins, to be compared.
  ///
  /// - Throws: `ProvenanceError.data` for a file without rows, and as `version`.
  package func side(
    _ text: String, options: TableOptions = TableOptions()
  ) throws(ProvenanceError) -> (side: TableDiff.Side, name: String, remark: String?) {
    if Self.isFile(text) {
      let version = try converting(
        try TableVersion(contentsOf: text, options: options), to: ProvenanceError.data)
      return (TableDiff.Side(version), "\(text) (\(version.hash.short))", version.records.remark)
    }
    let record = try version(text).record
    let leaves = try leaves(of: record)
    let content = record.isStored ? try content(of: record) : nil
    let records = content.flatMap {
      try? CSVRecords(content: $0, file: text, dialect: record.dialect)
    }
    return (
      TableDiff.Side(leaves: leaves, records: records, hasHeader: record.hasHeader),
      "version \(record.version.short)", nil
    )
  }

  /// What the log last said of a file.
  func latest(
    of file: String, in entries: [ProvenanceEntry]
  ) throws(ProvenanceError) -> (record: VersionRecord, entry: ProvenanceEntry) {
    let name = Self.path(from: folder, to: file)
    for entry in entries.reversed() {
      if let record = (entry.outputs + entry.inputs).last(where: {
        $0.file.utf8.elementsEqual(name.utf8)
      }) {
        return (record, entry)
      }
    }
    throw .unknownFile(path: file, folder: folder)
  }

  /// The content of a version, checked against its hash.
  ///
  /// - Throws: `ProvenanceError.noContent`, `.broken` when it is not what was kept.
  package func content(of record: VersionRecord) throws(ProvenanceError) -> [UInt8] {
    guard record.isStored else { throw .noContent(version: record.version.short) }
    let bytes = try store.content(record.version)
    guard let bytes, ContentHash(of: bytes) == record.version else {
      throw .broken(
        folder: folder, place: "object \(record.version.short)",
        problem: bytes == nil ? "it is gone" : "it is not what was kept")
    }
    return bytes
  }

  /// The hashes of the records of a version, checked against its root.
  ///
  /// - Throws: `ProvenanceError.broken` when they are not what was kept.
  package func leaves(of record: VersionRecord) throws(ProvenanceError) -> [ContentHash] {
    let leaves = try store.leaves(record.version)
    guard let leaves, MerkleTree(leaves: leaves).root == record.root else {
      throw .broken(
        folder: folder, place: "row hashes \(record.version.short)",
        problem: leaves == nil ? "they are gone or cut off" : "they are not what was kept")
    }
    return leaves
  }

  /// Where a file is that an entry names, as a path from the working folder.
  package func path(of record: VersionRecord) -> String {
    guard record.isFile else { return record.file }
    let url = URL(fileURLWithPath: location(of: record.file)).standardizedFileURL
    let working = URL(fileURLWithPath: ".", isDirectory: true).standardizedFileURL.path
    let base = working.hasSuffix("/") ? working : working + "/"
    return url.path.hasPrefix(base) ? String(url.path.dropFirst(base.count)) : url.path
  }

  /// Writes a version again, as a new file at `path` or where it was taken from, and records that.
  ///
  /// - Throws: `ProvenanceError.exists`, `.noPath`, `.noContent`, `.broken`, `.unwritable`.
  @discardableResult
  package func restore(
    _ version: KnownVersion, to path: String?, program: String
  ) throws(ProvenanceError) -> Recorded {
    guard path != nil || version.record.isFile else {
      throw .noPath(version: version.record.version.short)
    }
    let path = path ?? self.path(of: version.record)
    let bytes = try content(of: version.record)
    let table = TableVersion(
      try converting(
        try CSVRecords(content: bytes, file: path, dialect: version.record.dialect),
        to: ProvenanceError.data))
    try LogFile.create(path, with: bytes)
    let step = ProvenanceStep(
      .restore, outputs: [ProvenanceStep.Table(table, path: path)],
      parameters: ["version": version.record.version.hexadecimal])
    return try record(step, program: program)
  }
}
