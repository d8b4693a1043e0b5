package import Datasets

/// One content of a CSV file: its bytes and the hashes by which it is known.
///
/// A version is named by the SHA-256 of its bytes. Its rows are known by the Merkle tree over its
/// records, the header being the first leaf where there is one; what is hashed is exactly the bytes
/// of the record, `CSVRecords` says which those are.
package struct TableVersion: Sendable {
  /// The records.
  package let records: CSVRecords

  /// The SHA-256 of all bytes.
  package let hash: ContentHash

  /// The tree over the records.
  package let tree: MerkleTree

  /// Hashes a file.
  ///
  /// - Complexity: O(bytes) time; 80 bytes of memory a row besides the file.
  package init(_ records: CSVRecords) {
    self.records = records
    hash = ContentHash(of: records.content)
    var hasher = NodeHasher()
    tree = MerkleTree(
      leaves: (0..<records.recordCount).map { hasher.leaf(records[$0]) })
  }

  /// Hashes the file at a path.
  ///
  /// - Throws: `DatasetsError.unreadableFile`, and those of `CSVRecords`.
  package init(
    contentsOf path: String, options: TableOptions = TableOptions()
  ) throws(DatasetsError) {
    try self.init(CSVRecords(contentsOf: path, options: options))
  }
}
