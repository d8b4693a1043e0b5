package import Datasets

/// The rows and fields in which two versions of a table differ.
package struct TableDiff: Sendable {
  /// One of the two versions: hashes of all records, and the records where they are at hand.
  package struct Side: Sendable {
    let leaves: [ContentHash]
    let records: CSVRecords?
    let hasHeader: Bool

    /// A version whose content is at hand.
    package init(_ version: TableVersion) {
      leaves = version.tree.leaves
      records = version.records
      hasHeader = version.records.hasHeader
    }

    /// A version of which the hashes are known.
    package init(leaves: [ContentHash], records: CSVRecords?, hasHeader: Bool) {
      (self.leaves, self.records, self.hasHeader) = (leaves, records, hasHeader)
    }

    var rows: ArraySlice<ContentHash> { leaves.dropFirst(hasHeader ? 1 : 0) }
    var header: ContentHash? { hasHeader ? leaves.first : nil }
  }

  /// A field that differs.
  package struct Field: Sendable, Equatable, Encodable {
    /// The name of its column.
    package let column: String
    /// The field before, as it is written.
    package let old: String
    /// The field after, as it is written.
    package let new: String
  }

  /// What happened to a row; rows from 1.
  package struct Row: Sendable, Equatable, Encodable {
    /// What happened.
    package enum Kind: String, Sendable, Encodable { case removed, added, changed, moved }
    /// What happened.
    package let kind: Kind
    /// Its number before; nil for a new one.
    package let old: Int?
    /// Its number after; nil for one that is gone.
    package let new: Int?
    /// What differs, where both contents are at hand and the row is a changed one; else nil.
    package let fields: [Field]?
  }

  /// Columns that only the newer version has.
  package let addedColumns: [String]

  /// Columns that only the older version has.
  package let removedColumns: [String]

  /// Whether the headers differ.
  package let headerDiffers: Bool

  /// Whether rows were compared by the columns that both have, because headers differ.
  package let comparesSharedColumns: Bool

  /// The rows that differ, in the order of the newer version.
  package let rows: [Row]

  /// Whether nothing differs that a row or the header holds.
  package var isEmpty: Bool { rows.isEmpty && !headerDiffers }

  /// Number of rows of a kind.
  package func count(_ kind: Row.Kind) -> Int { rows.count { $0.kind == kind } }

  /// Compares two versions.
  ///
  /// Where headers differ and both contents are at hand, rows are compared by the fields of the
  /// columns that both have, found by name.
  /// - Complexity: O(n log n) in the rows that differ.
  package init(from old: Side, to new: Side) {
    headerDiffers = old.header != new.header
    let oldNames = old.records?.names ?? []
    let newNames = new.records?.names ?? []
    let isNamed = old.records?.hasNames == true && new.records?.hasNames == true
    let shared = Self.shared(oldNames, newNames)
    comparesSharedColumns = headerDiffers && isNamed && !shared.isEmpty
    addedColumns = isNamed ? Self.missing(newNames, shared.map(\.new)) : []
    removedColumns = isNamed ? Self.missing(oldNames, shared.map(\.old)) : []
    let diff: RowDiff
    if comparesSharedColumns, let before = old.records, let after = new.records {
      diff = RowDiff(
        from: Self.projected(before, shared.map(\.old)),
        to: Self.projected(after, shared.map(\.new)))
    } else {
      diff = RowDiff(from: Array(old.rows), to: Array(new.rows))
    }
    rows = diff.changes.map { change in
      switch change {
      case .removed(let row): Row(kind: .removed, old: row + 1, new: nil, fields: nil)
      case .added(let row): Row(kind: .added, old: nil, new: row + 1, fields: nil)
      case .moved(let from, let to): Row(kind: .moved, old: from + 1, new: to + 1, fields: nil)
      case .changed(let from, let to):
        Row(
          kind: .changed, old: from + 1, new: to + 1,
          fields: Self.fields(old.records, from, new.records, to, shared))
      }
    }
  }

  private typealias Pair = (old: Int, new: Int)

  /// The columns that both have, by name; where nothing is named alike, by place.
  private static func shared(_ old: [String], _ new: [String]) -> [Pair] {
    var places: [[UInt8]: Int] = [:]
    for (place, name) in old.enumerated() { places[Array(name.utf8)] = place }
    return new.enumerated().compactMap { place, name in
      places.removeValue(forKey: Array(name.utf8)).map { ($0, place) }
    }
  }

  private static func missing(_ names: [String], _ taken: [Int]) -> [String] {
    let taken = Set(taken)
    return names.indices.filter { !taken.contains($0) }.map { names[$0] }
  }

  /// The hash of each row of data without all but some of its columns.
  private static func projected(_ records: CSVRecords, _ columns: [Int]) -> [ContentHash] {
    var hasher = NodeHasher()
    return ((records.hasHeader ? 1 : 0)..<max(records.recordCount, 1)).map { record in
      let fields = records.fields(record)
      var bytes: [UInt8] = []
      for column in columns {
        if column < fields.count { bytes += fields[column] }
        bytes.append(UInt8(ascii: ","))
      }
      return hasher.leaf(bytes)
    }
  }

  /// The fields in which a row of data differs from another.
  private static func fields(
    _ old: CSVRecords?, _ oldRow: Int, _ new: CSVRecords?, _ newRow: Int, _ shared: [Pair]
  ) -> [Field]? {
    guard let old, let new else { return nil }
    let before = old.fields(oldRow + (old.hasHeader ? 1 : 0))
    let after = new.fields(newRow + (new.hasHeader ? 1 : 0))
    let names = new.names
    let fields = shared.compactMap { pair -> Field? in
      let was = pair.old < before.count ? before[pair.old] : []
      let now = pair.new < after.count ? after[pair.new] : []
      guard was != now else { return nil }
      return Field(
        column: names[pair.new], old: String(decoding: was, as: UTF8.self),
        new: String(decoding: now, as: UTF8.self))
    }
    return fields.isEmpty ? nil : fields
  }
}
