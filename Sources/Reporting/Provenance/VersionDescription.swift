package import Provenance

/// A version for machines.
package struct VersionDescription: Encodable, Sendable {
  let version: String
  let root: String
  let file: String
  let rows: Int
  let bytes: Int
  let hasHeader: Bool
  let contentIsKept: Bool

  /// Describes a version.
  package init(_ record: VersionRecord) {
    version = record.version.hexadecimal
    root = record.root.hexadecimal
    file = record.file
    rows = record.rowCount
    bytes = record.byteCount
    hasHeader = record.hasHeader
    contentIsKept = record.isStored
  }
}

/// A version for machines, with the entries that speak of it.
package struct KnownVersionDescription: Encodable, Sendable {
  let version: VersionDescription
  let entries: [EntryDescription]

  /// Describes a version.
  package init(_ version: ProvenanceLog.KnownVersion) {
    self.version = VersionDescription(version.record)
    entries = version.entries.map(EntryDescription.init)
  }
}
