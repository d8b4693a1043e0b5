import Datasets
import Foundation

/// The proof that a row is in a version, in a form that others can check.
///
/// SHA-256(0x00 ‖ record) is the leaf; the path leads from it to the root; the root stands in the
/// log, whose entry the hash names.
package struct ProvenanceProof: Sendable, Codable, Equatable {
  /// The layout of proofs.
  package static let format = "hemlock-row-proof-1"

  /// `hemlock-row-proof-1`.
  package let format: String

  /// The version: the SHA-256 of the file.
  package let version: String

  /// The row, from 1; 0 for the header.
  package let row: Int

  /// The record as it is written; nil where only its hash is known.
  package let record: String?

  /// The leaf.
  package let leaf: String

  /// The place of the leaf, from 0.
  package let leafIndex: Int

  /// Number of leaves.
  package let leafCount: Int

  /// The siblings on the way to the root.
  package let path: [String]

  /// The root.
  package let root: String

  /// The number of the entry that the version first comes from.
  package let entry: Int

  /// The hash of that entry.
  package let entryHash: String

  /// The first entry in which such a row occurs.
  package let firstEntry: Int

  /// What that entry did.
  package let firstAction: String

  init(
    _ proof: InclusionProof, of leaf: ContentHash, record: String?, row: Int,
    in version: VersionRecord, entry: ProvenanceEntry, first: ProvenanceEntry
  ) {
    format = Self.format
    self.version = version.version.hexadecimal
    (self.row, self.record) = (row, record)
    self.leaf = leaf.hexadecimal
    (leafIndex, leafCount) = (proof.index, proof.leafCount)
    path = proof.path.map(\.hexadecimal)
    root = version.root.hexadecimal
    (self.entry, entryHash) = (entry.sequence, entry.hash.hexadecimal)
    (firstEntry, firstAction) = (first.sequence, first.action.rawValue)
  }

  /// Reads the proof at a path.
  ///
  /// - Throws: `ProvenanceError.unreadable`, `.badProof`.
  package init(contentsOf path: String) throws(ProvenanceError) {
    guard let bytes = try LogFile.bytes(of: path) else {
      throw .unreadable(path: path, reason: "there is no such file")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      self = try decoder.decode(Self.self, from: Data(bytes))
    } catch {
      throw .badProof(path: path, reason: "it is not JSON with the members of one")
    }
  }

  /// What is wrong with it; nil when the row has the root it says.
  package var problem: String? {
    guard format == Self.format else { return "it is not of the format \(Self.format)" }
    guard let leaf = ContentHash(hexadecimal: leaf), let root = ContentHash(hexadecimal: root)
    else { return "leaf and root must have 64 hexadecimal digits" }
    if let record, MerkleTree.leaf(record.utf8) != leaf {
      return "the record does not have the hash of the leaf"
    }
    let siblings = path.compactMap { ContentHash(hexadecimal: $0) }
    let proof = InclusionProof(index: leafIndex, leafCount: leafCount, path: siblings)
    guard siblings.count == path.count, proof.root(with: leaf) == root else {
      return "the path does not lead from the leaf to the root"
    }
    return nil
  }
}

extension ProvenanceLog {
  /// Proves that a row is in a version.
  ///
  /// - Throws: `ProvenanceError.noRow`, `.broken`, `.unreadable`.
  package func proof(
    of row: Int, in version: KnownVersion
  ) throws(ProvenanceError) -> ProvenanceProof {
    let record = version.record
    guard (1...max(record.rowCount, 1)).contains(row), record.rowCount > 0 else {
      throw .noRow(row, rowCount: record.rowCount)
    }
    let tree = MerkleTree(leaves: try leaves(of: record))
    let index = row - (record.hasHeader ? 0 : 1)
    let leaf = tree.leaves[index]
    var text: String?
    if record.isStored {
      let bytes = try content(of: record)
      let records = try? CSVRecords(content: bytes, file: record.file, dialect: record.dialect)
      text = records.map { String(decoding: $0[index], as: UTF8.self) }
    }
    let proof = tree.inclusionProof(of: index)
    guard let entry = version.entries.first else {
      throw .unknownVersion(record.version.short, known: [])
    }
    let first = try firstEntry(with: leaf) ?? entry
    return ProvenanceProof(
      proof, of: leaf, record: text, row: row, in: record, entry: entry, first: first)
  }

  /// The first entry that names a version with such a record.
  private func firstEntry(
    with leaf: ContentHash
  ) throws(ProvenanceError) -> ProvenanceEntry? {
    var seen: Set<ContentHash> = []
    for entry in try entries() {
      for record in entry.inputs + entry.outputs where seen.insert(record.version).inserted {
        if try leaves(of: record).contains(leaf) { return entry }
      }
    }
    return nil
  }
}
