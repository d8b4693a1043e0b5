package import Datasets

/// What the log keeps of a version of a file.
package struct VersionRecord: Sendable, Equatable, Encodable {
  /// The file, as a path from the folder of the log; a name without a slash where it is none.
  package let file: String

  /// The SHA-256 of its bytes, by which the version is called.
  package let version: ContentHash

  /// The root of the tree over its records.
  package let root: ContentHash

  /// Number of rows of data.
  package let rowCount: Int

  /// Number of bytes.
  package let byteCount: Int

  /// Whether the first record holds the column names.
  package let hasHeader: Bool

  /// How fields are divided; plain where the log does not say.
  package let dialect: CSVDialect

  /// Whether the content is kept, not the hashes of its rows alone.
  package let isStored: Bool

  private enum CodingKeys: String, CodingKey {
    case version, root, file, hasHeader
    case rowCount = "rows"
    case byteCount = "bytes"
    case isStored = "contentIsKept"
  }

  /// Whether it was a file, not data that are built in.
  package var isFile: Bool { file.utf8.contains(UInt8(ascii: "/")) }

  /// Number of records, the header among them.
  package var recordCount: Int { rowCount + (hasHeader ? 1 : 0) }

  init(_ version: TableVersion, file: String, isStored: Bool) {
    (self.file, self.version, root) = (file, version.hash, version.tree.root)
    (rowCount, byteCount) = (version.records.rowCount, version.records.content.count)
    (hasHeader, self.isStored) = (version.records.hasHeader, isStored)
    dialect = version.records.dialect
  }

  var json: CanonicalJSON {
    var members: [String: CanonicalJSON] = [
      "bytes": .number(byteCount), "content": .text(isStored ? "stored" : "hashes"),
      "file": .text(file), "header": .text(hasHeader ? "yes" : "no"),
      "root": .text(root.hexadecimal), "rows": .number(rowCount),
      "version": .text(version.hexadecimal),
    ]
    // Plain files have the entries that they always had.
    if let text = dialect.divisionText { members["dialect"] = .text(text) }
    return .object(members)
  }

  init?(_ json: CanonicalJSON?) {
    guard let members = json?.members, let file = members["file"]?.text,
      let version = members["version"]?.text.flatMap({ ContentHash(hexadecimal: $0) }),
      let root = members["root"]?.text.flatMap({ ContentHash(hexadecimal: $0) }),
      let rows = members["rows"]?.number, rows >= 0, let bytes = members["bytes"]?.number,
      let header = members["header"]?.text, let content = members["content"]?.text,
      let dialect = CSVDialect(
        divisionText: members["dialect"]?.text, hasHeader: header == "yes")
    else { return nil }
    (self.file, self.version, self.root) = (file, version, root)
    (rowCount, byteCount) = (rows, bytes)
    (hasHeader, isStored) = (header == "yes", content == "stored")
    self.dialect = dialect
  }
}

extension CanonicalJSON {
  var text: String? { if case .text(let text) = self { text } else { nil } }

  var number: Int? { if case .number(let number) = self { number } else { nil } }

  var items: [CanonicalJSON]? { if case .list(let items) = self { items } else { nil } }

  var members: [String: CanonicalJSON]? {
    if case .object(let members) = self { members } else { nil }
  }
}
